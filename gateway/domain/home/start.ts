import type { Event } from '../event.ts';
import type { Call } from './call.ts';
import { isMeant } from './concern.ts';
import { callOrHold } from './cooldown.ts';
import { countEvent } from './count.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { HomeState } from './home-state.ts';
import { clear, raise, raiseAtOnce, scopeOf } from './need.ts';
import { noticeUnjudged } from './notice.ts';
import type { CompiledRule, RuleSet } from './rule-set.ts';
import { firstTrace } from './trace.ts';
import { beginThen, beginWait } from './wait.ts';
import { isDuring, nextOpening } from './wall-clock.ts';

export interface Arrival {
  event: Event;
  device: HomeDevice | null;
  calls: Call[];
}

/** Raises what the event calls for at once, and begins the waits of what must last. */
export function startOrRaise(
  home: HomeContext,
  rules: RuleSet,
  state: HomeState,
  arrival: Arrival,
): HomeState {
  let next = state;
  for (const rule of rules.starting.get(arrival.event.type) ?? []) {
    const meant = isMeant(rule, home, arrival.event, arrival.device);
    if (meant === false) continue;
    if (meant === null) {
      next = noticeUnjudged(next, rule, arrival.event, arrival.calls);
      // Better one alert too many than a person on the floor; of the equipment the notice says enough.
      if (rule.severity === 'technical') continue;
    }
    next = start(home, rule, next, arrival);
  }
  return next;
}

function start(
  home: HomeContext,
  rule: CompiledRule,
  state: HomeState,
  arrival: Arrival,
): HomeState {
  const { event } = arrival;
  const isOpen = rule.during === undefined || isDuring(rule.during, event.at, home.timeZone);
  if (!isOpen) return waitForOpening(home, rule, state, event);
  const scope = scopeOf(rule, event.deviceId);
  if (rule.count !== undefined) return raiseCounted(rule, rule.count, state, { ...arrival, scope });
  if (rule.for === undefined) return raiseNow(rule, state, { ...arrival, scope });
  const deadline = event.at + rule.for;
  return beginWait(state, rule, event, { kind: 'for', since: event.at, deadline, scope });
}

/** What still holds when the rule's hours begin is called for then, with no new event. */
function waitForOpening(
  home: HomeContext,
  rule: CompiledRule,
  state: HomeState,
  event: Event,
): HomeState {
  if (rule.during === undefined || rule.during.begunBefore === 'ignored') return state;
  if (rule.endedBy.size === 0 || rule.count !== undefined) return state;
  const opening = nextOpening(rule.during, event.at, home.timeZone);
  if (opening === null) return state;
  const deadline = opening + (rule.for ?? 0);
  const scope = scopeOf(rule, event.deviceId);
  return beginWait(state, rule, event, { kind: 'for', since: event.at, deadline, scope });
}

function raiseNow(
  rule: CompiledRule,
  state: HomeState,
  { event, calls, scope }: Arrival & { scope: string },
): HomeState {
  const call = raiseAtOnce(rule, scope, event);
  const result = callOrHold(state, { rule, call, at: event.at }, calls);
  if (result.held !== null) return beginWait(result.state, rule, event, { ...result.held, scope });
  if (!result.isCalled) return result.state;
  sayIfCleared(rule, result.state, { since: event.at, scope }, calls);
  return beginThen(result.state, rule, event, { since: event.at, scope });
}

function raiseCounted(
  rule: CompiledRule,
  count: NonNullable<CompiledRule['count']>,
  state: HomeState,
  { event, calls, scope }: Arrival & { scope: string },
): HomeState {
  const counted = countEvent(state, rule, count, { event, scope });
  let next = counted.state;
  for (const [at, deviceId, eventId] of counted.complete) {
    const cause = { deviceId, eventId, since: at, lateByMs: event.receivedAt - at };
    const call = raise(rule, scope, cause);
    const result = callOrHold(next, { rule, call, at }, calls);
    next = result.state;
    if (result.isCalled) sayIfCleared(rule, next, { since: at, scope }, calls);
  }
  return next;
}

function sayIfCleared(
  rule: CompiledRule,
  state: HomeState,
  { since, scope }: { since: number; scope: string },
  calls: Call[],
): void {
  const cleared = firstTrace(state, rule.clearedBy ?? [], { since, until: Infinity, scope });
  if (cleared !== null) calls.push(clear(rule, scope, cleared));
}

/** Says that conditions have ended; whether an alert is live for them is not the home's to know. */
export function clearConditions(rules: RuleSet, event: Event, calls: Call[]): void {
  for (const rule of rules.clearing.get(event.type) ?? []) {
    calls.push(clear(rule, scopeOf(rule, event.deviceId), event.at));
  }
}
