import { awayEntry } from '../domain/home/away-entry.ts';
import { stepAway } from '../domain/home/away.ts';
import { emptyHome, homeDueAt } from '../domain/home/home-state.ts';
import type { Store } from '../domain/store.ts';
import type { HomeAway } from '../domain/watch/outage.ts';

/** Few enough that no event waits long for its commit. */
const homesAtATime = 256;

/** Tells homes that they could not be heard, each with its line in the log; those that remember nothing need not know. */
export async function tellAway(
  { store, clock, newId }: { store: Store; clock: () => number; newId: () => string },
  aways: readonly HomeAway[],
): Promise<void> {
  for (let first = 0; first < aways.length; first += homesAtATime) {
    const chunk = aways.slice(first, first + homesAtATime);
    await store.transaction(async (ledger) => {
      const notedAt = clock();
      const states = new Map(await ledger.homes(chunk.map(({ homeId }) => homeId)));
      const told = chunk.filter(({ homeId }) => (states.get(homeId) ?? emptyHome) !== emptyHome);
      for (const { homeId, from, to } of told) {
        states.set(homeId, stepAway(states.get(homeId) ?? emptyHome, { from, to, notedAt }));
      }
      await ledger.append(
        told.map(({ homeId: id, municipalityId, from, to, wasDown }) =>
          awayEntry({ id, municipalityId }, { from, to, notedAt, wasDown }, newId()),
        ),
      );
      await ledger.saveHomes(
        told.map(({ homeId, municipalityId }) => {
          const state = states.get(homeId) ?? emptyHome;
          return { homeId, municipalityId, state, dueAt: homeDueAt(state) };
        }),
      );
    });
  }
}
