import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  type Attempt,
  longestWaitMs,
  retryAt,
} from '../../../../gateway/domain/notification/retry.ts';
import { severities } from '../../../../gateway/protocol/alert.ts';

const minute = 60_000;

function attempt(some: Partial<Attempt> = {}): Attempt {
  return { kind: 'asked', severity: 'emergency', attempts: 0, at: 0, ...some };
}

/** When it is tried, if each attempt fails at once and the dice always shows the same. */
function attemptsOf(first: Partial<Attempt>, dice = 0.5): number[] {
  const times: number[] = [];
  let now: number | null = 0;
  while (now !== null) {
    times.push(now);
    now = retryAt(attempt({ ...first, attempts: times.length - 1 }), now, dice);
  }
  return times;
}

describe('what could not be told', () => {
  test('is tried again ever more slowly, sooner the more urgent it is', () => {
    expect(
      attemptsOf({})
        .slice(0, 7)
        .map((ms) => ms / 1_000),
    ).toEqual([0, 2, 6, 14, 30, 60, 90]);
    expect(attemptsOf({ severity: 'high' }).slice(1, 5)).toEqual([5_000, 15_000, 35_000, 75_000]);
    expect(attemptsOf({ severity: 'low' }).slice(1, 4)).toEqual([15_000, 45_000, 105_000]);
  });

  test('is given up after an hour, and what is to reassure after five minutes', () => {
    for (const severity of severities) {
      const last = attemptsOf({ severity }).at(-1) ?? 0;
      expect(last).toBeGreaterThan(50 * minute);
      expect(last).toBeLessThanOrEqual(60 * minute);
    }
    expect(attemptsOf({ kind: 'reassure' }).at(-1)).toBeLessThanOrEqual(5 * minute);
  });

  test('is not tried before the receiver wants it, and given up if that is too late', () => {
    expect(retryAt(attempt({ afterMs: 10 * minute }), 0, 0.5)).toBe(10 * minute);
    expect(retryAt(attempt({ afterMs: 10 }), 0, 0.5)).toBe(2_000);
    expect(retryAt(attempt({ afterMs: 10 * minute }), 51 * minute, 0.5)).toBeNull();
  });

  test('is not given up at the first word of a receiver that wants to rest for an hour', () => {
    expect(retryAt(attempt({ afterMs: 61 * minute }), 0, 0.5)).toBe(longestWaitMs);
  });

  test('is spread by a quarter to either side, never put into the past, and never beyond the window', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...severities),
        fc.nat(1_000_000),
        fc.nat(3_600_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (severity, attempts, now, dice) => {
          const at = retryAt(attempt({ severity, attempts }), now, dice);
          const plain = retryAt(attempt({ severity, attempts }), now, 0.5);
          if (at === null || plain === null) return;
          expect(at).toBeGreaterThan(now);
          expect(at).toBeLessThanOrEqual(3_600_000);
          expect((at - now) / (plain - now)).toBeGreaterThan(0.749);
          expect((at - now) / (plain - now)).toBeLessThan(1.251);
        },
      ),
    );
  });
});
