import type { Trend } from '../../gateway/protocol/series/series.ts';
import { type Reading, valueOf } from '../chart/line-words.ts';

/** Where a line leads, in words; that nothing can be foretold is no promise that it lasts. */
export function trendNote(
  { measurement, forecast, points }: Pick<Trend, 'measurement' | 'forecast' | 'points'>,
  reading: Reading,
  dayName: (at: number) => string,
): string {
  const { trend: said, chart } = reading.words;
  const limit = forecast?.limit ?? null;
  if (forecast === null || limit === null) {
    return measurement === 'battery' ? said.noForecast : '';
  }
  const told = valueOf(limit, reading);
  const last = points.at(-1);
  if (last !== undefined && last.last <= limit) return said.isThere(told);
  if (forecast.limitAt === null) return said.noForecast;
  return `${said.reaches(told, dayName(forecast.limitAt))} ${chart.forecast}`;
}
