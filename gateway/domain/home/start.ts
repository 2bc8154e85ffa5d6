import type { Event } from '../event.ts';
import type { Call } from './call.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import type { HomeState } from './home-state.ts';
import { clear, raiseAtOnce, scopeOf } from './need.ts';
import { type CompiledRule, endersOf, type RuleSet } from './rule-set.ts';
import { firstTrace } from './trace.ts';
import { addWait } from './wait.ts';
import { isDuring } from './wall-clock.ts';

export interface Arrival {
  event: Event;
  device: HomeDevice | null;
  calls: Call[];
}

function applies(rule: CompiledRule, home: HomeContext, { event, device }: Arrival): boolean {
  // What could not be judged counts: better one alert too many than a person on the floor.
  if (rule.matches?.(event, device, home) === false) return false;
  return rule.during === undefined || isDuring(rule.during, event.at, home.timeZone);
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
    if (applies(rule, home, arrival)) next = start(rule, next, arrival);
  }
  return next;
}

function start(rule: CompiledRule, state: HomeState, { event, calls }: Arrival): HomeState {
  const scope = scopeOf(rule, event.deviceId);
  if (rule.for === undefined) {
    calls.push(raiseAtOnce(rule, scope, event));
    const cleared = firstTrace(state, rule.clearedBy ?? [], {
      since: event.at,
      until: Infinity,
      scope,
    });
    if (cleared !== null) calls.push(clear(rule, scope, cleared));
  }
  const lastsMs = rule.for ?? rule.then?.within;
  if (lastsMs === undefined) return state;
  const span = { since: event.at, until: event.at + lastsMs };
  // What reassures after a fall may come from anywhere in the home.
  const endingScope = rule.for === undefined ? '' : scope;
  if (firstTrace(state, endersOf(rule), { ...span, scope: endingScope }) !== null) return state;
  return addWait(state, rule, event, { ...span, scope });
}

/** Says that conditions have ended; whether an alert is live for them is not the home's to know. */
export function clearConditions(rules: RuleSet, event: Event, calls: Call[]): void {
  for (const rule of rules.clearing.get(event.type) ?? []) {
    calls.push(clear(rule, scopeOf(rule, event.deviceId), event.at));
  }
}
