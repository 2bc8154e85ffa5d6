import { describe, expect, test } from 'vitest';

import { openCalendar } from '../../../../gateway/domain/roster/calendar.ts';
import { shiftsOf } from '../../../../gateway/domain/roster/shifts.ts';
import type { Roster } from '../../../../gateway/protocol/duty/roster.ts';
import { at, roster, single, stockholm, weekly } from './given.ts';

/** `person from–to`, as the instants are written in UTC. */
function fall(given: Roster, from: string, to: string): string[] {
  const calendar = openCalendar(at(from), at(to), stockholm);
  const short = (instant: number) => new Date(instant).toISOString().slice(5, 16);
  return shiftsOf(given, calendar).map(
    (shift) => `${shift.personId} ${short(shift.from)}–${short(shift.to)}`,
  );
}

const night = weekly({ id: 'night', hours: { from: '21:00', to: '07:00' } });
const week = ['2026-11-02T00:00+01:00', '2026-11-09T00:00+01:00'] as const;

describe('a weekly shift', () => {
  test('falls on its weekdays, and is known when it began the evening before', () => {
    const given = roster({
      weekly: [{ ...night, hours: { ...night.hours, days: ['sun', 'tue'] } }],
    });
    expect(fall(given, ...week)).toEqual([
      'astrid 11-01T20:00–11-02T06:00',
      'astrid 11-03T20:00–11-04T06:00',
      'astrid 11-08T20:00–11-09T06:00',
    ]);
  });

  test('comes back every other week, counted from the week of its first day', () => {
    const days = { id: 'day', hours: { from: '08:00', to: '16:00', days: ['mon'] as ['mon'] } };
    const given = roster({ weekly: [weekly({ ...days, first: '2026-11-05', everyWeeks: 2 })] });
    // The Monday of its first week lies before the first day.
    expect(fall(given, '2026-11-01T00:00+01:00', '2026-12-20T00:00+01:00')).toEqual([
      'astrid 11-16T07:00–11-16T15:00',
      'astrid 11-30T07:00–11-30T15:00',
      'astrid 12-14T07:00–12-14T15:00',
    ]);
  });

  test('begins on its last day for the last time', () => {
    const given = roster({ weekly: [{ ...night, first: '2026-11-03', last: '2026-11-04' }] });
    expect(fall(given, ...week)).toEqual([
      'astrid 11-03T20:00–11-04T06:00',
      'astrid 11-04T20:00–11-05T06:00',
    ]);
  });

  test('is somebody else’s, or nobody’s, on the days that are changed; the last change holds', () => {
    const changes = [
      { shiftId: 'night', date: '2026-11-03', personId: null },
      { shiftId: 'night', date: '2026-11-04', personId: null },
      { shiftId: 'night', date: '2026-11-04', personId: 'bengt' },
      { shiftId: 'other', date: '2026-11-05', personId: null },
    ];
    const given = roster({
      weekly: [{ ...night, first: '2026-11-03', last: '2026-11-05' }],
      changes,
    });
    expect(fall(given, ...week)).toEqual([
      'bengt 11-04T20:00–11-05T06:00',
      'astrid 11-05T20:00–11-06T06:00',
    ]);
    const calendar = openCalendar(at(week[0]), at(week[1]), stockholm);
    expect(shiftsOf(given, calendar).map(({ isSwap, date }) => ({ isSwap, date }))).toEqual([
      { isSwap: true, date: '2026-11-04' },
      { isSwap: false, date: '2026-11-05' },
    ]);
  });

  test('is eleven hours long in October and nine in March', () => {
    const given = roster({ weekly: [night] });
    expect(fall(given, '2026-10-24T21:00+02:00', '2026-10-25T07:00+01:00')).toEqual([
      'astrid 10-24T19:00–10-25T06:00',
    ]);
    expect(fall(given, '2027-03-27T21:00+01:00', '2027-03-28T07:00+02:00')).toEqual([
      'astrid 03-27T20:00–03-28T05:00',
    ]);
  });

  test('does not fall on the morning on which the clocks leap over it', () => {
    const given = roster({ weekly: [weekly({ id: 'x', hours: { from: '02:15', to: '02:45' } })] });
    expect(fall(given, '2027-03-27T12:00+01:00', '2027-03-29T12:00+02:00')).toEqual([
      'astrid 03-29T00:15–03-29T00:45',
    ]);
  });
});

test('a single shift falls by the wall clock, or between its instants', () => {
  const exact = { id: 'b', personId: 'bengt', fromAt: at('2026-10-24T19:00Z') };
  const given = roster({
    single: [
      single('a', '2026-10-24T21:00', '2026-10-25T07:00'),
      { ...exact, toAt: at('2026-10-25T05:00Z') },
      single('later', '2026-11-24T21:00', '2026-11-25T07:00'),
    ],
  });
  expect(fall(given, '2026-10-24T00:00Z', '2026-10-26T00:00Z')).toEqual([
    'bengt 10-24T19:00–10-25T05:00',
    'astrid 10-24T19:00–10-25T06:00',
  ]);
});

test('nothing falls in a stretch of time that only touches it', () => {
  const given = roster({ single: [single('a', '2026-11-02T08:00', '2026-11-02T16:00')] });
  expect(fall(given, '2026-11-02T16:00+01:00', '2026-11-02T20:00+01:00')).toEqual([]);
  expect(fall(given, '2026-11-02T00:00+01:00', '2026-11-02T08:00+01:00')).toEqual([]);
});
