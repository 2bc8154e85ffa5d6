import { countDays, type Days, longestPeriod } from '../../gateway/protocol/report/period.ts';
import { addDays, isDate, mondayOf } from '../clock/zoned.ts';

export const periodKinds = ['last-week', 'last-month', 'last-quarter', 'last-year', 'own'] as const;
export type PeriodKind = (typeof periodKinds)[number];

export interface ReportChoice extends Days {
  kind: PeriodKind;
  /** Null for all of them. */
  unitId: string | null;
}

/** The days of a period that is named, as seen from today; days of one's own are at first the last thirty. */
export function daysOf(kind: PeriodKind, today: string): Days {
  const [year = '', month = ''] = today.split('-');
  switch (kind) {
    case 'last-week':
      return { from: addDays(mondayOf(today), -7), to: addDays(mondayOf(today), -1) };
    case 'last-month':
      return monthsBefore(`${year}-${month}-01`, 1);
    case 'last-quarter': {
      const first = Math.floor((Number(month) - 1) / 3) * 3 + 1;
      return monthsBefore(`${year}-${String(first).padStart(2, '0')}-01`, 3);
    }
    case 'last-year':
      return monthsBefore(`${year}-01-01`, 12);
    case 'own':
      return { from: addDays(today, -29), to: today };
  }
}

/** As many whole months as end right before this first of a month. */
function monthsBefore(first: string, count: number): Days {
  const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 - count;
  const year = String(Math.floor(months / 12)).padStart(4, '0');
  const month = String((months % 12) + 1).padStart(2, '0');
  return { from: `${year}-${month}-01`, to: addDays(first, -1) };
}

export type DaysProblem = 'no-date' | 'backwards' | 'too-long';

/** What is wrong with two dates somebody wrote; null: nothing. */
export function problemOf({ from, to }: Days): DaysProblem | null {
  if (!isDate(from) || !isDate(to)) return 'no-date';
  if (from > to) return 'backwards';
  return countDays({ from, to }) > longestPeriod ? 'too-long' : null;
}

/** What the page's address asks for; last month where it asks for nothing that can be understood. */
export function choiceOf(address: URLSearchParams, today: string): ReportChoice {
  const unitId = address.get('unit');
  const own = { from: address.get('from') ?? '', to: address.get('to') ?? '' };
  if (problemOf(own) === null) return { kind: 'own', ...own, unitId };
  const named = periodKinds.find((kind) => kind === address.get('period')) ?? 'last-month';
  return { kind: named, ...daysOf(named, today), unitId };
}

/** The address of a choice; what it would ask for anyway is left out. */
export function addressOf({ kind, from, to, unitId }: ReportChoice): URLSearchParams {
  const address = new URLSearchParams();
  if (kind === 'own') {
    address.set('from', from);
    address.set('to', to);
  } else if (kind !== 'last-month') {
    address.set('period', kind);
  }
  if (unitId !== null) address.set('unit', unitId);
  return address;
}
