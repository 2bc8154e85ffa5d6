import type { Event } from '../event.ts';
import type { Call } from './call.ts';
import type { HomeContext } from './home-context.ts';
import type { HomeState } from './home-state.ts';
import { noticeDevice } from './notice.ts';
import type { RuleSet } from './rule-set.ts';
import { breakSilences, judgeSilences } from './silence.ts';
import { clearConditions, startOrRaise } from './start.ts';
import { rememberTrace } from './trace.ts';
import { endWaits, judgeWaits } from './wait.ts';

export interface Step {
  state: HomeState;
  calls: readonly Call[];
}

/**
 * Takes one event of a home: what its rules remember afterwards, and what they call for.
 * Pure and total. Only event times are compared, so that the order in which different devices are heard does not matter.
 */
export function stepEvent(home: HomeContext, rules: RuleSet, state: HomeState, event: Event): Step {
  const calls: Call[] = [];
  if (isHistory(event)) return { state, calls };
  const device = home.devices.find(({ id }) => id === event.deviceId) ?? null;
  let next = rules.traced.has(event.type) ? rememberTrace(state, event) : state;
  next = noticeDevice(next, event, calls);
  next = endWaits(rules, next, event);
  next = breakSilences(home, rules, next, { event, device, calls });
  clearConditions(rules, event, calls);
  next = startOrRaise(home, rules, next, { event, device, calls });
  return { state: next, calls };
}

/** What a device had stored and told long afterwards calls nobody. Only dialects say so, see `judgeReading`. */
function isHistory({ data }: Event): boolean {
  return data['history'] === true;
}

/** Lets time pass until `at`: judges what is due. The same state and time always give the same. */
export function stepTick(home: HomeContext, rules: RuleSet, state: HomeState, at: number): Step {
  const calls: Call[] = [];
  const waited = judgeWaits(rules, state, at, calls);
  return { state: judgeSilences(home, rules, waited, { at, calls }), calls };
}
