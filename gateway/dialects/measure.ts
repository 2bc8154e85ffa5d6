import type { EventType } from '../protocol/catalogue.ts';
import type { Draft, Told } from './draft.ts';
import { numberOf } from './loose-json.ts';

/** What can be measured in more than one unit. */
export const measures = ['temperature', 'humidity', 'battery', 'rssi', 'lqi'] as const;
export type Measure = (typeof measures)[number];

export const measureTypes: Record<Measure, EventType> = {
  temperature: 'temperature.measured',
  humidity: 'humidity.measured',
  battery: 'battery.measured',
  rssi: 'link.measured',
  lqi: 'link.measured',
};

export function isMeasure(text: unknown): text is Measure {
  return measures.some((measure) => measure === text);
}

/** Tells a number that was measured, also one that is written as text; anything else is noted as not understood. */
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
  draft.tell(told, measureTypes[measure], dataOf(measure, number, unit ?? null));
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
  }
}

/** Degrees Celsius to two decimals, of a value in `°F`, `K` or, as everywhere else, `°C`. */
function celsiusOf(value: number, unit: string | null): number {
  const letter = unit?.replace('°', '').trim().toUpperCase();
  if (letter === 'F') return Math.round(((value - 32) / 9) * 500) / 100;
  if (letter === 'K') return Math.round((value - 273.15) * 100) / 100;
  return value;
}
