import fc from 'fast-check';
import { expect, test } from 'vitest';

import { backoffMs } from '../../../dashboard/stream/backoff.ts';

test('waits longer each time, never longer than eight seconds', () => {
  expect([0, 1, 2, 3, 4, 5].map((attempt) => backoffMs(attempt, 1))).toEqual([
    500, 1_000, 2_000, 4_000, 8_000, 8_000,
  ]);
});

test('spreads screens over the second half of the wait', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, dice) => {
      const most = backoffMs(attempt, 1);
      expect(backoffMs(attempt, dice)).toBeGreaterThanOrEqual(most / 2);
      expect(backoffMs(attempt, dice)).toBeLessThanOrEqual(most);
    }),
  );
});
