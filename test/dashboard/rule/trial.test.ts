import { expect, test } from 'vitest';

import { csvOf } from '../../../dashboard/chart/csv.ts';
import { positionOf, shortDuration } from '../../../dashboard/rule/curve.ts';
import { gradeOf } from '../../../dashboard/rule/load.ts';
import { daysOf } from '../../../dashboard/rule/rule-days.ts';
import { pathOf } from '../../../dashboard/rule/setting-path.ts';
import type { Occurrence } from '../../../gateway/protocol/rule/backtest.ts';

const calm = { perTenMinutes: 0.1, mostInTenMinutes: 2, floodShare: 0, chattering: 0 };

test.each([
  [calm, 'good'],
  [{ ...calm, perTenMinutes: 1 }, 'good'],
  [{ ...calm, perTenMinutes: 1.01 }, 'acceptable'],
  [{ ...calm, perTenMinutes: 2 }, 'acceptable'],
  [{ ...calm, perTenMinutes: 2.01 }, 'too-much'],
  [{ ...calm, chattering: 1 }, 'acceptable'],
  [{ ...calm, mostInTenMinutes: 10 }, 'good'],
  [{ ...calm, mostInTenMinutes: 11, floodShare: 0.0099 }, 'acceptable'],
  [{ ...calm, mostInTenMinutes: 11, floodShare: 0.01 }, 'too-much'],
])('judges a load as the standard does: %j is %s', (load, grade) => {
  expect(gradeOf(load)).toBe(grade);
});

test('writes a table so that any spreadsheet reads it, and none runs it', () => {
  const rows = [
    ['a', 1.5],
    ['b; "c"', 2],
    ['=1+1', -3],
  ];
  expect(csvOf(rows, 'en-GB')).toBe('a;1.5\r\n"b; ""c""";2\r\n\'=1+1;-3\r\n');
  // Otherwise a spreadsheet in Swedish takes it for text, or for the first of May.
  expect(csvOf(rows, 'sv-SE')).toContain('a;1,5\r\n');
});

function anOccurrence(change: Occurrence['change'], iso: string, shiftMs = 0): Occurrence {
  const at = Date.parse(iso);
  return {
    rule: 'r',
    version: 1,
    severity: 'high',
    home: { id: 'h', label: 'H' },
    device: null,
    at,
    since: at,
    late: null,
    clearedAt: null,
    change,
    shiftMs,
    alert: null,
  };
}

const days = [
  { date: '2026-03-01', alerts: 99, current: 99 },
  { date: '2026-03-02', alerts: 99, current: 99 },
];

test('counts one rule’s alerts of each day on the municipality’s own calendar', () => {
  const found = [
    anOccurrence('same', '2026-03-01T10:00:00Z'),
    anOccurrence('added', '2026-03-01T11:00:00Z'),
    // In Stockholm it is already the next day.
    anOccurrence('lost', '2026-03-01T23:30:00Z'),
    // It now comes two hours earlier, which was the day before.
    anOccurrence('later', '2026-03-02T00:30:00Z', 7_200_000),
  ];
  expect(daysOf(found, days, 'Europe/Stockholm')).toEqual([
    { date: '2026-03-01', alerts: 2, current: 2 },
    { date: '2026-03-02', alerts: 1, current: 1 },
  ]);
});

test('counts nothing as of now when nothing was compared', () => {
  const alone = days.map((day) => ({ ...day, current: null }));
  expect(daysOf([anOccurrence(null, '2026-03-01T10:00:00Z')], alone, 'UTC')).toEqual([
    { date: '2026-03-01', alerts: 1, current: null },
    { date: '2026-03-02', alerts: 0, current: null },
  ]);
});

test('marks the value of now among those that were tried', () => {
  expect(positionOf(1, [1, 5, 10])).toBe(0);
  expect(positionOf(5, [1, 5, 10])).toBe(1);
  expect(positionOf(7.5, [1, 5, 10])).toBe(1.5);
  expect(positionOf(0.5, [1, 5, 10])).toBeNull();
  expect(positionOf(11, [1, 5, 10])).toBeNull();
});

test('shortens a duration for an axis', () => {
  expect([30_000, 90_000, 120_000, 7_200_000].map(shortDuration)).toEqual([
    '30s',
    '1m 30s',
    '2m',
    '2h',
  ]);
});

test('finds where in the text a value stands', () => {
  expect(pathOf('for')).toEqual(['for']);
  expect(pathOf('count.within')).toEqual(['count', 'within']);
  expect(pathOf('parameters.percent')).toEqual(['parameters', 'percent', 'value']);
});
