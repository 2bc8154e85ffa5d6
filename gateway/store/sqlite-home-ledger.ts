import { emptyHome, type HomeState } from '../domain/home/home-state.ts';
import type { StoredHome } from '../domain/ledger.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** How many homes are remembered before all are forgotten. */
const homesKept = 20_000;

/** What homes remember, kept in the database and at hand. */
export interface HomeLedger {
  load: (homeIds: readonly string[]) => ReadonlyMap<string, HomeState>;
  save: (homes: readonly StoredHome[]) => void;
  /** What was saved in a transaction that failed is not so. */
  forget: () => void;
}

/** `isStale` answers, and resets, whether another process has written since the last call. */
export function sqliteHomeLedger(connection: SqliteConnection, isStale: () => boolean): HomeLedger {
  const atHand = new Map<string, HomeState>();

  function read(homeId: string): HomeState {
    const select = connection.prepare('select state from home_state where home_id = ?');
    const row = select.get(homeId);
    return row === undefined ? emptyHome : (JSON.parse(String(row['state'])) as HomeState);
  }

  return {
    load: (homeIds) => {
      if (isStale() || atHand.size > homesKept) atHand.clear();
      return new Map(
        homeIds.map((homeId) => {
          const state = atHand.get(homeId) ?? read(homeId);
          atHand.set(homeId, state);
          return [homeId, state];
        }),
      );
    },
    save: (homes) => {
      const upsert = connection.prepare(
        `insert into home_state(home_id, municipality_id, state, due_at) values (?, ?, ?, ?)
         on conflict (home_id) do update set state = excluded.state, due_at = excluded.due_at`,
      );
      for (const { homeId, municipalityId, state, dueAt } of homes) {
        upsert.run(homeId, municipalityId, JSON.stringify(state), dueAt);
        atHand.set(homeId, state);
      }
    },
    forget: () => atHand.clear(),
  };
}
