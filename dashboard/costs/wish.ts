import {
  type CostKey,
  costKeys,
  type CostSplit,
  isWhole,
  type MunicipalityUsage,
  shareCosts,
  type UsageQuery,
} from '../../gateway/protocol/report/costs.ts';
import { readNumber } from '../benefit/number-text.ts';
import { daysOf, problemOf } from '../report/period.ts';

/** What somebody has written on the page, as they wrote it. */
export interface CostWish extends UsageQuery {
  total: string;
  weights: Readonly<Record<CostKey, string>>;
  /** By municipality. */
  population: Readonly<Record<string, string>>;
}

export type WeightTexts = CostWish['weights'];

const nothing: WeightTexts = {
  even: '',
  residents: '',
  homes: '',
  devices: '',
  alerts: '',
  population: '',
};

export const presets = {
  even: { ...nothing, even: '100' },
  homes: { ...nothing, homes: '100' },
  residents: { ...nothing, residents: '100' },
  mixed: { ...nothing, even: '30', homes: '70' },
} as const satisfies Record<string, WeightTexts>;

const populationMark = 'population.';

/** What an address asks for; last month, and no total, where it asks for nothing. */
export function wishOf(address: URLSearchParams, today: string): CostWish {
  const asked = { from: address.get('from') ?? '', to: address.get('to') ?? '' };
  const days = problemOf(asked) === null ? asked : daysOf('last-month', today);
  const weights = { ...nothing };
  for (const key of costKeys) weights[key] = address.get(key) ?? '';
  const isAsked = costKeys.some((key) => weights[key] !== '');
  const population: Record<string, string> = {};
  for (const [name, value] of address) {
    if (name.startsWith(populationMark)) population[name.slice(populationMark.length)] = value;
  }
  const total = address.get('total') ?? '';
  return { ...days, total, weights: isAsked ? weights : presets.mixed, population };
}

/** The wish as an address; what is left empty is left out. */
export function addressOf({ from, to, total, weights, population }: CostWish): URLSearchParams {
  const address = new URLSearchParams({ from, to });
  const set = (name: string, value: string) => {
    if (value !== '') address.set(name, value);
  };
  set('total', total);
  for (const key of costKeys) set(key, weights[key]);
  for (const [id, value] of Object.entries(population)) set(`${populationMark}${id}`, value);
  return address;
}

/** Kronor as öre; null: it is not an amount. */
export function readOre(text: string, locale: string): number | null {
  const kronor = readNumber(text, locale);
  if (kronor === null || kronor < 0 || kronor > 1e12) return null;
  const ore = Math.round(kronor * 100);
  return Math.abs(ore - kronor * 100) < 1e-4 ? ore : null;
}

/** A percentage to two decimals; an empty field is 0, and null one that is not a percentage. */
export function readPercent(text: string, locale: string): number | null {
  if (text.trim() === '') return 0;
  const percent = readNumber(text, locale);
  if (percent === null || percent < 0 || percent > 100) return null;
  return Math.abs(Math.round(percent * 100) - percent * 100) < 1e-6 ? percent : null;
}

/** How many people live there; an empty field is 0, and null one that is not a count. */
export function readCount(text: string, locale: string): number | null {
  if (text.trim() === '') return 0;
  const count = readNumber(text, locale);
  return count !== null && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** The percentages; null: some field is not one. */
export function readWeights(texts: WeightTexts, locale: string): Record<CostKey, number> | null {
  const weights = { even: 0, residents: 0, homes: 0, devices: 0, alerts: 0, population: 0 };
  for (const key of costKeys) {
    const percent = readPercent(texts[key], locale);
    if (percent === null) return null;
    weights[key] = percent;
  }
  return weights;
}

/** What each pays; null while the wish cannot be carried out. */
export function splitOf(
  wish: CostWish,
  items: readonly MunicipalityUsage[],
  locale: string,
): CostSplit | null {
  const total = readOre(wish.total, locale);
  const weights = readWeights(wish.weights, locale);
  if (total === null || weights === null || !isWhole(weights) || items.length === 0) return null;
  const parties = [];
  for (const { municipality, residents, homes, devices, alerts } of items) {
    const population = readCount(wish.population[municipality.id] ?? '', locale);
    // A number that is not told cannot be paid by.
    if (population === null || (weights.alerts > 0 && alerts === null)) return null;
    const counts = { even: 1, residents, homes, devices, alerts: alerts ?? 0, population };
    parties.push({ id: municipality.id, counts });
  }
  return shareCosts(total, weights, parties);
}
