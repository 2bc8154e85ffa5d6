import { addDays, isDate } from '../clock/zoned.ts';

/** How many weeks back one may compare with, besides the same week a year before. */
const weeksBack = 12;
const aYear = 52;

/** Nothing is older. */
const earliest = '2000-01-01';

/** A day that an address asks for; null for what is none, has not come yet or is older than anything kept. */
export function wishedDay(text: string | null, today: string): string | null {
  return text !== null && isDate(text) && text >= earliest && text <= today ? text : null;
}

export interface WeekChoice {
  /** The last of its seven days. */
  to: string;
  from: string;
  weeksBefore: number;
}

/** The first of the seven days that end on one. */
export function firstOf(to: string): string {
  return addDays(to, -6);
}

/** The weeks before one, the nearest first. */
export function weeksBefore(to: string): WeekChoice[] {
  const back = [...Array.from({ length: weeksBack }, (_, index) => index + 1), aYear];
  return back.map((weeks) => {
    const last = addDays(to, -7 * weeks);
    return { to: last, from: firstOf(last), weeksBefore: weeks };
  });
}

/** The week that ends seven days later, but never later than today. */
export function weekAfter(to: string, today: string): string {
  const next = addDays(to, 7);
  return next < today ? next : today;
}
