import { describe, expect, test } from 'vitest';

import {
  addressOf,
  presets,
  readCount,
  readOre,
  readPercent,
  splitOf,
  wishOf,
} from '../../../dashboard/costs/wish.ts';
import type { MunicipalityUsage } from '../../../gateway/protocol/report/costs.ts';

const today = '2026-11-22';
const wish = wishOf(new URLSearchParams(), today);

function used(id: string, some: Partial<MunicipalityUsage> = {}): MunicipalityUsage {
  const counts = { residents: 0, homes: 0, devices: 0, alerts: 0 };
  return { municipality: { id, name: `Kommun ${id}` }, isOwn: false, ...counts, ...some };
}

describe('what is wished for', () => {
  test('is at first last month, split 30 to 70', () => {
    expect(wish).toMatchObject({ from: '2026-10-01', to: '2026-10-31', total: '' });
    expect(wish.weights).toEqual(presets.mixed);
  });

  test('is the same again from its address', () => {
    const own = {
      from: '2026-01-01',
      to: '2026-06-30',
      total: '125 000,50',
      weights: { ...presets.even, even: '40', population: '60' },
      population: { norr: '2800', syd: '12000' },
    };
    expect(wishOf(new URLSearchParams(addressOf(own).toString()), today)).toEqual(own);
    const wrong = new URLSearchParams('from=2026-02-30&to=2026-03-01');
    expect(wishOf(wrong, today)).toMatchObject({ from: '2026-10-01' });
  });
});

test('amounts are read to the öre, percentages to the hundredth, people whole', () => {
  expect(readOre('125 000,5', 'sv-SE')).toBe(12_500_050);
  expect(readOre('1,1', 'sv-SE')).toBe(110);
  expect(['0,001', '-1', '', 'x'].map((text) => readOre(text, 'sv-SE'))).toEqual(
    Array(4).fill(null),
  );
  expect(['', '33,33', '100,1', '0,001'].map((text) => readPercent(text, 'sv-SE'))).toEqual([
    0,
    33.33,
    null,
    null,
  ]);
  expect(['', '2 800', '2,5'].map((text) => readCount(text, 'sv-SE'))).toEqual([0, 2800, null]);
});

describe('a split', () => {
  const amounts = (some: Partial<typeof wish>, items: MunicipalityUsage[]) =>
    splitOf({ ...wish, ...some }, items, 'sv-SE')?.shares.map(({ amount }) => amount);

  test('is by what is used, and by the population that was written', () => {
    const items = [used('norr', { homes: 10 }), used('syd', { homes: 30 })];
    expect(amounts({ total: '1 000' }, items)).toEqual([32_500, 67_500]);
    const byPeople = { ...presets.even, even: '', population: '100' };
    const population = { norr: '2 000', syd: '8 000' };
    expect(amounts({ total: '1 000', weights: byPeople, population }, items)).toEqual([
      20_000, 80_000,
    ]);
  });

  test('waits for a total and for weights that are 100 together', () => {
    const items = [used('norr', { homes: 1 })];
    expect(amounts({}, items)).toBeUndefined();
    const weights = { ...presets.even, homes: '1' };
    expect(amounts({ total: '5', weights }, items)).toBeUndefined();
    expect(amounts({ total: '5' }, [])).toBeUndefined();
    expect(amounts({ total: '5' }, items)).toEqual([500]);
  });

  test('is not made by a number of alerts that is not told', () => {
    const items = [used('norr', { alerts: 4 }), used('syd', { alerts: null })];
    const weights = { ...presets.even, even: '', alerts: '100' };
    expect(amounts({ total: '5', weights }, items)).toBeUndefined();
    expect(amounts({ total: '5', weights: presets.even }, items)).toEqual([250, 250]);
  });
});
