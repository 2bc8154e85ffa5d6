import type { Hours } from '../../gateway/protocol/rule/during.ts';
import { dayList } from '../../gateway/protocol/rule/sentence-phrase.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import {
  addDays,
  dayOf,
  daysBetween,
  hoursTooMany,
  instantOf,
  mondayOf,
  wallOf,
} from '../clock/zoned.ts';
import type { PlanWords } from '../text/plan-sv.ts';

/** Whose clock, and in whose words. */
export interface Told {
  timeZone: string;
  locale: string;
  language: Language;
  words: PlanWords['hours'];
}

/** Hours that come back: "måndag–fredag 07:00–16:00". */
export function hoursWords(hours: Hours | undefined, { words, language }: Told): string {
  if (hours === undefined) return words.always;
  const days =
    hours.days === undefined ? words.everyDay : words.daysOf(dayList(hours.days, language));
  return words.between(days, hours.from, hours.to);
}

/** The time of day, with which of the two it is on the night when it comes twice. */
export function clockWords(at: number, { timeZone, words }: Told): string {
  const { date, time } = wallOf(at, timeZone);
  const first = instantOf(date, time, timeZone);
  if (instantOf(date, time, timeZone, 'to') === first) return time;
  return `${time} (${at - first < 60_000 ? words.first : words.second})`;
}

/** A day of the calendar, as `25 oktober` or with its weekday. */
export function dateWords(date: string, locale: string, weekday?: 'short' | 'long'): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: weekday === 'short' ? 'short' : 'long',
    timeZone: 'UTC',
    ...(weekday !== undefined && { weekday }),
  }).format(Date.parse(`${date}T00:00:00Z`));
}

export function momentWords(at: number, told: Told): string {
  const { date } = wallOf(at, told.timeZone);
  return `${dateWords(date, told.locale, 'short')} ${clockWords(at, told)}`;
}

/** From one instant to another, the day said once where it is one day. */
export function periodWords({ from, to }: { from: number; to: number }, told: Told): string {
  const begins = wallOf(from, told.timeZone).date;
  const ends = wallOf(to, told.timeZone).date;
  const start = `${dateWords(begins, told.locale)} ${clockWords(from, told)}`;
  if (begins === ends) return `${start}–${clockWords(to, told)}`;
  return `${start} – ${dateWords(ends, told.locale)} ${clockWords(to, told)}`;
}

/** What the clocks do on this day; null on all but two of the year. */
export function clockChangeWords(date: string, { timeZone, words }: Told): string | null {
  const many = hoursTooMany(dayOf(date, timeZone));
  if (many === 0) return null;
  return many > 0 ? words.clockBack : words.clockForward;
}

/** By ISO 8601, of the week that begins on this Monday. */
export function weekNumber(monday: string): number {
  const thursday = new Date(Date.parse(`${monday}T00:00:00Z`) + 3 * 86_400_000);
  const firstMonday = mondayOf(`${thursday.getUTCFullYear()}-01-04`);
  return 1 + daysBetween(firstMonday, monday) / 7;
}

/** The day of the next night on which the clocks are set, within a year; null where they never are. */
export function nextClockChange(from: string, timeZone: string): string | null {
  for (let days = 0; days < 370; days += 1) {
    const date = addDays(from, days);
    if (hoursTooMany(dayOf(date, timeZone)) !== 0) return date;
  }
  return null;
}
