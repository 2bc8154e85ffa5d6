import { z } from 'zod';

import type { EventType } from '../protocol/catalogue.ts';
import type { Draft, Told } from './draft.ts';
import { numberOf } from './loose-json.ts';
import { type Measure, measureTypes, tellMeasure } from './measure.ts';
import { pressNamed, type Sense, senseNamed, typesOf, wordsOf } from './sense.ts';

/** What is known of a property: from its description, or so far from its attributes. */
export const Property = z.object({
  name: z.string().optional(),
  datatype: z.string().optional(),
  unit: z.string().optional(),
  format: z.string().optional(),
  isMomentary: z.boolean().optional(),
  /** What it was before enough was known to understand it. */
  waiting: z.string().optional(),
});
export type Property = z.infer<typeof Property>;

export type Meaning =
  | { kind: 'sense'; sense: Sense; isInverted: boolean }
  | { kind: 'measure'; measure: Measure }
  | { kind: 'button' };

/** What a property at `node/property` means; null when it means nothing here. */
export function meaningOf(path: string, property: Property): Meaning | null {
  const [node = '', own = node] = path.split('/');
  const words = wordsOf(own);
  const has = (...some: readonly string[]): boolean => some.some((word) => words.includes(word));
  if (isNumber(property)) return numberMeaning(has, property.unit ?? '');
  if (has('closed')) return { kind: 'sense', sense: 'door', isInverted: true };
  const isGeneric = has('state', 'status', 'value', 'alarm', 'detected', 'active');
  const sense = senseNamed(own) ?? (isGeneric ? senseNamed(node) : null);
  // A contact that is true is closed; what is called open, a door or a window is open when it is true.
  if (sense !== null) return { kind: 'sense', sense, isInverted: has('contact') };
  const isButton = has('button', 'action', 'press') || wordsOf(node).includes('button');
  return isButton && property.datatype !== 'boolean' ? { kind: 'button' } : null;
}

function isNumber({ datatype, unit }: Property): boolean {
  return (
    datatype === 'float' || datatype === 'integer' || (datatype === undefined && unit !== undefined)
  );
}

/** What a number is called, and the units in which it is understood. */
const numbers: readonly { measure: Measure; words: readonly string[]; units: RegExp }[] = [
  { measure: 'temperature', words: ['temperature', 'temp'], units: /^(°\s*[CF]|K)$/ },
  { measure: 'humidity', words: ['humidity'], units: /^%$/ },
  { measure: 'battery', words: ['battery'], units: /^%$/ },
  { measure: 'rssi', words: ['rssi', 'signal'], units: /^dBm$/ },
  {
    measure: 'illuminance',
    words: ['illuminance', 'illumination', 'lux', 'light'],
    units: /^lu?x$/,
  },
  { measure: 'power', words: ['power', 'consumption'], units: /^[km]?W$/ },
];

function numberMeaning(has: (...some: readonly string[]) => boolean, unit: string): Meaning | null {
  const found = numbers.find(({ words, units }) => has(...words) && units.test(unit));
  if (found === undefined) return null;
  const { measure } = found;
  // How light it may be before a lamp goes on is a setting.
  const isLimit = has('limit', 'threshold', 'max', 'min', 'maximum', 'minimum', 'target');
  const isLife = measure === 'illuminance' || measure === 'power';
  return isLimit && isLife ? null : { kind: 'measure', measure };
}

/** What a device with such a property can tell. */
export function capabilitiesOf(meaning: Meaning | null): readonly EventType[] {
  switch (meaning?.kind) {
    case 'sense':
      return typesOf(meaning.sense);
    case 'measure':
      return [measureTypes[meaning.measure]];
    case 'button':
      return ['help.pressed'];
    case undefined:
      return [];
  }
}

const active = new Set(
  'open opened detected alarm alert leak leaking wet smoke fire motion occupied present active on yes 1 triggered pressed'.split(
    ' ',
  ),
);
const quiet = new Set(
  'closed close clear normal none ok idle dry vacant absent inactive off no 0 released undetected'.split(
    ' ',
  ),
);

/** Whether a value says that it is so; null when it says neither, and `format` does not tell which is which. */
function isActive(value: string, { format }: Property, isInverted: boolean): boolean | null {
  const text = value.trim().toLowerCase();
  if (text !== 'true' && text !== 'false') {
    if (active.has(text)) return true;
    return quiet.has(text) ? false : null;
  }
  // Homie 5 names false and true, in this order.
  const named = format?.toLowerCase().split(',')[text === 'true' ? 1 : 0] ?? '';
  if (active.has(named.trim())) return true;
  if (quiet.has(named.trim())) return false;
  return (text === 'true') !== isInverted;
}

/** Tells what a value of a property means; false when that is not known. */
export function readValue(
  draft: Draft,
  told: Told,
  {
    path,
    property,
    value,
    isButton,
  }: { path: string; property: Property; value: string; isButton: boolean },
): boolean {
  const meaning = meaningOf(path, property);
  switch (meaning?.kind) {
    case 'sense': {
      const state = isActive(value, property, meaning.isInverted);
      if (state === null) return false;
      if (property.isMomentary !== true) draft.state(told, meaning.sense, state, { part: path });
      else if (state) draft.tell(told, typesOf(meaning.sense)[0] ?? 'device.heartbeat');
      return true;
    }
    case 'measure':
      if (numberOf(value) === null) return false;
      tellMeasure(draft, told, meaning.measure, value, property.unit);
      return true;
    case 'button': {
      const press = pressNamed(value);
      if (press === 'end') return true;
      const isCall = press === 'call' || (press === 'press' && isButton);
      if (isCall) draft.tell(told, 'help.pressed');
      return isCall;
    }
    case undefined:
      return false;
  }
}
