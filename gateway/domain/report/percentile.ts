import type { Percentiles } from '../../protocol/report/follow-up.ts';

/** By nearest rank: the smallest that at least so many per cent are no greater than. Null of nothing. */
export function percentileOf(sorted: readonly number[], percent: number): number | null {
  return sorted[Math.max(1, Math.ceil((percent * sorted.length) / 100)) - 1] ?? null;
}

/** Of durations in milliseconds, in seconds. */
export function percentilesOf(durations: readonly number[]): Percentiles {
  const sorted = durations.map((ms) => ms / 1_000).sort((a, b) => a - b);
  return {
    count: sorted.length,
    p50: percentileOf(sorted, 50),
    p90: percentileOf(sorted, 90),
    p95: percentileOf(sorted, 95),
    p99: percentileOf(sorted, 99),
    max: sorted.at(-1) ?? null,
  };
}
