/** A clock that tells a year before this has not been set. */
const firstYear = 2020;

/** How far ahead of ours a clock may be and still be believed. */
const toleranceMs = 5 * 60_000;

const local = /^(\d{4})-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?$/;

/**
 * Epoch milliseconds of a local time without a zone, such as `2026-10-25T02:30:00`; null for anything else, and for
 * clocks that have not been set. Of the two hours when summer time ends it is the later that is not in the future; in
 * the hour that is left out when it begins, the clock has not been put forward yet.
 */
export function localTime(value: unknown, timeZone: string, now: number): number | null {
  if (typeof value !== 'string' || Number(local.exec(value)?.[1] ?? 0) < firstYear) return null;
  try {
    const plain = Temporal.PlainDateTime.from(value.replace(' ', 'T'));
    const at = (disambiguation: 'earlier' | 'later'): number =>
      plain.toZonedDateTime(timeZone, { disambiguation }).epochMilliseconds;
    const later = at('later');
    return later <= now + toleranceMs ? later : at('earlier');
  } catch {
    return null;
  }
}

/** Epoch milliseconds of seconds since 1970 with a fraction; null for clocks that have not been set. */
export function secondsTime(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  const at = Math.round(value * 1_000);
  return at >= Date.UTC(firstYear, 0) && at < Date.UTC(2200, 0) ? at : null;
}
