import { expect, test } from 'vitest';

import { remainingShare, stepStart } from '../../../dashboard/alert/countdown.ts';
import { anAlert } from './alert-view.ts';

test('empties the ring from the start of the step to its end, and no further', () => {
  const at = (now: number) => remainingShare(10_000, 20_000, now);
  expect([0, 10_000, 12_500, 20_000, 99_000].map(at)).toEqual([1, 1, 0.75, 0, 0]);
  expect(remainingShare(5, 5, 5)).toBe(0);
});

test('knows when the step began: as told, else when raised, else when first seen', () => {
  expect(stepStart(anAlert(), 7_000, 9_000)).toBe(7_000);
  expect(stepStart(anAlert({ raisedAt: 1_000 }), undefined, 9_000)).toBe(1_000);
  expect(stepStart(anAlert({ step: 1 }), undefined, 9_000)).toBe(9_000);
});
