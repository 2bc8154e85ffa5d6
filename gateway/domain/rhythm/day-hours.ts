import type { Span } from '../history.ts';
import { wallInstant } from '../home/wall-clock.ts';
import type { NightSpan } from './night.ts';
import type { NightHours } from './quiet-night.ts';

/** The instants of a day of the wall clock. */
export interface DayHours extends Span {
  /** What has to be known for the day: from noon the day before to noon the day after. */
  known: Span;
  /** The night that ends in the day, and the one that begins in it. */
  nights: readonly [NightSpan & NightHours, NightSpan & NightHours];
  /** After this, getting up is no morning. */
  latestRising: number;
}

export function dayHoursOf(day: string, timeZone: string): DayHours {
  const date = Temporal.PlainDate.from(day);
  const at = (time: string, days = 0) =>
    wallInstant(`${date.add({ days }).toString()}T${time}`, timeZone, 'from');
  const night = (days: number) => ({
    noon: at('12:00', days - 1),
    end: at('15:00', days),
    evening: at('21:00', days - 1),
    morning: at('07:00', days),
    late: at('09:00', days),
    widest: { from: at('18:00', days - 1), to: at('12:00', days) },
    dark: { from: at('23:00', days - 1), to: at('06:00', days) },
  });
  return {
    from: at('00:00'),
    to: at('00:00', 1),
    known: { from: at('12:00', -1), to: at('12:00', 1) },
    nights: [night(0), night(1)],
    latestRising: at('18:00'),
  };
}

export function dayOfInstant(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

export function addDays(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** The days from the first to the last, both included. */
export function daysBetween(first: string, last: string): string[] {
  const date = Temporal.PlainDate.from(first);
  const count = date.until(last, { largestUnit: 'days' }).days;
  return Array.from({ length: Math.max(0, count + 1) }, (_, days) => date.add({ days }).toString());
}
