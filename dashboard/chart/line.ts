import type { SeriesPoint, SeriesStep } from '../../gateway/protocol/series/series.ts';

/** Several measured lines over one time. */
export interface Line {
  name: string;
  points: readonly SeriesPoint[];
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const stepMs: Record<SeriesStep, number> = {
  // What is measured one by one comes as often as the sensor likes; after three hours it is silent.
  raw: 2 * hourMs,
  quarter: 15 * minuteMs,
  hour: hourMs,
  day: 25 * hourMs,
};

/** Up to how far apart two points are joined: a step is passed over only by sensors that always do so. */
export function reachOf(points: readonly SeriesPoint[], step: SeriesStep): number {
  const distances = points
    .slice(1)
    .map(({ at }, index) => at - (points[index]?.at ?? at))
    .toSorted((a, b) => a - b);
  const middle = distances[Math.floor((distances.length - 1) / 2)] ?? 0;
  const least = 1.5 * stepMs[step];
  return middle > stepMs[step] ? Math.max(least, 2.5 * middle) : least;
}

/** What a plot draws: instants in order, and for each line a value, null where it breaks, undefined where another has one. */
export interface Sheet {
  at: number[];
  values: (number | null | undefined)[][];
}

/** Lines side by side; between two points too far apart all is null, so that no line crosses what nobody measured. */
export function sheetOf(lines: readonly Line[], step: SeriesStep): Sheet {
  const told = lines.map(({ points }) => {
    const reach = reachOf(points, step);
    const gaps = points.slice(1).flatMap(({ at: to }, index) => {
      const from = points[index]?.at ?? to;
      return to - from > reach ? [{ from, to }] : [];
    });
    return { gaps, values: new Map(points.map(({ at: when, mean }) => [when, mean])) };
  });
  const rows = told.flatMap(({ gaps, values }) => [
    ...values.keys(),
    ...gaps.map(({ from, to }) => (from + to) / 2),
  ]);
  const at = [...new Set(rows)].toSorted((a, b) => a - b);
  const values = told.map((line) => {
    let next = 0;
    return at.map((when) => {
      while ((line.gaps[next]?.to ?? Number.POSITIVE_INFINITY) <= when) next += 1;
      const gap = line.gaps[next];
      return gap !== undefined && when > gap.from ? null : line.values.get(when);
    });
  });
  return { at, values };
}

/** Which values stand alone, with nothing to draw a line to; they are drawn as dots. */
export function lonely(values: readonly (number | null | undefined)[]): number[] {
  const told = values.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]));
  return told.flatMap(({ value, index }, place) => {
    const isJoined = [told[place - 1], told[place + 1]].some(
      (beside) => typeof beside?.value === 'number',
    );
    return value === null || isJoined ? [] : [index];
  });
}

/** The instants at which something was measured, in order: what one walks through. */
export function stopsOf(lines: readonly Line[]): number[] {
  const all = lines.flatMap(({ points }) => points.map(({ at }) => at));
  return [...new Set(all)].toSorted((a, b) => a - b);
}

/** The place of what lies nearest; null where there is nothing. */
export function nearest(stops: readonly number[], at: number): number | null {
  let best: number | null = null;
  stops.forEach((stop, index) => {
    if (best === null || Math.abs(stop - at) < Math.abs((stops[best] ?? stop) - at)) best = index;
  });
  return best;
}

/** What happened from one stop up to the next. */
export function between<T extends { at: number }>(
  happened: readonly T[],
  stops: readonly number[],
  place: number,
): T[] {
  const from = stops[place] ?? Number.POSITIVE_INFINITY;
  const to = stops[place + 1] ?? Number.POSITIVE_INFINITY;
  return happened.filter(({ at }) => at >= from && at < to);
}
