import type { EventType } from '../../protocol/catalogue.ts';
import type { Event } from '../event.ts';
import type { HomeState, Trace } from './home-state.ts';

/** How many events of a type a home remembers; more than a minute's worth of a lively motion sensor. */
const tracesKept = 16;

/** Keeps the latest events of a type that may end what has yet to arrive, in event time. */
export function rememberTrace(state: HomeState, event: Event): HomeState {
  const kept = [...(state.traces[event.type] ?? [])];
  const after = kept.findLastIndex(([at]) => at <= event.at);
  kept.splice(after + 1, 0, [event.at, event.deviceId]);
  if (kept.length > tracesKept) kept.shift();
  return { ...state, traces: { ...state.traces, [event.type]: kept } };
}

/** Whether so many of a type came after `since` that the first of them may have been forgotten. */
export function isTraceFull(state: HomeState, type: EventType, since: number): boolean {
  const kept = state.traces[type] ?? [];
  return kept.length === tracesKept && (kept[0]?.[0] ?? 0) > since;
}

/**
 * Whether something at `end` ends what began at `since`: later, or heard later from the same device at the same instant.
 * Two devices' events of one instant have no order, and then the call for help stands.
 */
export function isAfter(end: number, since: number, sameSource: boolean): boolean {
  return sameSource ? end >= since : end > since;
}

/** The earliest remembered event of these types in (since, until], of this device if one is named. */
export function firstTrace(
  state: HomeState,
  types: readonly EventType[],
  span: { since: number; until: number; scope: string },
): number | null {
  const ends = types
    .flatMap((type): readonly Trace[] => state.traces[type] ?? [])
    .filter(([at, deviceId]) => at > span.since && at <= span.until && isOf(span.scope, deviceId))
    .map(([at]) => at);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** Whether a device is within what a rule speaks of: that device, or, when empty, the whole home. */
export function isOf(scope: string, deviceId: string): boolean {
  return scope === '' || scope === deviceId;
}
