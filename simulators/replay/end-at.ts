import type { ReplayEvent } from './read-log.ts';

/** Moves all times so that the last event is at `at`; moved events are other events and have other ids. */
export function endAt(events: readonly ReplayEvent[], at: number): ReplayEvent[] {
  const last = events.reduce((latest, event) => Math.max(latest, event.at), -Infinity);
  const shiftMs = at - last;
  return events.map((event) => ({
    ...event,
    id: `${event.id}+${shiftMs.toString(36)}`,
    at: event.at + shiftMs,
  }));
}
