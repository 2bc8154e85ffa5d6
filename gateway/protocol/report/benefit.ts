import { type BenefitParameters, benefitYears } from './benefit-field.ts';

/** Kronor of one year, in the prices of the beginning. */
export interface BenefitCosts {
  project: number;
  training: number;
  equipment: number;
  setup: number;
  service: number;
}

/** One year; 0 is the time before anybody has it. Amounts in kronor, unrounded. */
export interface BenefitYear {
  year: number;
  /** How many have it. */
  residents: number;
  /** Physical visits that are not made. */
  visits: number;
  parts: BenefitCosts;
  costs: number;
  /** Hours of staff freed, less those that looking in from afar takes. */
  hours: number;
  km: number;
  /** What is really paid out less: kilometres, and the freed time that is turned into money. */
  saved: number;
  net: number;
  /** What a krona of this year is worth at the beginning. */
  factor: number;
  discountedNet: number;
  /** Of the discounted, up to and including this year. */
  cumulative: number;
}

/** Time and money side by side; nothing here is a sum of them. */
export interface BenefitResult {
  years: readonly BenefitYear[];
  hours: number;
  km: number;
  /** Hours in a year when all have it, for the reader to recognise. */
  hoursPerFullYear: number;
  costs: number;
  saved: number;
  discountedCosts: number;
  discountedSaved: number;
  netPresentValue: number;
  /** The first year after which the discounted sum is never below 0 again; null: none within the calculation. */
  breakEvenYear: number | null;
  /** Discounted kronor really saved for each discounted krona that it costs; null: it costs nothing. */
  savedPerKrona: number | null;
  /** The same if all of the freed time were turned into money. */
  savedPerKronaIfAll: number | null;
  /** Hours freed for each thousand discounted kronor that it costs; null: it costs nothing. */
  hoursPerThousand: number | null;
  /** The share of the freed time, 0 to 1, that must be turned into money to break even; null: no share is enough. */
  shareToBreakEven: number | null;
}

/** Works out what it costs and gives, by the formulas of docs/benefit.md; nothing is rounded. */
export function computeBenefit(given: BenefitParameters): BenefitResult {
  const years: BenefitYear[] = [];
  let before = 0;
  let cumulative = 0;
  for (let year = 0; year <= benefitYears; year += 1) {
    const residents = given.residents * percent(rampOf(given, year));
    const parts = costsOf(given, { year, residents, before });
    const costs = Object.values(parts).reduce((sum: number, part: number) => sum + part, 0);
    const freed = freedBy(given, residents);
    const saved = savedOf(given, freed);
    const net = saved - costs;
    const factor = (1 + percent(given.discountPercent)) ** -year;
    const discountedNet = net * factor;
    cumulative += discountedNet;
    const money = { parts, costs, saved, net, factor, discountedNet, cumulative };
    years.push({ year, residents, ...freed, ...money });
    before = Math.max(before, residents);
  }
  return { years, ...summaryOf(given, years) };
}

/** As shown: whole kronor, halves away from zero. Each number is rounded by itself, and only when it is shown. */
export function wholeKronor(amount: number): number {
  const rounded = Math.sign(amount) * Math.round(Math.abs(amount));
  return rounded === 0 ? 0 : rounded;
}

function percent(value: number): number {
  return value / 100;
}

/** How much of what is aimed at is in use in a year, in percent. */
function rampOf(given: BenefitParameters, year: number): number {
  const shares = [
    given.rampYear1,
    given.rampYear2,
    given.rampYear3,
    given.rampYear4,
    given.rampYear5,
    given.rampYear6,
  ];
  return shares[year - 1] ?? 0;
}

function costsOf(
  given: BenefitParameters,
  { year, residents, before }: { year: number; residents: number; before: number },
): BenefitCosts {
  const training = (staff: number) => staff * given.trainingHours * given.hourlyCost;
  if (year === 0) {
    const { projectCost: project, staffTrained } = given;
    return { project, training: training(staffTrained), equipment: 0, setup: 0, service: 0 };
  }
  const added = Math.max(0, residents - before);
  const arriving = given.newResidents * percent(rampOf(given, year));
  // Some of those who try do not stay, and were set up too.
  const tried = (added + arriving) / percent(given.staysPercent);
  return {
    project: 0,
    training: training(given.newStaff),
    equipment: added * given.equipmentCost,
    setup: tried * given.setupHours * given.hourlyCost,
    service: residents * given.serviceCost * 12,
  };
}

type Freed = Pick<BenefitYear, 'visits' | 'hours' | 'km'>;

function freedBy(given: BenefitParameters, residents: number): Freed {
  const { visitsPerDay, daysPerYear, replacedPercent } = given;
  const visits = residents * visitsPerDay * daysPerYear * percent(replacedPercent);
  const onSite = (given.minutesPerVisit + given.travelMinutes) * given.staffPerVisit;
  return {
    visits,
    hours: (visits * (onSite - given.remoteMinutes)) / 60,
    // Two who go together go in one car.
    km: visits * given.travelKm,
  };
}

function savedOf(given: BenefitParameters, { hours, km }: Freed): number {
  return km * given.kmCost + hours * given.hourlyCost * percent(given.realisedPercent);
}

function summaryOf(
  given: BenefitParameters,
  years: readonly BenefitYear[],
): Omit<BenefitResult, 'years'> {
  const sum = (of: (year: BenefitYear) => number) =>
    years.reduce((total, year) => total + of(year), 0);
  const hours = sum((year) => year.hours);
  const discountedCosts = sum(({ costs, factor }) => costs * factor);
  const discountedSaved = sum(({ saved, factor }) => saved * factor);
  const km = sum((year) => year.km * year.factor) * given.kmCost;
  const time = sum((year) => year.hours * year.factor) * given.hourlyCost;
  const perKrona = (amount: number) => (discountedCosts > 0 ? amount / discountedCosts : null);
  return {
    hours,
    km: sum((year) => year.km),
    hoursPerFullYear: freedBy(given, given.residents).hours,
    costs: sum(({ costs }) => costs),
    saved: sum(({ saved }) => saved),
    discountedCosts,
    discountedSaved,
    netPresentValue: years.at(-1)?.cumulative ?? 0,
    breakEvenYear: breakEvenOf(years),
    savedPerKrona: perKrona(discountedSaved),
    savedPerKronaIfAll: perKrona(km + time),
    hoursPerThousand: perKrona(hours * 1_000),
    shareToBreakEven: shareFor(discountedCosts - km, time),
  };
}

/** Half an öre: what is left of amounts that are equal when they are added up in another order. */
const nothing = 0.005;

function breakEvenOf(years: readonly BenefitYear[]): number | null {
  const lastBelow = years.findLastIndex(({ cumulative }) => cumulative < -nothing);
  return years[lastBelow + 1]?.year ?? null;
}

function shareFor(missing: number, time: number): number | null {
  if (missing <= 0) return 0;
  return time >= missing ? missing / time : null;
}
