import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Window } from '../../../../gateway/domain/home/wall-clock.ts';
import { difference, unionOf } from '../../../../gateway/domain/roster/interval.ts';

const anyWindows = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 6 }))
    .map(([from, length]) => ({ from, to: from + length })),
  { maxLength: 8 },
);

function minutesOf(windows: readonly Window[]): number[] {
  return Array.from({ length: 40 }, (_, minute) => minute).filter((minute) =>
    windows.some(({ from, to }) => from <= minute && minute < to),
  );
}

test('a union covers what any of its windows covers, in order, and none touches the next', () => {
  fc.assert(
    fc.property(anyWindows, (windows) => {
      const union = unionOf(windows);
      expect(minutesOf(union)).toEqual(minutesOf(windows));
      expect(union.every(({ from }, index) => from > (union[index - 1]?.to ?? -1))).toBe(true);
    }),
  );
});

test('what is left over and what is covered never overlap, and together they are all', () => {
  fc.assert(
    fc.property(anyWindows, anyWindows, (first, second) => {
      const [needed, covered] = [unionOf(first), unionOf(second)];
      const left = difference(needed, covered);
      const isCovered = new Set(minutesOf(covered));
      expect(minutesOf(left)).toEqual(minutesOf(needed).filter((minute) => !isCovered.has(minute)));
      expect(left.every(({ from, to }) => from < to)).toBe(true);
    }),
  );
});
