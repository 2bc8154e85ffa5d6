/** The first instant at or after `from` at which the clock on the wall shows the time. */
export function nextWallClock(from: number, timeZone: string, time: string): number {
  const today = zoned(from, timeZone).withPlainTime(time);
  const next = today.epochMilliseconds < from ? today.add({ days: 1 }) : today;
  return next.epochMilliseconds;
}

/** The last instant at or before `until` at which the clock on the wall shows the time. */
export function lastWallClock(until: number, timeZone: string, time: string): number {
  const today = zoned(until, timeZone).withPlainTime(time);
  const last = today.epochMilliseconds > until ? today.subtract({ days: 1 }) : today;
  return last.epochMilliseconds;
}

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
