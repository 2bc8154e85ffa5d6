import { z } from 'zod';

import type { EventType } from '../protocol/catalogue.ts';
import type { EntityConfig } from './homeassistant-config.ts';
import { setting } from './homeassistant-config.ts';
import { asText } from './homeassistant-template.ts';
import { type Fields, fieldsOf, listOf, numberOf } from './loose-json.ts';
import { type Measure, measures, measureTypes } from './measure.ts';
import { isSense, pressNamed, type Sense, senseNamed, typesOf, wordsOf } from './sense.ts';

const base = { template: z.string().optional(), part: z.string() };
const twoStates = { on: z.string(), off: z.string() };

/** What a message on a topic means for one entity. */
export const Role = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    ...twoStates,
    kind: z.literal('sense'),
    sense: z.custom<Sense>(isSense),
    againAfterMs: z.number().optional(),
  }),
  z.object({ ...base, ...twoStates, kind: z.literal('reachable') }),
  z.object({
    ...base,
    kind: z.literal('measure'),
    measure: z.enum(measures),
    unit: z.string().optional(),
  }),
  /** The payload, or what stands in it, is the name of an action. */
  z.object({ ...base, kind: z.literal('action') }),
  /** The message is the action, if it reads so. */
  z.object({
    ...base,
    kind: z.literal('trigger'),
    payload: z.string().optional(),
    name: z.string(),
  }),
  z.object({
    ...base,
    ...twoStates,
    kind: z.literal('available'),
    mode: z.enum(['all', 'any', 'latest']),
    among: z.number(),
  }),
  /** Has no meaning here, and shows that the device lives. */
  z.object({ ...base, kind: z.literal('other') }),
]);
export type Role = z.infer<typeof Role>;

/** What an entity adds to what its device is for. */
export type Nature = 'button' | 'aside' | 'other';

export interface Entity {
  topic: string | null;
  role: Role;
  nature: Nature;
}

const senseOf = new Map<string, Sense>([
  ['door', 'door'],
  ['window', 'door'],
  ['opening', 'door'],
  ['garage_door', 'door'],
  ['motion', 'motion'],
  ['occupancy', 'presence'],
  ['presence', 'presence'],
  ['moisture', 'water'],
  ['smoke', 'smoke'],
  ['carbon_monoxide', 'co'],
  ['tamper', 'tamper'],
  ['battery', 'batteryLow'],
  ['power', 'powerLost'],
]);

const measureOf = new Map<string, Measure>([
  ['battery', 'battery'],
  ['temperature', 'temperature'],
  ['humidity', 'humidity'],
  ['illuminance', 'illuminance'],
  ['power', 'power'],
]);

/** In which units a class is understood. */
const unitsOf: Partial<Record<Measure, readonly string[]>> = {
  humidity: ['%'],
  battery: ['%'],
  illuminance: ['lx'],
  power: ['W', 'kW', 'mW'],
};

/** What a state of this entity means. */
export function entityOf({ key, component, settings }: EntityConfig): Entity {
  const template = setting(settings, 'value_template');
  const named = { part: key, ...(template === undefined ? {} : { template }) };
  const topic = setting(settings, 'state_topic') ?? null;
  const other: Entity = { topic, role: { ...named, kind: 'other' }, nature: natureOf(settings) };
  switch (component) {
    case 'binary_sensor':
      return { ...other, ...binary(named, settings, other.nature) };
    case 'sensor':
      return { ...other, ...measured(named, settings, other.nature) };
    case 'event':
      return { ...other, ...event(named, settings) };
    case 'device_automation':
      return trigger(named, settings);
    case 'tag':
    case 'update':
    case 'button':
    case 'image':
      return { ...other, nature: 'aside' };
    default:
      return other;
  }
}

type Named = { template?: string; part: string };
type Meaning = Pick<Entity, 'role' | 'nature'> | null;

function natureOf(settings: Fields): Nature {
  return setting(settings, 'entity_category') === undefined ? 'other' : 'aside';
}

function binary(named: Named, settings: Fields, nature: Nature): Meaning {
  const deviceClass = setting(settings, 'device_class');
  const on = printed(settings['payload_on'], 'ON');
  const off = printed(settings['payload_off'], 'OFF');
  if (deviceClass === 'connectivity') {
    return { role: { ...named, kind: 'reachable', on, off }, nature: 'aside' };
  }
  const sense = binarySense(deviceClass, named.part, settings);
  if (sense === null) return null;
  const delay = numberOf(settings['off_delay']);
  const again = delay === null || delay <= 0 ? {} : { againAfterMs: Math.round(delay * 1_000) };
  // Power that is there is the quiet of power that is lost.
  const states = sense === 'powerLost' ? { on: off, off: on } : { on, off };
  const role: Role = { ...named, kind: 'sense', sense, ...states, ...again };
  return { role, nature: sense === 'help' ? 'button' : asideOr(nature, sense) };
}

function asideOr(nature: Nature, sense: Sense): Nature {
  return sense === 'batteryLow' || sense === 'tamper' ? 'aside' : nature;
}

function binarySense(deviceClass: string | undefined, key: string, settings: Fields): Sense | null {
  if (deviceClass !== undefined && senseOf.has(deviceClass))
    return senseOf.get(deviceClass) ?? null;
  if (deviceClass !== undefined && !['safety', 'problem'].includes(deviceClass)) return null;
  // Only a call for help is known by its name: what else is called `door` may be its lock or its light.
  const sensed = [key, ...names(settings)].map(senseNamed);
  return sensed.find((sense) => sense === 'help' || sense === 'fall') ?? null;
}

function names(settings: Fields): readonly string[] {
  return ['object_id', 'unique_id', 'name'].flatMap((name) => setting(settings, name) ?? []);
}

function measured(named: Named, settings: Fields, nature: Nature): Meaning {
  const unit = setting(settings, 'unit_of_measurement');
  const measure = measureIn(setting(settings, 'device_class'), unit);
  if (measure !== null) {
    const role: Role = {
      ...named,
      kind: 'measure',
      measure,
      ...(unit === undefined ? {} : { unit }),
    };
    const isAside = ['battery', 'rssi', 'lqi'].includes(measure);
    return { role, nature: isAside ? 'aside' : nature };
  }
  const isAction = [named.part, ...names(settings)].some((name) =>
    ['action', 'click'].includes(wordsOf(name).at(-1) ?? ''),
  );
  return isAction && unit === undefined
    ? { role: { ...named, kind: 'action' }, nature: 'button' }
    : null;
}

function measureIn(deviceClass: string | undefined, unit: string | undefined): Measure | null {
  if (unit?.toLowerCase() === 'lqi') return 'lqi';
  if (deviceClass === 'signal_strength') return unit === 'dBm' ? 'rssi' : null;
  const measure = measureOf.get(deviceClass ?? '') ?? null;
  if (measure === null) return null;
  const units = unitsOf[measure];
  return units === undefined || units.includes(unit ?? '') ? measure : null;
}

function event(named: Named, settings: Fields): Meaning {
  const deviceClass = setting(settings, 'device_class');
  if (deviceClass === 'doorbell' || deviceClass === 'motion') return null;
  return { role: { ...named, kind: 'action' }, nature: 'button' };
}

function trigger(named: Named, settings: Fields): Entity {
  const name = `${setting(settings, 'subtype') ?? ''} ${setting(settings, 'type') ?? ''}`;
  const payload = settings['payload'];
  const expected = payload === undefined ? {} : { payload: asText(payload) };
  const words = `${name} ${expected.payload ?? ''}`;
  return {
    topic: setting(settings, 'topic') ?? null,
    role: { ...named, kind: 'trigger', name: words.slice(0, 200), ...expected },
    nature: pressNamed(words) === null ? 'aside' : 'button',
  };
}

/** Where it says whether the device can be reached, and what that means. */
export function availabilityOf({
  settings,
}: EntityConfig): readonly { topic: string; role: Role }[] {
  const single = setting(settings, 'availability_topic');
  const items =
    single === undefined
      ? listOf(settings['availability']).map(fieldsOf)
      : [{ ...settings, topic: single, value_template: settings['availability_template'] }];
  const mode = settings['availability_mode'];
  return items.flatMap((item) => {
    const topic = setting(item ?? {}, 'topic');
    if (item === null || topic === undefined) return [];
    const template = setting(item, 'value_template');
    const role: Role = {
      part: topic,
      kind: 'available',
      on: printed(item['payload_available'], 'online'),
      off: printed(item['payload_not_available'], 'offline'),
      mode: mode === 'all' || mode === 'any' ? mode : 'latest',
      among: items.length,
      ...(template === undefined ? {} : { template }),
    };
    return [{ topic, role }];
  });
}

function printed(value: unknown, usual: string): string {
  return value === undefined ? usual : asText(value).slice(0, 200);
}

/** What a device with this entity can tell. */
export function capabilitiesOf(role: Role): readonly EventType[] {
  if (role.kind === 'sense') return typesOf(role.sense);
  return role.kind === 'measure' ? [measureTypes[role.measure]] : [];
}
