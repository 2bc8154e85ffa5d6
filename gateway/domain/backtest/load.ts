import type { AlarmLoad } from '../../protocol/rule/backtest.ts';
import type { Span } from '../history.ts';
import type { Found } from './found.ts';

const periodMs = 10 * 60_000;
const floodAbove = 10;
const chatterTimes = 3;
const chatterMs = 60_000;

/** A period of ten minutes, or what is left of one, with more alerts than one operator can take in. */
export interface Flood extends Span {
  alerts: number;
}

type Load = Omit<AlarmLoad, 'chattering'>;

/** The load of one operator (ISA-18.2): alerts raised at these times, shared by so many, in periods of ten minutes. */
export function loadOf(times: readonly number[], span: Span, operators: number): Load {
  return loadOver(times, [span], () => operators).load;
}

/**
 * The same over several stretches of time, oldest first and never overlapping, in each of which the periods begin anew,
 * and with as many operators as there were in each period; with the floods, oldest first.
 */
export function loadOver(
  times: readonly number[],
  stretches: readonly Span[],
  operatorsIn: (period: Span) => number,
): { load: Load; floods: readonly Flood[] } {
  const counts = countByPeriod(times, stretches);
  const floods: Flood[] = [];
  let most = 0;
  let shared = 0;
  for (const { from, to, alerts } of counts) {
    const share = alerts / operatorsIn({ from, to });
    shared += share;
    most = Math.max(most, share);
    if (share > floodAbove) floods.push({ from, to, alerts });
  }
  const lengths = stretches.map(({ from, to }) => (to - from) / periodMs);
  const tenMinutes = sumOf(lengths);
  const periods = sumOf(lengths.map((length) => Math.ceil(length)));
  return {
    load: {
      perTenMinutes: shared / Math.max(1, tenMinutes),
      mostInTenMinutes: most,
      floodShare: floods.length / Math.max(1, periods),
    },
    floods,
  };
}

/** The periods in which something was raised; what was raised in none of the stretches is in the one before it. */
function countByPeriod(times: readonly number[], stretches: readonly Span[]): Flood[] {
  const counts = new Map<number, Flood>();
  const sorted = times.toSorted((a, b) => a - b);
  let index = 0;
  for (const at of sorted) {
    while ((stretches[index + 1]?.from ?? Infinity) <= at) index += 1;
    const stretch = stretches[index];
    if (stretch === undefined) continue;
    const from = stretch.from + Math.floor((at - stretch.from) / periodMs) * periodMs;
    const to = Math.max(at + 1, Math.min(from + periodMs, stretch.to));
    const known = counts.get(from);
    if (known === undefined) counts.set(from, { from, to, alerts: 1 });
    else known.alerts += 1;
  }
  return [...counts.values()];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
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
