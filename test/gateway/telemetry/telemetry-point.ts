import type { Point } from '../../../gateway/domain/series/point.ts';
import type { AnsweredSeries, SeriesQuestion } from '../../../gateway/domain/series/query.ts';

export const stockholm = 'Europe/Stockholm';
export const minute = 60_000;
export const hour = 60 * minute;

/** The time in Stockholm. */
export function at(wallClock: string): number {
  return Temporal.PlainDateTime.from(wallClock).toZonedDateTime(stockholm).epochMilliseconds;
}

/** The temperature in the kitchen of home-1, unless told otherwise. */
export function pointAt(time: number, celsius: number, changes: Partial<Point> = {}): Point {
  return {
    measurement: 'temperature',
    tags: { municipality: 'norr', home: 'home-1', device: 'thermometer-1', room: 'kitchen' },
    fields: { celsius },
    at: time,
    seq: 0,
    timeZone: stockholm,
    ...changes,
  };
}

/** Every temperature in a municipality from 24 to 27 October 2026, unless told otherwise. */
export function askedOf(changes: Partial<SeriesQuestion> = {}): SeriesQuestion {
  return {
    municipalityId: 'norr',
    measurement: 'temperature',
    field: 'celsius',
    where: {},
    by: [],
    step: 'raw',
    from: at('2026-10-24T00:00'),
    to: at('2026-10-27T00:00'),
    timeZone: stockholm,
    ...changes,
  };
}

/** What was answered as pairs of time and value, of one series or of none. */
export function valuesOf(answer: readonly AnsweredSeries[]): (readonly [number, number])[] {
  if (answer.length > 1) throw new Error(`${answer.length} series were answered.`);
  return (answer[0]?.points ?? []).map((point) => [point.at, point.last]);
}
