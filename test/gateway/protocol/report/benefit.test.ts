import { readFile } from 'node:fs/promises';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  benefitBounds,
  benefitFields,
  benefitKeys,
  BenefitParameters,
  initialBenefit,
} from '../../../../gateway/protocol/report/benefit-field.ts';
import {
  type BenefitResult,
  computeBenefit,
  wholeKronor,
} from '../../../../gateway/protocol/report/benefit.ts';

const given = (some: Partial<BenefitParameters>): BenefitParameters => ({
  ...initialBenefit,
  ...some,
});

/** Year by year, as shown. */
function rowsOf({ years }: BenefitResult) {
  const kronor = wholeKronor;
  return years.map(({ year, costs, saved, net, discountedNet, cumulative }) =>
    [year, ...[costs, saved, net, discountedNet, cumulative].map(kronor)].join(' '),
  );
}

describe('a small municipality with long distances', () => {
  // 20 residents × 2 visits × 365 nights × 50 % = 7,300 visits a year when all have it; half of that in year 1.
  // A visit takes 5 + 25 minutes of one person; the camera takes 1 of them back: 29 minutes.
  // Project 300,000; 25 people are trained for 1 h at 360 kr; 5 new ones a year cost 1,800.
  // A camera costs 4,000, and 2 h × 360 = 720 to set up; 400 a month is 4,800 a year.
  const sparse = given({
    residents: 20,
    visitsPerDay: 2,
    replacedPercent: 50,
    travelMinutes: 25,
    travelKm: 20,
    hourlyCost: 360,
    kmCost: 4,
    projectCost: 300_000,
    staffTrained: 25,
    equipmentCost: 4_000,
    staysPercent: 100,
    newResidents: 5,
    newStaff: 5,
    serviceCost: 400,
  });
  const result = computeBenefit(sparse);

  test('is worked out to the krona', () => {
    expect(rowsOf(result)).toEqual([
      // 300,000 + 25 × 360.
      '0 309000 0 -309000 -309000 -309000',
      // 10 × 4,000 + (10 + 2.5) × 720 + 1,800 + 10 × 4,800; 3,650 × 20 km × 4 kr; 193,200 / 1.03.
      '1 98800 292000 193200 187573 -121427',
      // 10 × 4,000 + (10 + 5) × 720 + 1,800 + 20 × 4,800; 7,300 × 20 × 4; 435,400 / 1.0609.
      '2 148600 584000 435400 410406 288979',
      // 5 × 720 + 1,800 + 96,000 each year from now on.
      '3 101400 584000 482600 441647 730626',
      '4 101400 584000 482600 428784 1159410',
      '5 101400 584000 482600 416295 1575705',
      '6 101400 584000 482600 404170 1979875',
    ]);
    expect(wholeKronor(result.netPresentValue)).toBe(1_979_875);
    expect(result.breakEvenYear).toBe(2);
    // 309,000 + 98,800 / 1.03 + … = 900,269; 292,000 / 1.03 + … = 2,880,145.
    expect(wholeKronor(result.discountedCosts)).toBe(900_269);
    expect(wholeKronor(result.discountedSaved)).toBe(2_880_145);
    expect(result.savedPerKrona).toBeCloseTo(3.2, 2);
  });

  test('frees 7,300 × 29 minutes a year, and none of it is money', () => {
    expect(result.hoursPerFullYear).toBeCloseTo(3_528.333, 3);
    expect(result.hours).toBeCloseTo(3_528.333 * 5.5, 1);
    expect(result.km).toBe(146_000 * 5.5);
    expect(result.shareToBreakEven).toBe(0);
  });
});

describe('night cameras in a town where two go together', () => {
  // 57 × 2 × 365 × 60 % = 24,966 visits a year. Two people for 5 + 4 minutes, less 2 before the camera: 16 minutes.
  // 24,966 × 16 / 60 = 6,657.6 h; a quarter of them × 400 kr = 665,760. One car: 24,966 × 2 km × 3 kr = 149,796.
  // 95 % stay, so (57 + 19) / 0.95 = 80 are set up in the first year, and 19 / 0.95 = 20 each year after it.
  const town = given({
    residents: 57,
    replacedPercent: 60,
    travelMinutes: 4,
    travelKm: 2,
    staffPerVisit: 2,
    remoteMinutes: 2,
    hourlyCost: 400,
    kmCost: 3,
    realisedPercent: 25,
    projectCost: 250_000,
    staffTrained: 80,
    equipmentCost: 6_000,
    newResidents: 19,
    newStaff: 10,
    serviceCost: 500,
    rampYear1: 100,
  });
  const result = computeBenefit(town);

  test('is worked out to the krona', () => {
    expect(rowsOf(result)).toEqual([
      // 250,000 + 80 × 400.
      '0 282000 0 -282000 -282000 -282000',
      // 57 × 6,000 + 80 × 2 × 400 + 10 × 400 + 57 × 6,000; 665,760 + 149,796.
      '1 752000 815556 63556 61705 -220295',
      // 20 × 800 + 4,000 + 342,000.
      '2 362000 815556 453556 427520 207225',
      '3 362000 815556 453556 415068 622293',
      '4 362000 815556 453556 402979 1025272',
      '5 362000 815556 453556 391241 1416513',
      '6 362000 815556 453556 379846 1796359',
    ]);
    expect(result.breakEvenYear).toBe(2);
    expect(wholeKronor(result.discountedCosts)).toBe(2_621_664);
    expect(result.savedPerKrona).toBeCloseTo(1.685, 3);
  });

  test('frees the time of both, and keeps what is not turned into money as time', () => {
    expect(result.hoursPerFullYear).toBeCloseTo(6_657.6, 6);
    // Costs 2,621,664 less kilometres 149,796 × 5.417191 = 811,474, of all time 2,663,040 × 5.417191 = 14,426,198.
    expect(result.shareToBreakEven).toBeCloseTo(1_810_190 / 14_426_198, 5);
  });
});

describe('GPS alarms', () => {
  // 40 × 0.5 × 365 × 80 % = 5,840 visits a year, only to see that somebody is where they should be.
  // 5 + 10 minutes of one person, none from afar: 1,460 h; half of them × 360 = 262,800. 5,840 × 6 km × 2.50 = 87,600.
  const gps = given({
    residents: 40,
    visitsPerDay: 0.5,
    replacedPercent: 80,
    travelMinutes: 10,
    travelKm: 6,
    remoteMinutes: 0,
    hourlyCost: 360,
    kmCost: 2.5,
    realisedPercent: 50,
    projectCost: 50_000,
    staffTrained: 30,
    equipmentCost: 1_500,
    staysPercent: 100,
    newResidents: 12,
    newStaff: 6,
    serviceCost: 150,
    rampYear1: 25,
    rampYear2: 75,
  });
  const result = computeBenefit(gps);

  test('are worked out to the krona', () => {
    expect(rowsOf(result)).toEqual([
      // 50,000 + 30 × 360.
      '0 60800 0 -60800 -60800 -60800',
      // 10 × 1,500 + (10 + 3) × 720 + 2,160 + 10 × 1,800; a quarter of 350,400.
      '1 44520 87600 43080 41825 -18975',
      // 20 × 1,500 + (20 + 9) × 720 + 2,160 + 30 × 1,800; three quarters.
      '2 107040 262800 155760 146819 127844',
      // 10 × 1,500 + (10 + 12) × 720 + 2,160 + 40 × 1,800.
      '3 105000 350400 245400 224576 352420',
      // 12 × 720 + 2,160 + 72,000.
      '4 82800 350400 267600 237759 590179',
      '5 82800 350400 267600 230834 821013',
      '6 82800 350400 267600 224111 1045124',
    ]);
    expect(result.breakEvenYear).toBe(2);
    // 1,560,467 / 515,343.
    expect(result.savedPerKrona).toBeCloseTo(3.028, 3);
    // 1,460 h × (0.25 + 0.75 + 4) = 7,300 h for 515 thousand kronor.
    expect(result.hoursPerThousand).toBeCloseTo(7_300 / 515.343, 3);
  });
});

const anyParameters = fc.record(
  Object.fromEntries(
    benefitKeys.map((key) => {
      const { min, max } = benefitBounds(key);
      const thousandths = fc.integer({ min: 0, max: 1_000 });
      return [key, thousandths.map((part) => min + ((max - min) * part) / 1_000)];
    }),
  ),
) as fc.Arbitrary<BenefitParameters>;

const relative = (a: number, b: number) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));

describe('whatever the numbers are', () => {
  test('twice the visits free twice the hours and the kilometres', () => {
    fc.assert(
      fc.property(anyParameters, (some) => {
        const once = computeBenefit(some);
        const twice = computeBenefit({ ...some, visitsPerDay: some.visitsPerDay * 2 });
        relative(twice.hours, once.hours * 2);
        relative(twice.km, once.km * 2);
      }),
    );
  });

  test('without discount the value of now is the plain sum', () => {
    fc.assert(
      fc.property(anyParameters, (some) => {
        const { netPresentValue, saved, costs, years } = computeBenefit({
          ...some,
          discountPercent: 0,
        });
        const size = Math.max(1, saved, costs);
        expect(Math.abs(netPresentValue - (saved - costs)) / size).toBeLessThan(1e-9);
        expect(years.every(({ factor }) => factor === 1)).toBe(true);
      }),
    );
  });

  test('where nothing is replaced there are only costs', () => {
    fc.assert(
      fc.property(anyParameters, (some) => {
        const { hours, km, saved, netPresentValue, discountedCosts, ...rest } = computeBenefit({
          ...some,
          replacedPercent: 0,
        });
        expect([hours, km, saved].map(Math.abs)).toEqual([0, 0, 0]);
        relative(netPresentValue, -discountedCosts);
        if (discountedCosts > 1) {
          expect(rest).toMatchObject({ breakEvenYear: null, shareToBreakEven: null });
        }
      }),
    );
  });

  test('how much of the time becomes money changes the money and never the hours', () => {
    fc.assert(
      fc.property(anyParameters, (some) => {
        const none = computeBenefit({ ...some, realisedPercent: 0 });
        const all = computeBenefit({ ...some, realisedPercent: 100 });
        expect(all.years.map(({ hours }) => hours)).toEqual(none.years.map(({ hours }) => hours));
        expect(all.km).toBe(none.km);
        expect(all.costs).toBe(none.costs);
        const worth = none.hours * some.hourlyCost;
        const size = Math.max(1, Math.abs(worth), none.saved);
        expect(Math.abs(all.saved - none.saved - worth) / size).toBeLessThan(1e-9);
        if (all.savedPerKrona !== null) relative(all.savedPerKrona, none.savedPerKronaIfAll ?? 0);
      }),
    );
  });

  test('the share said to break even does, and no smaller one', () => {
    fc.assert(
      fc.property(anyParameters, (some) => {
        const { shareToBreakEven: share, discountedCosts } = computeBenefit(some);
        if (share === null || share === 0) return;
        const { netPresentValue } = computeBenefit({ ...some, realisedPercent: share * 100 });
        expect(Math.abs(netPresentValue)).toBeLessThan(1e-6 * Math.max(1, discountedCosts));
        const less = computeBenefit({ ...some, realisedPercent: share * 99 });
        expect(less.netPresentValue).toBeLessThanOrEqual(netPresentValue);
      }),
    );
  });
});

test('what grows again after it has shrunk is not bought twice', () => {
  const { years } = computeBenefit(given({ rampYear1: 100, rampYear2: 0, rampYear3: 100 }));
  expect(years.map(({ parts }) => parts.equipment)).toEqual([0, 125_000, 0, 0, 0, 0, 0]);
});

test('kronor are shown whole, halves away from zero', () => {
  expect([0.5, -0.5, 1.49, -1.5, -0.2].map(wholeKronor)).toEqual([1, -1, 1, -2, 0]);
});

describe('the parameters', () => {
  test('are as the calculation begins where they are left out, and refused out of bounds', () => {
    expect(BenefitParameters.parse({})).toEqual(initialBenefit);
    for (const wrong of [
      { residents: -1 },
      { staysPercent: 0 },
      { realisedPercent: 101 },
      { other: 1 },
    ]) {
      expect(BenefitParameters.safeParse(wrong).success).toBe(false);
    }
  });

  test('are each described with what they begin with and whose figure that is', async () => {
    const guide = await readFile(
      new URL('../../../../docs/benefit.md', import.meta.url).pathname,
      'utf8',
    );
    const sources = { skr: 'SKR', vasteras: 'Västerås', assumption: 'assumption' } as const;
    for (const key of benefitKeys) {
      const { initial, source } = benefitFields[key];
      const row = guide.split('\n').find((line) => line.startsWith(`| \`${key}\``)) ?? '';
      const [, , , unit, begins, whose] = row.split('|').map((cell) => cell.trim());
      expect([key, unit !== '', begins, whose?.includes(sources[source])]).toEqual([
        key,
        true,
        initial.toLocaleString('en'),
        true,
      ]);
    }
  });
});
