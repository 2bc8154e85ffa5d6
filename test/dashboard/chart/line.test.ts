import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { timeTicks } from '../../../dashboard/chart/day-tick.ts';
import { forecastLine } from '../../../dashboard/chart/forecast-line.ts';
import {
  between,
  lonely,
  nearest,
  reachOf,
  sheetOf,
  stopsOf,
} from '../../../dashboard/chart/line.ts';
import { wallOf } from '../../../dashboard/clock/zoned.ts';
import type { SeriesPoint } from '../../../gateway/protocol/series/series.ts';

const hour = 3_600_000;
const day = 24 * hour;

function point(at: number, value = at): SeriesPoint {
  return { at, count: 1, mean: value, min: value, max: value, sum: value, last: value };
}

function line(name: string, ...at: number[]) {
  return { name, points: at.map((one) => point(one)) };
}

describe('a line over time', () => {
  test('is broken where an hour was not measured', () => {
    const { at, values } = sheetOf([line('bedroom', 0, hour, 3 * hour, 4 * hour)], 'hour');
    expect(at).toEqual([0, hour, 2 * hour, 3 * hour, 4 * hour]);
    expect(values).toEqual([[0, hour, null, 3 * hour, 4 * hour]]);
  });

  test('is broken all through a gap in which another line goes on', () => {
    const whole = line('kitchen', 0, hour, 2 * hour, 3 * hour, 4 * hour);
    const { at, values } = sheetOf([line('bedroom', 0, hour, 4 * hour), whole], 'hour');
    const within = at.flatMap((when, row) =>
      when > hour && when < 4 * hour ? [values[0]?.[row]] : [],
    );
    expect(within.length).toBeGreaterThan(1);
    expect(within.every((value) => value === null)).toBe(true);
    expect(values[1]?.includes(null)).toBe(false);
  });

  test('is whole where a sensor tells more seldom than the step is long', () => {
    const daily = [0, 1, 2, 3, 4].map((days) => days * day);
    expect(sheetOf([line('battery', ...daily)], 'hour').values).toEqual([daily]);
    expect(
      reachOf(
        daily.map((at) => point(at)),
        'hour',
      ),
    ).toBe(2.5 * day);
  });

  test('goes on where only the other line was measured', () => {
    const { values } = sheetOf([line('one', 0, hour), line('two', hour / 2)], 'hour');
    expect(values).toEqual([
      [0, undefined, hour],
      [undefined, hour / 2, undefined],
    ]);
  });

  test('is a dot where a value stands alone', () => {
    expect(lonely([1, null, 3, null, 5, 6])).toEqual([0, 2]);
    expect(lonely([1, undefined, 3])).toEqual([]);
    expect(lonely([])).toEqual([]);
  });

  test('tells all that was measured, in order, and nothing where it is broken', () => {
    const someLine = fc
      .uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 40 })
      .map((at) => at.toSorted((a, b) => a - b).map((one) => point(one * hour)));
    fc.assert(
      fc.property(fc.array(someLine, { maxLength: 4 }), (all) => {
        const { at, values } = sheetOf(
          all.map((points, index) => ({ name: String(index), points })),
          'hour',
        );
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        all.forEach((points, index) => {
          const told = at.flatMap((when, row) =>
            typeof values[index]?.[row] === 'number' ? [when] : [],
          );
          expect(told).toEqual(points.map((one) => one.at));
          const reach = reachOf(points, 'hour');
          points.slice(1).forEach(({ at: to }, before) => {
            const from = points[before]?.at ?? to;
            const isBroken = at.some(
              (when, row) => when > from && when < to && values[index]?.[row] === null,
            );
            expect(isBroken).toBe(to - from > reach);
          });
        });
      }),
    );
  });
});

test('one walks through every instant at which something was measured', () => {
  const stops = stopsOf([line('one', 0, 2 * hour), line('two', hour, 2 * hour)]);
  expect(stops).toEqual([0, hour, 2 * hour]);
  expect(nearest(stops, 1.4 * hour)).toBe(1);
  expect(nearest([], 0)).toBeNull();
});

test('an alert is told at the last point before it', () => {
  const stops = [0, hour, 2 * hour];
  const alerts = [{ at: hour }, { at: 1.5 * hour }, { at: 9 * hour }];
  expect(between(alerts, stops, 0)).toEqual([]);
  expect(between(alerts, stops, 1)).toEqual([{ at: hour }, { at: 1.5 * hour }]);
  expect(between(alerts, stops, 2)).toEqual([{ at: 9 * hour }]);
});

describe('the forecast', () => {
  const points = [point(0, 60), point(100 * day, 40)];

  test('goes from the last value to the limit', () => {
    const forecast = { perDay: -1, limit: 10, limitAt: 130 * day };
    expect(forecastLine(points, forecast, 0)).toEqual({
      from: [100 * day, 40],
      to: [130 * day, 10],
    });
  });

  test('ends where it would press the past to the edge', () => {
    const forecast = { perDay: -0.1, limit: 10, limitAt: 400 * day };
    expect(forecastLine(points, forecast, 0)?.to).toEqual([150 * day, 35]);
  });

  test('is not there without a limit to reach, nor for what is past', () => {
    expect(forecastLine(points, null, 0)).toBeNull();
    expect(forecastLine(points, { perDay: 1, limit: 10, limitAt: null }, 0)).toBeNull();
    expect(forecastLine(points, { perDay: 1, limit: null, limitAt: null }, 0)).toBeNull();
    expect(forecastLine(points, { perDay: -1, limit: 10, limitAt: 99 * day }, 0)).toBeNull();
    expect(forecastLine([], { perDay: -1, limit: 10, limitAt: day }, 0)).toBeNull();
  });
});

describe('the days below a picture', () => {
  const timeZone = 'Europe/Stockholm';
  // The week of the night on which the clocks are set back.
  const from = Date.parse('2026-10-19T22:00:00Z');
  const to = Date.parse('2026-10-26T23:00:00Z');

  test('begin at the midnights of the home, on the night when the clock is set too', () => {
    const ticks = timeTicks(from, to, timeZone, 8);
    expect(ticks.map((at) => wallOf(at, timeZone))).toEqual(
      ['20', '21', '22', '23', '24', '25', '26'].map((date) => ({
        date: `2026-10-${date}`,
        time: '00:00',
      })),
    );
  });

  test('are never more than there is room for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 400 }),
        (most, days) => {
          const ticks = timeTicks(from, from + days * day, timeZone, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          expect(ticks.length).toBeGreaterThan(0);
        },
      ),
    );
  });
});
