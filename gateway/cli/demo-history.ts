import type { Fleet } from '../../simulators/fleet.ts';
import { staffedTerms } from '../domain/duty/terms.ts';
import { openEvaluation } from '../domain/evaluation.ts';
import { contextsOf } from '../domain/history.ts';
import { homeDueAt } from '../domain/home/home-state.ts';
import { compileRules } from '../domain/home/rule-set.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import { readStandardRules } from '../store/template-file.ts';
import { storeHistory } from './store-history.ts';

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

/** The month before, so that a coordinator has something to try rules on. It takes its time beside a running gateway. */
export function storeDemoHistory(
  store: Pick<Store, 'transaction'>,
  { homes }: Fleet,
  options: { municipalityId: string; to: number; signal: AbortSignal },
): Promise<number> {
  const from = options.to - demoHistoryMs;
  return storeHistory(store, homes, { ...options, ...slice, from, seed: 'demo' });
}
