import type { BacktestResult, Occurrence } from '../../gateway/protocol/rule/backtest.ts';

export type Day = BacktestResult['days'][number];

/** One rule's alerts of each day, as written and as now, from its occurrences. */
export function daysOf(
  occurrences: readonly Occurrence[],
  days: readonly Day[],
  timeZone: string,
): Day[] {
  // Swedish dates are ISO dates.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const written = new Map<string, number>();
  const now = new Map<string, number>();
  const count = (counts: Map<string, number>, at: number) => {
    const date = format.format(at);
    counts.set(date, (counts.get(date) ?? 0) + 1);
  };
  for (const { at, change, shiftMs } of occurrences) {
    if (change !== 'lost') count(written, at);
    if (change !== 'added' && change !== null) count(now, at - (shiftMs ?? 0));
  }
  return days.map(({ date, current }) => ({
    date,
    alerts: written.get(date) ?? 0,
    current: current === null ? null : (now.get(date) ?? 0),
  }));
}
