import type { AlarmLoad } from '../../protocol/rule/backtest.ts';
import type { Span } from '../history.ts';
import type { Found } from './found.ts';

const periodMs = 10 * 60_000;
const floodAbove = 10;
const chatterTimes = 3;
const chatterMs = 60_000;

/** The load of one operator (ISA-18.2): alerts raised at these times, shared by so many, in periods of ten minutes. */
export function loadOf(
  times: readonly number[],
  { from, to }: Span,
  operators: number,
): Omit<AlarmLoad, 'chattering'> {
  const periods = Math.max(1, Math.ceil((to - from) / periodMs));
  const counts = new Map<number, number>();
  for (const at of times) {
    const period = Math.floor((at - from) / periodMs);
    counts.set(period, (counts.get(period) ?? 0) + 1);
  }
  let most = 0;
  let floods = 0;
  for (const count of counts.values()) {
    const share = count / operators;
    most = Math.max(most, share);
    if (share > floodAbove) floods += 1;
  }
  const tenMinutes = Math.max(1, (to - from) / periodMs);
  return {
    perTenMinutes: times.length / operators / tenMinutes,
    mostInTenMinutes: most,
    floodShare: floods / periods,
  };
}

/** How many alerts of one home, oldest first, were the third or later of the same need within 60 s. */
export function countChattering(alerts: readonly Pick<Found, 'need' | 'at'>[]): number {
  const latest = new Map<string, number[]>();
  let chattering = 0;
  for (const { need, at } of alerts) {
    const before = latest.get(need) ?? [];
    const [first] = before;
    if (before.length === chatterTimes - 1 && first !== undefined && at - first <= chatterMs)
      chattering += 1;
    latest.set(need, [...before, at].slice(1 - chatterTimes));
  }
  return chattering;
}
