import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { wallClock } from '../../../dashboard/clock/exact.ts';
import { createGatewayClock } from '../../../dashboard/clock/gateway-clock.ts';
import { spanOf, spanUntil } from '../../../dashboard/clock/span.ts';
import { createStopwatch } from '../../../dashboard/clock/stopwatch.ts';

const minute = 60_000;
const hour = 60 * minute;

describe('an age', () => {
  test.each([
    [-5_000, '0 s'],
    [59_999, '59 s'],
    [minute, '1 min'],
    [59 * minute, '59 min'],
    [hour, '1 h'],
    [47 * hour, '47 h'],
    [48 * hour, '2 d'],
  ])('of %i ms is %s', (lengthMs, words) => {
    const { value, unit } = spanOf(lengthMs);
    expect(`${value} ${unit}`).toBe(words);
  });
});

describe('a countdown', () => {
  test.each([
    [-1, '0 s'],
    [1, '1 s'],
    [40_000, '40 s'],
    [90_000, '90 s'],
    [91_000, '2 min'],
    [10 * minute + 900, '10 min'],
    [91 * minute, '2 h'],
  ])('of %i ms says %s', (lengthMs, words) => {
    const { value, unit } = spanUntil(lengthMs);
    expect(`${value} ${unit}`).toBe(words);
  });

  test('never says that less than nothing is left', () => {
    fc.assert(
      fc.property(fc.integer(), (lengthMs) => {
        expect(spanUntil(lengthMs).value).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('the gateway clock', () => {
  test('is right on a device whose own clock is wrong', () => {
    const clock = createGatewayClock(() => 0);
    clock.set(7 * hour);
    expect(clock.now()).toBe(7 * hour);
  });

  test('does not follow the jitter of the network', () => {
    const clock = createGatewayClock(() => 0);
    clock.set(hour);
    clock.set(hour + 300);
    expect(clock.now()).toBe(hour);
  });
});

describe('a stopwatch', () => {
  test('believes whichever clock says that more time has passed', () => {
    let monotonic = 0;
    let wall = 0;
    const stopwatch = createStopwatch(
      () => monotonic,
      () => wall,
    );
    monotonic = 1_000;
    wall = 30_000;
    expect(stopwatch.elapsedMs()).toBe(30_000);
    wall = -hour;
    expect(stopwatch.elapsedMs()).toBe(1_000);
    stopwatch.restart();
    expect(stopwatch.elapsedMs()).toBe(0);
  });
});

test('a wall clock is that of the home, in winter and in summer', () => {
  expect(wallClock(Date.UTC(2026, 0, 1, 23), 'Europe/Stockholm')).toEqual({ hour: 0, minute: 0 });
  expect(wallClock(Date.UTC(2026, 6, 1, 23), 'Europe/Stockholm')).toEqual({ hour: 1, minute: 0 });
});
