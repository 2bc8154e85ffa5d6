import { type HabitComparison, habits } from '../../protocol/history/home-day.ts';
import type { KeptDay } from '../series/home-days.ts';
import { addDays } from './day-hours.ts';

type Habit = HabitComparison['habit'];

const hour = 3_600_000;
const weekDays = 7;
const usualDays = 8 * 7;
/** Fewer days say nothing of a week, or of what is usual. */
const leastWeekDays = 4;
const leastUsualDays = 21;
/** A day of which more was not heard or paused, or was spent elsewhere, is left out; so is one without any sign of life. */
const mostUnknownMs = 2 * hour;
const mostAwayMs = 12 * hour;

interface Measure {
  of: (day: KeptDay, timeZone: string) => number | null;
  /** What makes no practical difference: times, minutes, rooms, minutes. */
  least: number;
}

const measures: Readonly<Record<Habit, Measure>> = {
  'nights-up': { of: ({ nightsUp }) => nightsUp, least: 1 },
  rising: {
    of: ({ roseAt }, timeZone) => (roseAt === null ? null : minuteOfDay(roseAt, timeZone)),
    least: 45,
  },
  rooms: { of: ({ rooms }) => rooms, least: 1 },
  // A day without a visit has no longest one; it is also what a sensor that has died tells.
  bathroom: {
    of: ({ bathroom }) => (bathroom?.visits === 0 ? null : (bathroom?.longestMinutes ?? null)),
    least: 10,
  },
};

/** From which day on `compareHabits` looks at days. */
export function comparedFrom(to: string): string {
  return addDays(to, 1 - weekDays - usualDays);
}

/**
 * The latest seven days up to `to` beside the resident's own eight weeks before. A habit differs when its middle value does
 * by something of practical weight, lies outside of what three usual days of four lie within, and would do so without the
 * most unusual of the days. Days that are not over, were for long not heard, paused or spent elsewhere, or have no sign of
 * life are left out.
 */
export function compareHabits(
  days: readonly KeptDay[],
  { to, timeZone }: { to: string; timeZone: string },
): HabitComparison[] {
  const first = addDays(to, 1 - weekDays);
  const earliest = comparedFrom(to);
  const usable = days.filter((day) => day.day >= earliest && day.day <= to && isUsable(day));
  return habits.map((habit) => {
    const { of, least } = measures[habit];
    const values = (some: readonly KeptDay[]) =>
      some.flatMap((day) => of(day, timeZone) ?? []).sort((a, b) => a - b);
    const week = values(usable.filter(({ day }) => day >= first));
    const before = values(usable.filter(({ day }) => day < first));
    return { habit, ...compare(week, before, least) };
  });
}

function compare(
  week: readonly number[],
  before: readonly number[],
  least: number,
): Omit<HabitComparison, 'habit'> {
  const now = week.length < leastWeekDays ? null : quantile(week, 0.5);
  const usual =
    before.length < leastUsualDays
      ? null
      : {
          middle: quantile(before, 0.5),
          low: quantile(before, 0.125),
          high: quantile(before, 0.875),
        };
  const direction = now === null || usual === null ? 'same' : directionOf(week, usual, least);
  return {
    differs: direction !== 'same',
    direction,
    now,
    usual,
    days: { now: week.length, usual: before.length },
  };
}

/** Judged without the highest, or the lowest, of the days: a single odd one never makes the difference. */
function directionOf(
  week: readonly number[],
  { middle, low, high }: { middle: number; low: number; high: number },
  least: number,
): HabitComparison['direction'] {
  const cautiousHigh = quantile(week.slice(0, -1), 0.5);
  const cautiousLow = quantile(week.slice(1), 0.5);
  if (cautiousHigh > high && cautiousHigh - middle >= least) return 'more';
  if (cautiousLow < low && middle - cautiousLow >= least) return 'less';
  return 'same';
}

function isUsable({ bands, isComplete, activity }: KeptDay): boolean {
  const ms = (kind: KeptDay['bands'][number]['kind']) =>
    bands.filter((band) => band.kind === kind).reduce((sum, { from, to }) => sum + to - from, 0);
  if (!isComplete || activity === 0) return false;
  return ms('unheard') + ms('paused') <= mostUnknownMs && ms('away') <= mostAwayMs;
}

/** Between the values where it falls between two. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

function minuteOfDay(at: number, timeZone: string): number {
  const { hour: hours, minute } =
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return hours * 60 + minute;
}
