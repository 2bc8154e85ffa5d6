import { z } from 'zod';

import { IsoDay } from '../history/home-day.ts';
import { asPeriod, reportDays } from './period.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });

/** GET /reports/usage: whole days of each municipality's wall clock, both included. */
export const UsageQuery = asPeriod(z.object(reportDays));
export type UsageQuery = z.infer<typeof UsageQuery>;

/** What a municipality used over the period: how many on average, one that was there for half of it counting half. */
export const MunicipalityUsage = z.object({
  municipality: z.object({ id: z.string(), name: z.string() }),
  isOwn: z.boolean(),
  /** Homes with a device in them. */
  homes: z.number(),
  /** Who have care, of those homes; who else lives there is not counted. */
  residents: z.number(),
  devices: z.number(),
  /** Alerts from its homes, tests left out; null: so few homes that the number is not told to others. */
  alerts: z.number().int().nullable(),
});
export type MunicipalityUsage = z.infer<typeof MunicipalityUsage>;

export const UsageReport = z
  .object({
    from: IsoDay,
    to: IsoDay,
    /** Until when it was counted, where the period is not over. */
    until: instant,
    madeAt: instant,
    /** Whether the reader's municipality shares costs; otherwise only its own row is told. */
    isMember: z.boolean(),
    /** Whether costs may be split by alerts: not while the number of some member's would tell of few homes. */
    mayShareByAlerts: z.boolean(),
    items: z.array(MunicipalityUsage),
  })
  .meta({ id: 'UsageReport' });
export type UsageReport = z.infer<typeof UsageReport>;

/** By what a cost may be split; `population` is entered by hand. */
export const costKeys = ['even', 'residents', 'homes', 'devices', 'alerts', 'population'] as const;
export type CostKey = (typeof costKeys)[number];

/** How many percent of the total are split by each key; together 100. */
export type CostWeights = Readonly<Record<CostKey, number>>;

export interface CostParty {
  id: string;
  /** Of each key; what `even` says is not looked at. */
  counts: Readonly<Record<CostKey, number>>;
}

export interface CostShare {
  id: string;
  /** In öre. */
  amount: number;
  /** Of the total, 0 to 1. */
  share: number;
}

export interface CostSplit {
  shares: readonly CostShare[];
  /** Keys of which nobody had any, so that their part was split evenly. */
  unused: readonly CostKey[];
}

/** Whether weights are 100 percent together, to a hundredth of a percent. */
export function isWhole(weights: CostWeights): boolean {
  const hundredths = costKeys.map((key) => Math.round(weights[key] * 100));
  return hundredths.every((part) => part >= 0) && sumOf(hundredths) === 10_000;
}

/**
 * Splits a total, in öre, so that the amounts add up to it exactly: each gets the whole öre of what is theirs, and what
 * is left over goes one by one to those with the largest rest, the first in the list first. Weights must be whole.
 */
export function shareCosts(
  totalOre: number,
  weights: CostWeights,
  parties: readonly CostParty[],
): CostSplit {
  if (!Number.isSafeInteger(totalOre) || totalOre < 0) {
    throw new RangeError('The total must be whole öre, and not below 0.');
  }
  if (!isWhole(weights)) throw new RangeError('The weights must be 100 percent together.');
  const used = costKeys.filter((key) => weights[key] > 0);
  const sums = new Map(used.map((key) => [key, sumOf(parties.map(({ counts }) => counts[key]))]));
  const isUnused = (key: CostKey) => key !== 'even' && sums.get(key) === 0;
  const partOf = ({ counts }: CostParty, key: CostKey) =>
    key === 'even' || isUnused(key) ? 1 / parties.length : counts[key] / (sums.get(key) ?? 1);
  const fractions = parties.map((party) =>
    sumOf(used.map((key) => (weights[key] / 100) * partOf(party, key))),
  );
  const amounts = largestRemainder(totalOre, fractions);
  return {
    shares: parties.map(({ id }, index) => ({
      id,
      amount: amounts[index] ?? 0,
      share: fractions[index] ?? 0,
    })),
    unused: used.filter(isUnused),
  };
}

function largestRemainder(total: number, fractions: readonly number[]): number[] {
  const exact = fractions.map((fraction) => total * fraction);
  const amounts = exact.map(Math.floor);
  const order = exact
    .map((amount, index) => ({ index, rest: amount - Math.floor(amount) }))
    .toSorted((a, b) => b.rest - a.rest || a.index - b.index);
  let left = total - sumOf(amounts);
  for (const { index } of order) {
    if (left <= 0) break;
    amounts[index] = (amounts[index] ?? 0) + 1;
    left -= 1;
  }
  return amounts;
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
