import type { Window } from '../home/wall-clock.ts';

/**
 * The changes of the clocks of which something falls within these instants, as the time that they make unclear: both
 * passages of the hour that comes twice, or the moment of the hour that never comes.
 */
export function clockChanges({ from, to }: Window, timeZone: string): Window[] {
  const changes: Window[] = [];
  const dayMs = 24 * 3_600_000;
  let at = Temporal.Instant.fromEpochMilliseconds(from - dayMs).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds > to + dayMs) return changes;
    const before = next.subtract({ nanoseconds: 1 });
    const repeatedMs = (before.offsetNanoseconds - next.offsetNanoseconds) / 1_000_000;
    const { epochMilliseconds: instant } = next;
    if (repeatedMs > 0) changes.push({ from: instant - repeatedMs, to: instant + repeatedMs });
    if (repeatedMs < 0) changes.push({ from: instant, to: instant });
    at = next;
  }
}

/** Whether two stretches of time have so much as an edge in common. */
export function touches(a: Window, b: Window): boolean {
  return a.from <= b.to && b.from <= a.to;
}
