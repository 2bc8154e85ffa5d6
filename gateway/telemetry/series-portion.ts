import type { SeriesPoint } from '../protocol/series/series.ts';

/** Part of what fell within a step, and when the last of it was. */
export interface Portion extends Omit<SeriesPoint, 'mean'> {
  lastAt: number;
  lastSeq: number;
}

/** Oldest first; what is of the same step becomes one point where that is wanted. */
export function gather(portions: readonly Portion[], together: boolean): SeriesPoint[] {
  const sorted = portions.toSorted(inOrder);
  const kept = together ? merged(sorted) : sorted;
  return kept.map(({ at, count, sum, min, max, last }) => ({
    at,
    count,
    mean: sum / count,
    min,
    max,
    sum,
    last,
  }));
}

/** Of what two series have at the same nanosecond, the greater is the last, as InfluxDB has it. */
function inOrder(one: Portion, other: Portion): number {
  return (
    one.at - other.at ||
    one.lastAt - other.lastAt ||
    one.lastSeq - other.lastSeq ||
    one.last - other.last
  );
}

function merged(sorted: readonly Portion[]): Portion[] {
  const result: Portion[] = [];
  for (const portion of sorted) {
    const before = result.at(-1);
    if (before?.at === portion.at) result[result.length - 1] = sumOf(before, portion);
    else result.push(portion);
  }
  return result;
}

function sumOf(one: Portion, later: Portion): Portion {
  return {
    at: one.at,
    count: one.count + later.count,
    sum: one.sum + later.sum,
    min: Math.min(one.min, later.min),
    max: Math.max(one.max, later.max),
    last: later.last,
    lastAt: later.lastAt,
    lastSeq: later.lastSeq,
  };
}
