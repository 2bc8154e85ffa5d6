import { expect, test } from 'vitest';

import { curveOf } from '../../../dashboard/device/battery-curve.ts';

const day = 86_400_000;
const battery = [
  { day: 0, percent: 60 },
  { day, percent: 50 },
];

test('a forecast goes on from the last day down to the limit', () => {
  expect(curveOf({ battery, batteryEndsAt: 5 * day }, 10)).toEqual([
    [0, 86_400, 5 * 86_400],
    [60, 50, null],
    [null, 50, 10],
  ]);
});

test('one that lies far ahead is cut, and keeps its slope', () => {
  const [seconds, , willBe] = curveOf({ battery, batteryEndsAt: day + 240 * day }, 10);
  expect(seconds.at(-1)).toBe(121 * 86_400);
  expect(willBe.at(-1)).toBe(30);
});

test('without a forecast there is what was, and nothing of nothing', () => {
  expect(curveOf({ battery, batteryEndsAt: null }, 10)).toEqual([
    [0, 86_400],
    [60, 50],
    [null, null],
  ]);
  expect(curveOf({ battery: [], batteryEndsAt: null }, 10)).toEqual([[], [], []]);
});
