import type { Forecast } from '../../protocol/series/series.ts';

const dayMs = 86_400_000;
/** How much of the past a line is drawn through. */
export const lineDays = 28;
const leastDays = 7;
const furthestDays = 365;

export interface Level {
  at: number;
  value: number;
}

/**
 * A straight line through a value a day of the latest weeks, by the slopes between all pairs (Theil and Sen), so that a few
 * odd days are outvoted; null of too few days. `limit` is what the values fall to, and `least` the fall over these weeks
 * that is more than chance.
 */
export function forecastOf(
  levels: readonly Level[],
  { now, limit, least }: { now: number; limit: number | null; least: number },
): Forecast | null {
  const recent = levels.filter(({ at }) => at > now - lineDays * dayMs && at <= now);
  if (recent.length < leastDays) return null;
  const slopes = recent.flatMap((one, index) =>
    recent
      .slice(index + 1)
      .map((other) => (other.value - one.value) / ((other.at - one.at) / dayMs)),
  );
  const perDay = middleOf(slopes);
  const today = middleOf(recent.map(({ at, value }) => value + (perDay * (now - at)) / dayMs));
  const days = limit === null ? Infinity : (today - limit) / -perDay;
  const isFalling = perDay < 0 && -perDay * lineDays >= least;
  const limitAt =
    isFalling && days >= 0 && days <= furthestDays ? Math.round(now + days * dayMs) : null;
  return { perDay, limitAt, limit };
}

function middleOf(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? 0;
  return Number.isInteger(half) ? (upper + (sorted[half - 1] ?? upper)) / 2 : upper;
}
