import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  costKeys,
  type CostParty,
  type CostWeights,
  isWhole,
  shareCosts,
} from '../../../../gateway/protocol/report/costs.ts';

const none: CostWeights = {
  even: 0,
  residents: 0,
  homes: 0,
  devices: 0,
  alerts: 0,
  population: 0,
};

function party(id: string, counts: Partial<CostParty['counts']> = {}): CostParty {
  return { id, counts: { ...none, ...counts } };
}

function amounts(total: number, weights: Partial<CostWeights>, parties: readonly CostParty[]) {
  const { shares } = shareCosts(total, { ...none, ...weights }, parties);
  return shares.map(({ amount }) => amount);
}

describe('a shared cost', () => {
  test('is split evenly, and the öre left over goes to the first', () => {
    const three = ['a', 'b', 'c'].map((id) => party(id));
    expect(amounts(10_000, { even: 100 }, three)).toEqual([3_334, 3_333, 3_333]);
  });

  test('is split by a key, and by several of them', () => {
    // 100,000.00 kr: 30,000 evenly is 10,000 each; 70,000 by homes 10, 25 and 65 is 7,000, 17,500 and 45,500.
    const parties = [
      party('a', { homes: 10 }),
      party('b', { homes: 25 }),
      party('c', { homes: 65 }),
    ];
    expect(amounts(10_000_000, { homes: 100 }, parties)).toEqual([1_000_000, 2_500_000, 6_500_000]);
    expect(amounts(10_000_000, { even: 30, homes: 70 }, parties)).toEqual([
      1_700_000, 2_750_000, 5_550_000,
    ]);
  });

  test('gives what is left over to those with the largest rest', () => {
    // 100 öre over 1, 2 and 4: 14.29, 28.57 and 57.14, and one is left.
    const parties = [1, 2, 4].map((alerts) => party(String(alerts), { alerts }));
    expect(amounts(100, { alerts: 100 }, parties)).toEqual([14, 29, 57]);
  });

  test('is split evenly as far as a key counts nothing, and says so', () => {
    const parties = [party('a', { homes: 1 }), party('b', { homes: 3 })];
    const weights = { ...none, homes: 50, alerts: 50 };
    const { shares, unused } = shareCosts(1_000, weights, parties);
    expect(shares.map(({ amount }) => amount)).toEqual([375, 625]);
    expect(unused).toEqual(['alerts']);
  });

  test('is not split by weights that are not 100 percent, nor if it is not whole öre', () => {
    const parties = [party('a')];
    expect(isWhole({ ...none, even: 33.33, homes: 66.67 })).toBe(true);
    expect(isWhole({ ...none, even: 110, homes: -10 })).toBe(false);
    expect(() => shareCosts(1, { ...none, even: 99 }, parties)).toThrow(RangeError);
    expect(() => shareCosts(1.5, { ...none, even: 100 }, parties)).toThrow(RangeError);
    expect(() => shareCosts(-1, { ...none, even: 100 }, parties)).toThrow(RangeError);
  });

  test('adds up to the total exactly, each within an öre of theirs, whatever is shared how', () => {
    const count = fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 100_000 }).map((hundredths) => hundredths / 97),
    );
    const anyParty = fc.record(Object.fromEntries(costKeys.map((key) => [key, count])));
    const cut = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100_000_000_000 }),
        fc.array(anyParty, { minLength: 1, maxLength: 20 }),
        cut,
        (total, counts, cuts) => {
          const parties = counts.map((some, index) => party(String(index), some));
          const edges = [0, ...cuts.toSorted((a, b) => a - b), 10_000];
          const weights: CostWeights = {
            ...none,
            ...Object.fromEntries(
              costKeys.map((key, at) => [key, ((edges[at + 1] ?? 0) - (edges[at] ?? 0)) / 100]),
            ),
          };
          const { shares } = shareCosts(total, weights, parties);
          expect(shares.reduce((sum, { amount }) => sum + amount, 0)).toBe(total);
          for (const { amount, share } of shares) {
            expect(Number.isInteger(amount)).toBe(true);
            expect(Math.abs(amount - total * share)).toBeLessThan(1.001);
          }
        },
      ),
    );
  });
});
