import type { Band, HomeDay } from '../../gateway/protocol/history/home-day.ts';
import { clockTime } from '../clock/exact.ts';
import { weekdayIndex } from '../clock/zoned.ts';
import { weekNumber } from '../plan/when.ts';
import type { HistoryWords } from '../text/history-sv.ts';

/** Whose clock, and in whose words. */
export interface Told {
  timeZone: string;
  locale: string;
  words: HistoryWords;
}

const minuteMs = 60_000;

export function minutesWords(minutes: number, { words }: Told): string {
  const whole = Math.round(minutes);
  return words.length(Math.floor(whole / 60), whole % 60);
}

/** Another year than today's is told; nobody asks for that of this one. */
function yearOf(day: string, today: string): Intl.DateTimeFormatOptions {
  return day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' };
}

/** The day, as people call it: its month short in rows, long in headings. */
export function dayName(
  day: string,
  locale: string,
  { length, today = day }: { length: 'short' | 'long'; today?: string },
): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: length,
    ...yearOf(day, today),
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** The day and the month, and the year where it is another than today's. */
export function dateName(day: string, locale: string, today: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'short',
    ...yearOf(day, today),
    timeZone: 'UTC',
  }).format(Date.parse(`${day}T00:00:00Z`));
}

/** Seven days by their dates, and by the number of their week where they are one from Monday to Sunday. */
export function weekName(
  { from, to }: { from: string; to: string },
  { locale, words }: Told,
  today: string,
): string {
  const dates = words.week.heading(dateName(from, locale, today), dateName(to, locale, today));
  return weekdayIndex(from) === 0 ? words.week.numbered(weekNumber(from), dates) : dates;
}

/** A band in words: what it was, when and for how long. */
export function bandWords({ kind, from, to, isEstimated }: Band, told: Told): string {
  const { week } = told.words;
  const clock = (at: number) => clockTime(at, told.locale, told.timeZone);
  const length = minutesWords((to - from) / minuteMs, told);
  const said = `${week.band[kind]} ${clock(from)}–${clock(to)}, ${length}`;
  return isEstimated ? `${said}, ${week.estimated}` : said;
}

/** For how many minutes the home was paused. */
export function pausedMinutes({ bands }: HomeDay): number {
  const paused = bands.filter(({ kind }) => kind === 'paused');
  return paused.reduce((sum, { from, to }) => sum + to - from, 0) / minuteMs;
}

/** The night, the pauses and the alerts of a day, in one line; empty where nothing of it is known. */
export function dayFacts(day: HomeDay, told: Told): string {
  const { week } = told.words;
  const clock = (at: number) => clockTime(at, told.locale, told.timeZone);
  const paused = pausedMinutes(day);
  const parts = [
    ...nightWords(day, week, clock),
    ...(day.nightsUp === null
      ? []
      : [week.up(day.nightsUp, minutesWords(day.upMinutes ?? 0, told))]),
    ...(paused === 0 ? [] : [week.paused(minutesWords(paused, told))]),
    ...(day.alerts.length === 0 ? [] : [week.alerts(day.alerts.length)]),
  ];
  return capital(parts.join(', '));
}

/** When the night was that ends in a day: it mostly begins on the day before, so its ends are told as one. */
function nightWords(
  { wentToBedAt, roseAt }: HomeDay,
  week: HistoryWords['week'],
  clock: (at: number) => string,
): string[] {
  if (wentToBedAt !== null && roseAt !== null) {
    return [week.night(clock(wentToBedAt), clock(roseAt))];
  }
  if (wentToBedAt !== null) return [week.toBed(clock(wentToBedAt))];
  return roseAt === null ? [] : [week.rose(clock(roseAt))];
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
