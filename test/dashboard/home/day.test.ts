import { describe, expect, test } from 'vitest';

import { hoursOf, shareOf, ticksOf } from '../../../dashboard/home/day.ts';
import type { Activity } from '../../../gateway/protocol/api.ts';
import { anAlert } from '../alert/alert-view.ts';

const quarter = 15 * 60_000;
const zone = 'Europe/Stockholm';

function aDay(from: number, counts = Array.from({ length: 96 }, () => 1)): Activity {
  return { from, bucketMs: quarter, lanes: [{ lane: 'motion', counts }] };
}

describe('the hours of a day', () => {
  test("are the home's own", () => {
    const ticks = ticksOf(aDay(Date.UTC(2026, 10, 21, 9, 15)), zone, 6);
    expect(ticks.map(({ hour }) => hour)).toEqual([12, 18, 0, 6]);
    expect(ticks[0]?.share).toBeCloseTo((7 * quarter) / (96 * quarter));
  });

  test('are right on the night when one comes twice, and when one never comes', () => {
    const october = hoursOf(aDay(Date.UTC(2026, 9, 24, 22)), [], zone).map(({ hour }) => hour);
    expect(october.filter((hour) => hour === 2)).toHaveLength(2);
    const march = hoursOf(aDay(Date.UTC(2026, 2, 28, 23)), [], zone).map(({ hour }) => hour);
    expect(march).not.toContain(2);
  });

  test('hold every event and every alert once', () => {
    const from = Date.UTC(2026, 10, 21, 9, 15);
    const alert = anAlert({ since: from + 3.5 * quarter });
    const hours = hoursOf(aDay(from), [alert], zone);
    expect(hours.flatMap(({ counts }) => counts).reduce((sum, n) => sum + n, 0)).toBe(96);
    expect(hours.flatMap(({ hour, alerts }) => alerts.map(() => hour))).toEqual([11]);
  });
});

test('an instant outside the day has no place in it', () => {
  const day = aDay(0);
  expect(shareOf(48 * quarter, day)).toBe(0.5);
  expect(shareOf(-1, day)).toBeNull();
  expect(shareOf(97 * quarter, day)).toBeNull();
});
