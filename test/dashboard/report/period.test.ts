import fc from 'fast-check';
import { expect, test } from 'vitest';

import { daysBetween, isDate } from '../../../dashboard/clock/zoned.ts';
import {
  addressOf,
  choiceOf,
  daysOf,
  periodKinds,
  problemOf,
} from '../../../dashboard/report/period.ts';

test('last week is Monday to Sunday, also on either of them and across the new year', () => {
  expect(daysOf('last-week', '2026-11-22')).toEqual({ from: '2026-11-09', to: '2026-11-15' });
  expect(daysOf('last-week', '2026-11-23')).toEqual({ from: '2026-11-16', to: '2026-11-22' });
  expect(daysOf('last-week', '2027-01-01')).toEqual({ from: '2026-12-21', to: '2026-12-27' });
});

test('last month, quarter and year are whole, also across the new year and in a leap year', () => {
  expect(daysOf('last-month', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  expect(daysOf('last-month', '2027-01-01')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
  expect(daysOf('last-month', '2028-03-31')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(daysOf('last-quarter', '2026-11-22')).toEqual({ from: '2026-07-01', to: '2026-09-30' });
  expect(daysOf('last-quarter', '2026-02-01')).toEqual({ from: '2025-10-01', to: '2025-12-31' });
  expect(daysOf('last-year', '2026-11-22')).toEqual({ from: '2025-01-01', to: '2025-12-31' });
  expect(daysOf('last-year', '2025-01-01')).toEqual({ from: '2024-01-01', to: '2024-12-31' });
});

test('every period of every day is one that may be asked for', () => {
  const day = fc
    .integer({ min: 0, max: 20_000 })
    .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
  fc.assert(
    fc.property(day, fc.constantFrom(...periodKinds), (today, kind) => {
      const days = daysOf(kind, today);
      expect(isDate(days.from) && isDate(days.to)).toBe(true);
      expect(problemOf(days)).toBeNull();
      expect(daysBetween(days.to, today)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('an address says what was chosen, and is understood again', () => {
  const today = '2026-11-22';
  for (const kind of periodKinds) {
    for (const unitId of [null, 'nattpatrullen']) {
      const choice = { kind, ...daysOf(kind, today), unitId };
      expect(choiceOf(addressOf(choice), today)).toEqual(choice);
    }
  }
});

test('an address that makes no sense asks for last month', () => {
  const today = '2026-11-22';
  for (const text of ['', 'period=forever', 'from=2026-02-30&to=2026-03-01', 'from=2026-03-01']) {
    expect(choiceOf(new URLSearchParams(text), today)).toMatchObject({
      kind: 'last-month',
      from: '2026-10-01',
    });
  }
});

test('dates of one’s own are real, in order, and a year at the most', () => {
  expect(problemOf({ from: '2026-02-30', to: '2026-03-01' })).toBe('no-date');
  expect(problemOf({ from: '2026-03-02', to: '2026-03-01' })).toBe('backwards');
  expect(problemOf({ from: '2026-03-01', to: '2026-03-01' })).toBeNull();
  expect(problemOf({ from: '2024-01-01', to: '2024-12-31' })).toBeNull();
  expect(problemOf({ from: '2024-01-01', to: '2025-01-01' })).toBe('too-long');
});
