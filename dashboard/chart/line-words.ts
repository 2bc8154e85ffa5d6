import type { SeriesPoint, SeriesStep } from '../../gateway/protocol/series/series.ts';
import { clockTime } from '../clock/exact.ts';
import { wallOf } from '../clock/zoned.ts';
import type { HistoryWords } from '../text/history-sv.ts';

/** Whose clock and words a chart is read in. */
export interface Reading {
  locale: string;
  timeZone: string;
  words: HistoryWords;
  unit: string;
}

const hourMs = 3_600_000;

/** When a point is: its day, and within the day its time where the step is shorter. */
export function momentOf(
  at: number,
  step: SeriesStep,
  { locale, timeZone, words }: Reading,
): string {
  const year = wallOf(at, timeZone).date.slice(0, 4);
  const isOld = year !== wallOf(Date.now(), timeZone).date.slice(0, 4);
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(isOld && { year: 'numeric' }),
    timeZone,
  }).format(at);
  if (step === 'day') return day;
  const isAgain = wallOf(at - hourMs, timeZone).time === wallOf(at, timeZone).time;
  const clock = clockTime(at, locale, timeZone);
  return `${day} ${isAgain ? words.chart.again(clock) : clock}`;
}

/** A value with its unit, to a tenth where it is small. */
export function valueOf(value: number, reading: Reading): string {
  return reading.words.unitOf(numberOf(value, reading), reading.unit);
}

function numberOf(value: number, { locale, unit }: Reading): string {
  const digits = Math.abs(value) < 100 && unit !== '%' && unit !== 'dBm' ? 1 : 0;
  const format = new Intl.NumberFormat(locale, {
    maximumFractionDigits: digits,
    minimumFractionDigits: unit === '°C' ? digits : 0,
  });
  return format.format(value);
}

/** What one line tells at one point: its mean, and what it lay between where that was not the same. */
export function toldBy(name: string, point: SeriesPoint, reading: Reading): string {
  const { words } = reading;
  const said = words.chart.value(name, valueOf(point.mean, reading));
  const low = numberOf(point.min, reading);
  if (low === numberOf(point.max, reading)) return said;
  return `${said} (${words.chart.between(low, valueOf(point.max, reading))})`;
}
