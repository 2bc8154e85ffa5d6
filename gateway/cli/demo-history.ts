import { randomUUID } from 'node:crypto';

import type { Fleet } from '../../simulators/fleet.ts';
import type { PastEvent } from '../../simulators/history.ts';
import type { Arrangements } from '../domain/duty/arrangement.ts';
import { staffedTerms, termsOf } from '../domain/duty/terms.ts';
import { openEvaluation } from '../domain/evaluation.ts';
import { contextsOf, type Span } from '../domain/history.ts';
import { homeDueAt } from '../domain/home/home-state.ts';
import { compileRules } from '../domain/home/rule-set.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import { readStandardRules } from '../store/template-file.ts';
import { demoSeed, demoShiftsBefore } from './demo-duty.ts';
import { openPast } from './demo-past.ts';
import { storeBatteryDays, storeHistory } from './store-history.ts';

const dayMs = 24 * 3_600_000;
/** How long the demonstration has been going on when it starts. */
export const demoHistoryMs = 30 * dayMs;

/** So little at a time that whoever presses a button meanwhile waits for no more than some milliseconds. */
const slice = { entriesPerCommit: 500, restMs: 25 };

/**
 * Lets the homes begin at `at` although they are older: what their devices told before is put into the log afterwards,
 * and without this every device would be found to have been silent all the time.
 */
export async function beginHomesAt(
  { transaction, history }: Pick<Store, 'transaction' | 'history'>,
  scope: Scope,
  at: number,
): Promise<void> {
  const rules = compileRules((await readStandardRules()).map(({ rule }) => rule));
  const homes = await history.homes(scope, null);
  const begun = homes.map((home) => {
    const evaluation = openEvaluation({
      contexts: contextsOf(home, at),
      rules,
      terms: staffedTerms(() => ''),
      changed: () => {},
    });
    evaluation.wake(at);
    evaluation.passTime(at);
    const state = evaluation.state();
    const { id: homeId, municipalityId } = home;
    return { homeId, municipalityId, state, dueAt: homeDueAt(state) };
  });
  await transaction((ledger) => ledger.saveHomes(begun));
}

/** Equipment that could not be heard for some hours: a battery out of place, a line that was down. */
const demoSilences = [
  { deviceId: 'hamngatan-3-water', from: 2 * dayMs, to: 2.6 * dayMs },
  { deviceId: 'angsvagen-9-front-door', from: 9.3 * dayMs, to: 9.55 * dayMs },
  { deviceId: 'kvarngatan-7-thermometer', from: 21.1 * dayMs, to: 23 * dayMs },
];

function isWithin({ from, to }: Span, at: number): boolean {
  return from <= at && at < to;
}

/**
 * The month before with its alerts and how they were answered, so that there is something to try rules on and to follow
 * up. It takes its time beside a running gateway; nobody is told, and no alert is ever live.
 */
export async function storeDemoHistory(
  { transaction, history, staffing }: Pick<Store, 'transaction' | 'history' | 'staffing'>,
  { homes }: Fleet,
  options: { scope: Scope; timeZone: string; to: number; signal: AbortSignal; lastMs?: number },
): Promise<number> {
  const { scope, timeZone, to, signal, lastMs = demoHistoryMs } = options;
  const span = { from: to - lastMs, to };
  const shifts = demoShiftsBefore(to, { since: span.from, timeZone });
  const { municipalityId } = scope;
  const arrangements: Arrangements = {
    ...(await staffing.arrangements()),
    duties: shifts.map(({ personId, from, to: until }) => ({
      id: '',
      municipalityId,
      personId,
      unitId: 'norr',
      from,
      until,
      byId: personId,
    })),
    holds: [],
  };
  const past = openPast({
    homes: await history.homes(scope, null),
    rules: compileRules((await readStandardRules()).map(({ rule }) => rule)),
    terms: termsOf(arrangements, randomUUID, new Set()),
    shifts,
    seed: demoSeed,
    span,
  });
  const told = {
    ...span,
    municipalityId,
    seed: demoSeed,
    isHeard: ({ deviceId, event }: PastEvent) =>
      !demoSilences.some(
        (silence) => silence.deviceId === deviceId && isWithin(silence, event.at - span.from),
      ),
  };
  await storeBatteryDays({ transaction }, homes, told);
  return storeHistory({ transaction }, homes, {
    ...told,
    ...slice,
    signal,
    accompany: (entries, isLast) => [...past.take(entries), ...(isLast ? past.end() : [])],
  });
}
