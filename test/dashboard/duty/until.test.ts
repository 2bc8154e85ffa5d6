import { expect, test } from 'vitest';

import { choicesIn, dutyChoices, nextTime, timeOn } from '../../../dashboard/duty/until.ts';

const zone = 'Europe/Stockholm';
const at = (iso: string) => Date.parse(iso);

test('proposes what is planned first, then lengths that are not the same again', () => {
  const now = at('2026-11-22T21:07:40+01:00');
  const planned = at('2026-11-23T07:15:00+01:00');
  const ends = dutyChoices(planned, now).map(({ at: end, hours }) => [
    new Date(end).toISOString(),
    hours,
  ]);
  expect(ends).toEqual([
    ['2026-11-23T06:15:00.000Z', null],
    ['2026-11-22T22:00:00.000Z', 2],
    ['2026-11-23T00:00:00.000Z', 4],
    ['2026-11-23T04:00:00.000Z', 8],
    ['2026-11-23T08:00:00.000Z', 12],
  ]);
  expect(dutyChoices(now + 8 * 3_600_000, now).map(({ hours }) => hours)).toEqual([null, 2, 4, 12]);
});

test('proposes the longest first where nothing is planned', () => {
  expect(dutyChoices(null, 0).map(({ hours }) => hours)).toEqual([12, 8, 4, 2]);
});

test('never offers longer than it says, so that what is at most four hours is allowed', () => {
  const now = at('2026-11-22T21:07:40+01:00');
  for (const { at: end, hours } of choicesIn([1, 4, 24], now))
    expect(end - now).toBeLessThanOrEqual((hours ?? 0) * 3_600_000);
});

test.each([
  ['07:15', '2026-11-23T06:15:00.000Z'],
  ['7.15', '2026-11-23T06:15:00.000Z'],
  ['2300', '2026-11-22T22:00:00.000Z'],
  ['21:07', '2026-11-23T20:07:00.000Z'],
  ['25:00', null],
  ['soon', null],
  ['', null],
])('understands "%s" as the next time that the clock shows it', (typed, expected) => {
  const next = nextTime(typed, at('2026-11-22T21:07:40+01:00'), zone);
  expect(next === null ? null : new Date(next).toISOString()).toBe(expected);
});

test('ends a night in which the clock is set back when the wall clock says so', () => {
  const evening = at('2026-10-24T21:00:00+02:00');
  expect(nextTime('07:15', evening, zone)).toBe(at('2026-10-25T07:15:00+01:00'));
});

test('a time of one’s own may be of any day ahead', () => {
  const now = at('2026-11-22T21:07:40+01:00');
  expect(timeOn('2027-01-20', '7.15', now, zone)).toBe(at('2027-01-20T07:15:00+01:00'));
  expect(timeOn(' 2026-11-22 ', '21:08', now, zone)).toBe(at('2026-11-22T21:08:00+01:00'));
  expect(timeOn('2026-11-22', '21:07', now, zone)).toBeNull();
  expect(timeOn('2026-11-31', '21:07', now, zone)).toBeNull();
  expect(timeOn('2026-12-01', '25', now, zone)).toBeNull();
});
