import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { percentilesOf } from '../../../../gateway/domain/report/percentile.ts';

/** Straight from the definition: the smallest of which at least so many per cent are no greater. */
function naive(values: readonly number[], percent: number): number | null {
  const isEnough = (value: number) =>
    values.filter((other) => other <= value).length * 100 >= percent * values.length;
  const able = values.filter(isEnough);
  return able.length === 0 ? null : Math.min(...able);
}

describe('percentiles', () => {
  test('are by nearest rank what the definition says', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(600_000), { maxLength: 120 }), (durations) => {
        const seconds = durations.map((ms) => ms / 1_000);
        expect(percentilesOf(durations)).toEqual({
          count: durations.length,
          p50: naive(seconds, 50),
          p90: naive(seconds, 90),
          p95: naive(seconds, 95),
          p99: naive(seconds, 99),
          max: naive(seconds, 100),
        });
      }),
    );
  });

  test('of one time are that time, and of none nothing', () => {
    expect(percentilesOf([1_500])).toEqual({
      count: 1,
      p50: 1.5,
      p90: 1.5,
      p95: 1.5,
      p99: 1.5,
      max: 1.5,
    });
    expect(percentilesOf([])).toMatchObject({ count: 0, p50: null, max: null });
  });
});
