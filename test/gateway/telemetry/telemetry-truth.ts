import type { Point } from '../../../gateway/domain/series/point.ts';
import { stockholm } from './telemetry-point.ts';

export interface Summary {
  count: number;
  sum: number;
  min: number;
  max: number;
  last: number;
}

/** What hours or days of a series must be, worked out from its points alone; the last of what is written again holds. */
export function summarised(
  points: readonly Point[],
  startOf: (at: number) => number,
): Record<string, Summary> {
  const distinct = new Map(points.map((point) => [`${point.at} ${point.seq}`, point]));
  const inOrder = [...distinct.values()].sort((a, b) => a.at - b.at || a.seq - b.seq);
  const steps = Map.groupBy(inOrder, ({ at }) => startOf(at));
  return Object.fromEntries([...steps].map(([start, of]) => [String(start), summaryOf(of)]));
}

function summaryOf(points: readonly Point[]): Summary {
  const values = points.flatMap(({ fields }) => Object.values(fields));
  return {
    count: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    min: Math.min(...values),
    max: Math.max(...values),
    last: values.at(-1) ?? Number.NaN,
  };
}

export function hourOf(at: number): number {
  return at - (((at % 3_600_000) + 3_600_000) % 3_600_000);
}

export function dayOf(at: number): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(stockholm);
  return zoned.startOfDay().epochMilliseconds;
}
