import type { SeriesPoint } from '../protocol/series/series.ts';

/** A single reading as a step of its own. */
export function reading(at: number, value: number): SeriesPoint {
  return { at, count: 1, mean: value, min: value, max: value, sum: value, last: value };
}
