import { z } from 'zod';

export const benefitGroups = ['use', 'visit', 'price', 'start', 'yearly', 'calculation'] as const;
export type BenefitGroup = (typeof benefitGroups)[number];

/** `skr`: Sweden's municipalities' own calculation; `vasteras`: what that city has told; `assumption`: ours, to be replaced. */
export type BenefitSource = 'skr' | 'vasteras' | 'assumption';

export type BenefitUnit =
  | 'residents'
  | 'visits'
  | 'percent'
  | 'days'
  | 'minutes'
  | 'kilometres'
  | 'staff'
  | 'hours'
  | 'kr'
  | 'kr-per-hour'
  | 'kr-per-kilometre'
  | 'kr-per-month';

export interface BenefitField {
  group: BenefitGroup;
  unit: BenefitUnit;
  initial: number;
  max: number;
  source: BenefitSource;
}

/** The calculation is over as many years as SKR's. */
export const benefitYears = 6;

const use = { group: 'use' } as const;
const visit = { group: 'visit' } as const;
const price = { group: 'price' } as const;
const start = { group: 'start' } as const;
const yearly = { group: 'yearly' } as const;
const calculation = { group: 'calculation' } as const;
const share = { unit: 'percent', max: 100 } as const;
const ramp = { ...calculation, ...share, source: 'assumption' } as const;

/** Every number that the calculation takes, in the order in which people are asked for them; none may be below 0. */
export const benefitFields = {
  residents: { ...use, unit: 'residents', initial: 50, max: 100_000, source: 'assumption' },
  visitsPerDay: { ...use, unit: 'visits', initial: 2, max: 48, source: 'assumption' },
  replacedPercent: { ...use, ...share, initial: 50, source: 'vasteras' },
  daysPerYear: { ...use, unit: 'days', initial: 365, max: 366, source: 'assumption' },
  minutesPerVisit: { ...visit, unit: 'minutes', initial: 5, max: 240, source: 'skr' },
  travelMinutes: { ...visit, unit: 'minutes', initial: 8, max: 240, source: 'assumption' },
  travelKm: { ...visit, unit: 'kilometres', initial: 5, max: 300, source: 'assumption' },
  staffPerVisit: { ...visit, unit: 'staff', initial: 1, max: 4, source: 'skr' },
  remoteMinutes: { ...visit, unit: 'minutes', initial: 1, max: 60, source: 'assumption' },
  hourlyCost: { ...price, unit: 'kr-per-hour', initial: 350, max: 5_000, source: 'assumption' },
  kmCost: { ...price, unit: 'kr-per-kilometre', initial: 3, max: 100, source: 'assumption' },
  realisedPercent: { ...price, ...share, initial: 0, source: 'assumption' },
  projectCost: { ...start, unit: 'kr', initial: 200_000, max: 1_000_000_000, source: 'assumption' },
  staffTrained: { ...start, unit: 'staff', initial: 40, max: 100_000, source: 'assumption' },
  trainingHours: { ...start, unit: 'hours', initial: 1, max: 100, source: 'skr' },
  equipmentCost: { ...start, unit: 'kr', initial: 2_500, max: 1_000_000, source: 'assumption' },
  setupHours: { ...start, unit: 'hours', initial: 2, max: 100, source: 'skr' },
  staysPercent: { ...start, ...share, initial: 95, source: 'vasteras' },
  newResidents: { ...yearly, unit: 'residents', initial: 15, max: 100_000, source: 'assumption' },
  newStaff: { ...yearly, unit: 'staff', initial: 5, max: 100_000, source: 'assumption' },
  serviceCost: {
    ...yearly,
    unit: 'kr-per-month',
    initial: 300,
    max: 100_000,
    source: 'assumption',
  },
  discountPercent: { ...calculation, ...share, initial: 3, source: 'skr' },
  rampYear1: { ...ramp, initial: 50 },
  rampYear2: { ...ramp, initial: 100 },
  rampYear3: { ...ramp, initial: 100 },
  rampYear4: { ...ramp, initial: 100 },
  rampYear5: { ...ramp, initial: 100 },
  rampYear6: { ...ramp, initial: 100 },
} as const satisfies Record<string, BenefitField>;

export type BenefitKey = keyof typeof benefitFields;
export type BenefitParameters = Readonly<Record<BenefitKey, number>>;

export const benefitKeys = Object.keys(benefitFields).filter(isBenefitKey);

function isBenefitKey(key: string): key is BenefitKey {
  return key in benefitFields;
}

/** Where a number may lie; the share of those who stay is divided by, and may not be nothing. */
export function benefitBounds(key: BenefitKey): { min: number; max: number } {
  return { min: key === 'staysPercent' ? 1 : 0, max: benefitFields[key].max };
}

const number = (key: BenefitKey) => {
  const { min, max } = benefitBounds(key);
  return z.number().min(min).max(max).default(benefitFields[key].initial);
};

function mapKeys<T>(of: (key: BenefitKey) => T): Record<BenefitKey, T> {
  return Object.fromEntries(benefitKeys.map((key) => [key, of(key)])) as Record<BenefitKey, T>;
}

/** All of them; those left out are as the calculation begins. */
export const BenefitParameters = z.strictObject(mapKeys(number));

/** The numbers that the calculation begins with. */
export const initialBenefit: BenefitParameters = mapKeys((key) => benefitFields[key].initial);
