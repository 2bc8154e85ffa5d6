import { describe, expect, test } from 'vitest';

import {
  addDays,
  dayOf,
  hourMarks,
  hoursTooMany,
  instantOf,
  isDate,
  mondayOf,
  shareWithin,
  wallOf,
  weekOf,
} from '../../../dashboard/clock/zoned.ts';

const zone = 'Europe/Stockholm';
const hour = 3_600_000;

describe('a wall clock', () => {
  test('is read in the zone of the place, not of the browser', () => {
    const at = Date.UTC(2026, 9, 24, 22, 30);
    expect(wallOf(at, zone)).toEqual({ date: '2026-10-25', time: '00:30' });
    expect(wallOf(at, 'America/New_York')).toEqual({ date: '2026-10-24', time: '18:30' });
  });

  test('shows one time twice in October: the first for a beginning, the second for an end', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect(instantOf('2026-10-25', '02:30', zone)).toBe(first);
    expect(instantOf('2026-10-25', '02:30', zone, 'to')).toBe(first + hour);
  });

  test('never shows one in March: it is told as much later', () => {
    const at = instantOf('2026-03-29', '02:30', zone);
    expect(wallOf(at, zone)).toEqual({ date: '2026-03-29', time: '03:30' });
  });

  test('gives back what it was given, every hour of both nights', () => {
    for (const date of ['2026-03-29', '2026-10-25', '2026-07-01']) {
      for (const mark of hourMarks(dayOf(date, zone), zone)) {
        const { date: shown, time } = wallOf(mark.at, zone);
        expect(instantOf(shown, time, zone, mark.isAgain ? 'to' : 'from')).toBe(mark.at);
      }
    }
  });

  test('is told from what is no time at all', () => {
    expect(instantOf('2026-13-01', '02:30', zone)).toBeNaN();
    expect(isDate('2026-02-30')).toBe(false);
    expect(isDate('2026-02-28')).toBe(true);
    expect(isDate('28/2')).toBe(false);
  });
});

describe('a week', () => {
  test('begins on Monday and has seven days, whatever the clocks do', () => {
    const week = weekOf(mondayOf('2026-10-25'), zone);
    expect(week.map(({ date }) => date)).toEqual([
      '2026-10-19',
      '2026-10-20',
      '2026-10-21',
      '2026-10-22',
      '2026-10-23',
      '2026-10-24',
      '2026-10-25',
    ]);
    expect(week.map(hoursTooMany)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    for (const [index, day] of week.entries())
      expect(day.from).toBe(week[index - 1]?.to ?? day.from);
    expect(hoursTooMany(dayOf('2026-03-29', zone))).toBe(-1);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  test('shows the hour that comes twice twice, and leaves out the one that never comes', () => {
    const october = hourMarks(dayOf('2026-10-25', zone), zone);
    expect(october.map((mark) => mark.hour).slice(0, 5)).toEqual([0, 1, 2, 2, 3]);
    expect(october.filter(({ isAgain }) => isAgain)).toEqual([
      { at: Date.UTC(2026, 9, 25, 1), hour: 2, isAgain: true },
    ]);
    const march = hourMarks(dayOf('2026-03-29', zone), zone);
    expect(march.map((mark) => mark.hour).slice(0, 4)).toEqual([0, 1, 3, 4]);
  });
});

test('what lies within a day has its share of the hours that day has', () => {
  const day = dayOf('2026-10-25', zone);
  const night = { from: day.from - 3 * hour, to: day.from + 5 * hour };
  expect(shareWithin(day, night)).toEqual({
    start: 0,
    end: 5 / 25,
    isCutBefore: true,
    isCutAfter: false,
  });
  expect(shareWithin(day, { from: day.to, to: day.to + hour })).toBeNull();
});
