import { catalogue, type EventType } from '../protocol/catalogue.ts';
import type { Draft, Told } from './draft.ts';
import { numberOf } from './loose-json.ts';
import { isWorthTelling } from './thinning.ts';

/** What can be measured in more than one unit. */
export const measures = [
  'temperature',
  'humidity',
  'battery',
  'rssi',
  'lqi',
  'illuminance',
  'power',
] as const;
export type Measure = (typeof measures)[number];

export const measureTypes: Record<Measure, EventType> = {
  temperature: 'temperature.measured',
  humidity: 'humidity.measured',
  battery: 'battery.measured',
  rssi: 'link.measured',
  lqi: 'link.measured',
  illuminance: 'illuminance.measured',
  power: 'power.measured',
};

/**
 * Tells a number that was measured, also one that is written as text; anything else is noted as not understood. Light and
 * power change all the time: they are told when they have changed enough.
 */
export function tellMeasure(
  draft: Draft,
  told: Told,
  measure: Measure,
  value: unknown,
  unit?: string | null,
): void {
  if (value === null || value === undefined || value === '') return;
  const number = numberOf(value);
  if (number === null) {
    draft.puzzled(measure, value, told.source);
    return;
  }
  const data = dataOf(measure, number, unit ?? null);
  const type = measureTypes[measure];
  if (measure === 'illuminance' || measure === 'power') {
    const isKnown = catalogue[type].data.safeParse(data).success;
    const measured = data['lux'] ?? data['watts'] ?? number;
    if (isKnown && !isWorthTelling(draft, told, measure, measured)) return;
  }
  draft.tell(told, type, data);
}

function dataOf(measure: Measure, value: number, unit: string | null): Record<string, number> {
  switch (measure) {
    case 'temperature':
      return { celsius: celsiusOf(value, unit) };
    case 'humidity':
    case 'battery':
      return { percent: value };
    case 'rssi':
      return { rssiDbm: value };
    case 'lqi':
      return { lqi: value };
    case 'illuminance':
      return { lux: value };
    case 'power':
      return { watts: wattsOf(value, unit) };
  }
}

/** Degrees Celsius to two decimals, of a value in `°F`, `K` or, as everywhere else, `°C`. */
function celsiusOf(value: number, unit: string | null): number {
  const letter = unit?.replace('°', '').trim().toUpperCase();
  if (letter === 'F') return Math.round(((value - 32) / 9) * 500) / 100;
  if (letter === 'K') return Math.round((value - 273.15) * 100) / 100;
  return value;
}

/** Watts of a value in `kW`, `mW` or, as everywhere else, `W`; small numbers to the thousandth. */
function wattsOf(value: number, unit: string | null): number {
  const word = unit?.trim();
  // What a panel on the roof gives back is no draw.
  const drawn = Math.max(0, value);
  if (word === 'kW') return Math.round(drawn * 1_000_000) / 1_000;
  return word === 'mW' ? Math.round(drawn) / 1_000 : drawn;
}
