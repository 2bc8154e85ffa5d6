import { expect, test } from 'vitest';

import { withBattery } from '../../../dashboard/device/battery-trend.ts';
import type { TrendList } from '../../../gateway/protocol/series/series.ts';

const day = 86_400_000;
const device = {
  id: 'door-1',
  name: 'Door',
  placement: 'entrance',
  battery: [0, 1, 2, 3].map((days) => ({ day: days * day, percent: 40 - days * 5 })),
  batteryEndsAt: 6 * day,
  description: null,
};
const empty: TrendList = {
  from: day,
  to: 4 * day,
  timeZone: 'Europe/Stockholm',
  step: 'day',
  trends: [],
  isWithheld: false,
};

test('a battery that history does not tell of yet is drawn from what the device remembers', () => {
  const [trend, ...others] = withBattery(empty, device).trends;
  expect(others).toEqual([]);
  expect(trend?.points.map(({ at, mean }) => [at / day, mean])).toEqual([
    [1, 35],
    [2, 30],
    [3, 25],
  ]);
  expect(trend?.forecast).toEqual({ perDay: -5, limit: 10, limitAt: 6 * day });
});

test('the battery of history comes first, and is not told twice', () => {
  const told = withBattery(empty, device);
  expect(withBattery(told, device)).toBe(told);
});

test('a single day is no line, and what lies before is not drawn', () => {
  expect(withBattery({ ...empty, from: 3 * day }, device).trends).toEqual([]);
});
