import type { RefusedPoint } from '../../gateway/protocol/series/series.ts';

/** Points that one store refused for one reason. */
export interface RefusedGroup {
  sink: string;
  reason: string;
  /** What was measured, each once. */
  measurements: readonly string[];
  /** Never empty, in the order given. */
  points: readonly RefusedPoint[];
  /** When the oldest and the newest of them were measured. */
  from: number;
  to: number;
  refusedAt: number;
}

/** InfluxDB says how many points of the same request it dropped, which tells nothing of this one. */
function reasonOf({ reason }: RefusedPoint): string {
  return reason.replace(/ dropped=\d+$/, '');
}

/** Gathers points by who refused them and why, in the order in which each reason comes first. */
export function groupRefused(points: readonly RefusedPoint[]): RefusedGroup[] {
  const groups = Map.groupBy(points, (point) => JSON.stringify([point.sink, reasonOf(point)]));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    const times = same.map(({ at }) => at);
    return {
      sink: first.sink,
      reason: reasonOf(first),
      measurements: [...new Set(same.map(({ measurement }) => measurement))],
      points: same,
      from: times.reduce((a, b) => Math.min(a, b)),
      to: times.reduce((a, b) => Math.max(a, b)),
      refusedAt: same.reduce((latest, { refusedAt }) => Math.max(latest, refusedAt), 0),
    };
  });
}
