import { describe, expect, test } from 'vitest';

import {
  daysOf,
  isWholeMonths,
  periodOf,
  weeksOf,
} from '../../../../gateway/domain/report/period.ts';

const zone = 'Europe/Stockholm';
const hour = 3_600_000;

describe('a period', () => {
  test('has days of 23, 24 and 25 hours of the wall clock', () => {
    const lengths = (from: string, to: string) => {
      const span = periodOf({ from, to }, zone);
      return daysOf(span, zone).map((day) => (day.to - day.from) / hour);
    };
    expect(lengths('2026-03-28', '2026-03-30')).toEqual([24, 23, 24]);
    expect(lengths('2026-10-24', '2026-10-26')).toEqual([24, 25, 24]);
  });

  test('has weeks from Monday to Monday, the first and the last cut off', () => {
    // Sunday 25 October to Tuesday 3 November.
    const span = periodOf({ from: '2026-10-25', to: '2026-11-03' }, zone);
    expect(weeksOf(span, zone).map(({ from }) => new Date(from).toISOString())).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
      '2026-11-01T23:00:00.000Z',
    ]);
  });

  test('is of whole months from the first of one to the last of another, by the wall clock', () => {
    const isWhole = (from: string, to: string) => isWholeMonths(periodOf({ from, to }, zone), zone);
    // Summer time ends in October, and begins in March.
    expect(isWhole('2026-10-01', '2026-10-31')).toBe(true);
    expect(isWhole('2026-01-01', '2026-03-31')).toBe(true);
    expect(isWhole('2028-02-01', '2028-02-29')).toBe(true);
    expect(isWhole('2028-02-01', '2028-02-28')).toBe(false);
    expect(isWhole('2026-10-02', '2026-10-31')).toBe(false);
    expect(isWhole('2026-10-01', '2026-11-01')).toBe(false);
    expect(isWhole('2026-10-05', '2026-10-11')).toBe(false);
  });
});
