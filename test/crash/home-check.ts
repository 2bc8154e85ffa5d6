import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';

import { awayOf } from '../../gateway/domain/home/away-entry.ts';
import { stepAway } from '../../gateway/domain/home/away.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import { emptyHome, homeDueAt, type HomeState } from '../../gateway/domain/home/home-state.ts';
import type { RuleSet } from '../../gateway/domain/home/rule-set.ts';
import { stepEvent, stepTick } from '../../gateway/domain/home/step.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';

/** What the home remembers is what its log leaves it with. */
export function compareHome(
  db: DatabaseSync,
  home: HomeContext,
  rules: RuleSet,
  log: readonly LogEntry[],
): string[] {
  const row = db.prepare('select state, due_at from home_state where home_id = ?').get(home.id);
  if (row === undefined) return log.length === 0 ? [] : [`${home.id}: it has no state.`];
  const stored = JSON.parse(String(row['state'])) as HomeState;
  const expected = log.reduce((state, entry) => step(home, rules, state, entry), emptyHome);
  const differing = [
    ...(isDeepStrictEqual(stored.waits, expected.waits) ? [] : ['waits']),
    ...(isDeepStrictEqual(stored.traces, expected.traces) ? [] : ['traces']),
    ...silencesThatDiffer(stored, expected),
    ...(row['due_at'] === homeDueAt(stored) ? [] : ['deadline']),
  ];
  return differing.map((what) => `${home.id}: its ${what} are not what the log gives.`);
}

/** Ticks that raised nothing are not in the log, so when to look again, and who never spoke, may differ. */
function silencesThatDiffer(stored: HomeState, expected: HomeState): string[] {
  return Object.entries(expected.silences).flatMap(([need, { last, raisedAt }]) => {
    const found = stored.silences[need];
    return found?.last === last && found.raisedAt === raisedAt ? [] : [`silence of ${need}`];
  });
}

function step(home: HomeContext, rules: RuleSet, state: HomeState, entry: LogEntry): HomeState {
  const { id, type, deviceId, at, receivedAt, data } = entry;
  if (type === 'time.passed') return stepTick(home, rules, state, at).state;
  if (type === 'gateway.away') return stepAway(state, awayOf(entry));
  if (deviceId === null || type === 'rules.changed') return state;
  return stepEvent(home, rules, state, { id, deviceId, type, at, receivedAt, data }).state;
}
