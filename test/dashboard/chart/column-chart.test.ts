import fc from 'fast-check';
import { expect, test } from 'vitest';

import { roundTop } from '../../../dashboard/chart/column-chart.tsx';

test('the scale ends at a round number above the highest column, with a whole half', () => {
  expect([0, 1, 3, 5, 11, 246, 4_001].map(roundTop)).toEqual([2, 2, 4, 6, 20, 300, 6_000]);
  fc.assert(
    fc.property(fc.nat(10_000_000), (most) => {
      const top = roundTop(most);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(Number.isInteger(top / 2)).toBe(true);
      expect(top).toBeLessThanOrEqual(Math.max(2, most * 2));
    }),
  );
});
