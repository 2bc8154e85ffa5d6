import { expect, test } from 'vitest';

import { problemOf } from '../../../../dashboard/report/period.ts';
import { UsageQuery } from '../../../../gateway/protocol/report/costs.ts';
import { ReportExportQuery, ReportQuery } from '../../../../gateway/protocol/report/follow-up.ts';
import { countDays, longestPeriod } from '../../../../gateway/protocol/report/period.ts';

const days = (first: string, count: number) => ({
  from: first,
  to: Temporal.PlainDate.from(first)
    .add({ days: count - 1 })
    .toString(),
});

test('a leap year may be asked for to its last day, and not one day more: the page and the API agree', () => {
  // A leap year, the years around it, and years that begin and end in the summer time of either hemisphere.
  for (const first of [
    '2024-01-01',
    '2023-03-01',
    '2024-02-29',
    '2025-01-01',
    '2026-03-29',
    '2026-10-25',
  ]) {
    for (const [count, isFine] of [
      [1, true],
      [longestPeriod - 1, true],
      [longestPeriod, true],
      [longestPeriod + 1, false],
    ] as const) {
      const asked = days(first, count);
      expect(countDays(asked)).toBe(count);
      for (const schema of [ReportQuery, ReportExportQuery, UsageQuery])
        expect([asked, schema.safeParse(asked).success]).toEqual([asked, isFine]);
      expect(problemOf(asked)).toBe(isFine ? null : 'too-long');
    }
  }
  expect(days('2024-01-01', longestPeriod).to).toBe('2024-12-31');
});

test('a period is of real days, forwards', () => {
  for (const schema of [ReportQuery, ReportExportQuery, UsageQuery]) {
    const isFine = (from: string, to: string) => schema.safeParse({ from, to }).success;
    expect(isFine('2026-01-01', '2026-01-01')).toBe(true);
    expect(isFine('2026-01-02', '2026-01-01')).toBe(false);
    expect(isFine('2026-02-30', '2026-03-01')).toBe(false);
  }
});
