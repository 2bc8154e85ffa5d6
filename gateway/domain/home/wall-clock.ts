import { type During, weekdays } from '../../protocol/rule/during.ts';

function zoned(at: number, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}

function beginsOn(during: During, date: Temporal.PlainDate): boolean {
  if (during.days === undefined) return true;
  const day = weekdays[date.dayOfWeek - 1];
  return day !== undefined && during.days.includes(day);
}

function windowOf(during: During, date: Temporal.PlainDate, timeZone: string) {
  const crossesMidnight = during.to <= during.from;
  const instant = (day: Temporal.PlainDate, plainTime: string) =>
    day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
  return {
    from: instant(date, during.from),
    to: instant(crossesMidnight ? date.add({ days: 1 }) : date, during.to),
  };
}

export interface Window {
  from: number;
  to: number;
}

/** The windows that end after `at`, soonest first; enough of them to meet every weekday once. */
export function windowsFrom(during: During, at: number, timeZone: string): Window[] {
  const today = zoned(at, timeZone).toPlainDate();
  return Array.from({ length: 9 }, (_, index) => today.add({ days: index - 1 }))
    .filter((date) => beginsOn(during, date))
    .map((date) => windowOf(during, date, timeZone))
    .filter((window) => window.to > at && window.to > window.from);
}

/** Judged by the wall clock, so that a night is a night on both days when the clocks change. */
export function isDuring(during: During, at: number, timeZone: string): boolean {
  const local = zoned(at, timeZone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  if (during.from < during.to) {
    return time >= during.from && time < during.to && beginsOn(during, local.toPlainDate());
  }
  if (time >= during.from) return beginsOn(during, local.toPlainDate());
  return time < during.to && beginsOn(during, local.toPlainDate().subtract({ days: 1 }));
}
