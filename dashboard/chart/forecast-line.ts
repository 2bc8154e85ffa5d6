import type { Forecast, SeriesPoint } from '../../gateway/protocol/series/series.ts';

/** How much of what was may be added ahead of it: beyond this the forecast would press the past to the edge. */
const aheadShare = 0.5;

/** From the last point towards the limit, cut where the picture ends; null where nothing is foretold. */
export function forecastLine(
  points: readonly SeriesPoint[],
  forecast: Forecast | null,
  from: number,
): { from: [at: number, value: number]; to: [at: number, value: number] } | null {
  const last = points.at(-1);
  if (last === undefined || forecast === null) return null;
  const { limitAt, limit } = forecast;
  if (limitAt === null || limit === null || limitAt <= last.at) return null;
  const end = Math.min(limitAt, last.at + (last.at - from) * aheadShare);
  const share = (end - last.at) / (limitAt - last.at);
  return {
    from: [last.at, last.last],
    to: [end, last.last + (limit - last.last) * share],
  };
}
