import type { Json } from '../domain/dialect.ts';
import type { EventType } from '../protocol/catalogue.ts';
import { fallOf } from './decoded-field.ts';
import { type Fields, fieldsOf, listOf, textOf } from './loose-json.ts';
import { pressNamed, type Sense, typesOf } from './sense.ts';

/** What zigbee2mqtt calls a property that is so or not so, and what we sense by it. */
const flagNames = new Map<string, Sense>(
  Object.entries({
    contact: 'door',
    occupancy: 'motion',
    motion: 'motion',
    vibration: 'motion',
    presence: 'presence',
    water_leak: 'water',
    leak: 'water',
    moisture: 'water',
    smoke: 'smoke',
    carbon_monoxide: 'co',
    tamper: 'tamper',
    battery_low: 'batteryLow',
    test: 'test',
    sos: 'help',
    panic: 'help',
    emergency: 'help',
  } satisfies Record<string, Sense>),
);

const measureTypes = new Map<string, EventType>([
  ['battery', 'battery.measured'],
  ['linkquality', 'link.measured'],
  ['temperature', 'temperature.measured'],
  ['local_temperature', 'temperature.measured'],
  ['humidity', 'humidity.measured'],
  ['illuminance', 'illuminance.measured'],
  ['illuminance_lux', 'illuminance.measured'],
  ['power', 'power.measured'],
]);

/** A property that is so or not so: what is sensed by it, and the values that mean that it is and is not. */
export interface Flag {
  sense: Sense;
  on: Json;
  /** Null: whatever is not `on`. */
  off: Json;
}

/** What a definition's `exposes` say that a message does not. */
export interface Exposed {
  capabilities: ReadonlySet<EventType>;
  /** By property; null for one that is no flag, whatever its name. */
  flags: ReadonlyMap<string, Flag | null>;
  /** Properties that tell falls in words. */
  falls: readonly string[];
  /** It is a button and nothing else: whoever presses it, however, calls for help. */
  isButton: boolean;
  hasBattery: boolean;
  /** It switches or meters something that is plugged into it. */
  isPlug: boolean;
}

/** How a flag reads that nobody has described; null for properties that are none. */
export function usualFlag(property: string): Flag | null {
  const sense = flagNames.get(property);
  // `contact: true` is a door that is closed.
  const on = sense !== 'door';
  return sense === undefined ? null : { sense, on, off: !on };
}

const fallName = /^(fall|tumble)(_down)?(_status|_state|_alarm|_detected|_event)?$/;

/** Whether a property that nobody has described tells falls, rather than how they are looked for. */
export function isFallName(property: string): boolean {
  return fallName.test(property);
}

/** Reads a definition's `exposes`, whatever they are. */
export function readExposes(exposes: unknown): Exposed {
  const read = flatten(exposes);
  const told = read.map((one) => ({ ...one, flag: flagOf(one), isFall: tellsFalls(one) }));
  const capabilities = new Set(told.flatMap(typesTold));
  const words = read.filter(({ name }) => name === 'action').flatMap(({ values }) => values);
  const isButton = isOnlyPressed(words, capabilities);
  if (isButton || words.some((word) => pressNamed(word) === 'call')) {
    capabilities.add('help.pressed');
  }
  const has = (name: string): boolean => read.some((one) => one.name === name);
  const isFlag = ({ flag, property }: Told): boolean =>
    flag !== null || usualFlag(property) !== null;
  return {
    capabilities,
    flags: new Map(told.filter(isFlag).map(({ property, flag }) => [property, flag])),
    falls: told.filter(({ isFall }) => isFall).map(({ property }) => property),
    isButton,
    hasBattery: has('battery') || has('battery_low'),
    isPlug: has('power') || listOf(exposes).some((one) => fieldsOf(one)?.['type'] === 'switch'),
  };
}

interface Told extends Expose {
  flag: Flag | null;
  isFall: boolean;
}

function typesTold({ name, type, values, flag, isFall }: Told): readonly EventType[] {
  if (flag !== null) return typesOf(flag.sense);
  if (isFall) {
    const isGraded = values.some((word) => fallOf(word) === 'maybe');
    return isGraded ? ['fall.detected', 'fall.suspected'] : ['fall.detected'];
  }
  const measured = type === 'numeric' ? measureTypes.get(name) : undefined;
  return measured === undefined ? [] : [measured];
}

interface Expose {
  type: string;
  name: string;
  property: string;
  values: readonly string[];
  on: Json | undefined;
  off: Json | undefined;
  /** It can be set, so that it is how the device is to behave and not what it senses. */
  isSetting: boolean;
}

const maxExposes = 400;

/** All that is published, also what stands within a switch, a lock or a light; settings are kept as such. */
function flatten(exposes: unknown): readonly Expose[] {
  const flat: Expose[] = [];
  const waiting = listOf(exposes).slice(0, maxExposes);
  for (let seen = 0; seen < maxExposes; seen += 1) {
    const fields = fieldsOf(waiting.shift());
    if (fields === null && waiting.length === 0) break;
    if (fields === null) continue;
    if (isPublished(fields)) flat.push(exposeOf(fields));
    waiting.push(...listOf(fields['features']).slice(0, maxExposes));
  }
  return flat;
}

function isPublished({ access, property }: Fields): boolean {
  if (typeof property !== 'string' || property.length > 80) return false;
  return typeof access !== 'number' || (access & 1) === 1;
}

function exposeOf(fields: Fields): Expose {
  const text = (name: string): string => textOf(fields[name], 80) ?? '';
  const { access, values, value_on: on, value_off: off }: Record<string, unknown> = fields;
  return {
    type: text('type'),
    name: text('name') === '' ? text('property') : text('name'),
    property: text('property'),
    values: listOf(values).slice(0, 100).filter(isScalar).map(String),
    on: isScalar(on) ? on : undefined,
    off: isScalar(off) ? off : undefined,
    isSetting: typeof access === 'number' && (access & 2) === 2,
  };
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function flagOf({ type, name, isSetting, on, off }: Expose): Flag | null {
  // Gas that is metered goes by the same name as gas that leaks.
  const usual = name === 'gas' ? ({ sense: 'co', on: true, off: false } as const) : usualFlag(name);
  if (type !== 'binary' || isSetting || usual === null) return null;
  return on === undefined ? usual : { sense: usual.sense, on, off: off ?? null };
}

function tellsFalls({ type, name, isSetting, values }: Expose): boolean {
  if (isSetting || !/fall|tumble/.test(name)) return false;
  return type === 'binary' || values.some((word) => fallOf(word) === 'confirmed');
}

/** Words of a button that say how it was pressed, and nothing of what it is to do. */
const pressWord =
  /^((button|key|left|right|both|center|initial|short|long|single|double|triple|quadruple|quintuple|many|tripple|press|pressed|push|click|hold|release|released|\d+)(_|$))+$/;

/** Whether each of its actions is a press or the end of one, and it senses nothing in the home. */
function isOnlyPressed(words: readonly string[], capabilities: ReadonlySet<EventType>): boolean {
  const known = words.filter((word) => word !== '' && word !== 'off' && word !== 'null');
  const isAbout = [...capabilities].every((type) => !/^(door|motion|presence|fall)\./.test(type));
  const isPressed = (word: string): boolean => ['press', 'call'].includes(pressNamed(word) ?? '');
  return (
    isAbout &&
    known.some(isPressed) &&
    known.every((word) => pressWord.test(word) || pressNamed(word) === 'call')
  );
}
