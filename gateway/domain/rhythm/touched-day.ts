import type { Span } from '../history.ts';
import { addDays, dayOfInstant, daysBetween } from './day-hours.ts';

const quarterMs = 15 * 60_000;
const kept = 20_000;

/**
 * The days that what happened in a span may change, none after `today`: a day is known from noon to noon around it.
 * Remembers what it has worked out; the wall clock is slow to ask.
 */
export function createDaysTouched(): (span: Span, timeZone: string, today: string) => string[] {
  const known = new Map<string, { day: string; isMorning: boolean }>();
  const placeOf = (at: number, timeZone: string) => {
    const quarter = Math.floor(at / quarterMs);
    const key = `${timeZone} ${quarter}`;
    let place = known.get(key);
    if (place === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(
        timeZone,
      );
      place = { day: dayOfInstant(quarter * quarterMs, timeZone), isMorning: zoned.hour < 12 };
      if (known.size >= kept) known.clear();
      known.set(key, place);
    }
    return place;
  };
  return ({ from, to }, timeZone, today) => {
    const first = placeOf(from, timeZone);
    const last = placeOf(Math.max(from, to), timeZone);
    const days = daysBetween(
      first.isMorning ? addDays(first.day, -1) : first.day,
      last.isMorning ? last.day : addDays(last.day, 1),
    );
    return days.filter((day) => day <= today);
  };
}
