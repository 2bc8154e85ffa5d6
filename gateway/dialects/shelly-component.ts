import type { Json } from '../domain/dialect.ts';
import type { EventType } from '../protocol/catalogue.ts';
import { memoryKey } from './address.ts';
import type { Draft, Told } from './draft.ts';
import { type Fields, field, fieldsOf, listOf, numberOf } from './loose-json.ts';
import { type Measure, measureTypes, tellMeasure } from './measure.ts';
import { type Sense, typesOf } from './sense.ts';

/** The words of a component's status that say whether it senses something, the first that is there. */
const senseFields: ReadonlyMap<string, { sense: Sense; fields: readonly string[] }> = new Map([
  ['flood', { sense: 'water', fields: ['alarm'] }],
  ['smoke', { sense: 'smoke', fields: ['alarm'] }],
  ['presence', { sense: 'presence', fields: ['value', 'state', 'presence', 'occupancy'] }],
  ['presencezone', { sense: 'presence', fields: ['value', 'state', 'presence', 'occupancy'] }],
  ['occupancy', { sense: 'presence', fields: ['value', 'state', 'occupancy'] }],
  ['motion', { sense: 'motion', fields: ['value', 'state', 'motion'] }],
]);

const measureFields: ReadonlyMap<string, { measure: Measure; field: string }> = new Map([
  ['temperature', { measure: 'temperature', field: 'tC' }],
  ['humidity', { measure: 'humidity', field: 'rh' }],
  ['wifi', { measure: 'rssi', field: 'rssi' }],
  ['illuminance', { measure: 'illuminance', field: 'lux' }],
]);

/** What may meter, and where it says what is drawn now. */
const powerField = /^(?:(?:switch|pm1|light|cover|rgb|rgbw|cct):\d|(em1):\d|(em):\d)$/;

/** `flood` of `flood:0`. */
export function kindOf(component: string): string {
  return component.split(':', 1)[0] ?? component;
}

/** Reads the status of a component, of which what has not changed may be missing; gives what its device can tell. */
export function readComponent(
  draft: Draft,
  told: Told,
  component: string,
  status: Fields,
): readonly EventType[] {
  const kind = kindOf(component);
  for (const error of listOf(status['errors']))
    draft.puzzled(`${component} errors`, error, told.source);
  const sensed = senseFields.get(kind);
  if (sensed !== undefined) {
    const value = sensed.fields.map((name) => field(status, name)).find((one) => one !== undefined);
    if (typeof value === 'boolean') draft.state(told, sensed.sense, value, { part: component });
    else if (value !== undefined && value !== null) draft.puzzled(component, value, told.source);
    return typesOf(sensed.sense);
  }
  const measured = measureFields.get(kind);
  if (measured !== undefined) {
    tellMeasure(draft, marked(told, component), measured.measure, field(status, measured.field));
    return [measureTypes[measured.measure]];
  }
  if (powerField.test(component)) return readDraw(draft, told, component, status);
  if (kind === 'devicepower') return readPower(draft, told, status);
  if (kind === 'input' && typeof status['state'] === 'boolean') {
    draft.puzzled('input', status['state'], told.source);
  }
  return [];
}

/** What all its outputs draw together; of what has not changed, and of an output that meters nothing, nothing is said. */
function readDraw(
  draft: Draft,
  told: Told,
  component: string,
  status: Fields,
): readonly EventType[] {
  const [, single, whole] = powerField.exec(component) ?? [];
  const name =
    whole === undefined ? (single === undefined ? 'apower' : 'act_power') : 'total_act_power';
  const said = status[name];
  if (said === undefined || said === null) return [];
  const watts = numberOf(said);
  if (watts === null) {
    draft.puzzled(component, said, told.source);
    return [measureTypes.power];
  }
  const key = memoryKey('draw', told.source);
  const before = fieldsOf(draft.recall(key));
  const draws = { ...before, [component]: watts };
  if (before?.[component] !== watts) draft.remember(key, draws as Json);
  const all = Object.values(draws).reduce<number>((sum, one) => sum + (numberOf(one) ?? 0), 0);
  tellMeasure(draft, marked(told, component), 'power', all);
  return [measureTypes.power];
}

function readPower(draft: Draft, told: Told, status: Fields): readonly EventType[] {
  const battery = fieldsOf(status['battery']);
  tellMeasure(draft, told, 'battery', field(battery, 'percent'));
  const isPresent = field(status, 'external', 'present');
  if (typeof isPresent === 'boolean') {
    // One that runs on its battery has lost nothing.
    draft.state(told, 'powerLost', !isPresent, { silentAtFirst: true });
  }
  return ['battery.measured', ...(isPresent === undefined ? [] : typesOf('powerLost'))];
}

function marked(told: Told, component: string): Told {
  return told.mark === undefined ? told : { ...told, mark: `${told.mark} ${component}` };
}

const gestures = new Map<unknown, string>([
  [1, 'single'],
  [2, 'double'],
  [3, 'triple'],
  [4, 'long'],
  [254, 'hold'],
  [128, 'hold'],
]);

/**
 * Reads what a script on a Shelly passes on of a Bluetooth device, named by its own address; gives what that device can
 * tell.
 */
export function readBeacon(draft: Draft, told: Told, data: Fields): readonly EventType[] {
  const types: EventType[] = [];
  for (const [name, sense] of [
    ['window', 'door'],
    ['motion', 'motion'],
    ['moisture', 'water'],
  ] as const) {
    const value = data[name];
    const isActive = typeof value === 'boolean' ? value : numberOf(value);
    if (isActive === null || value === undefined) continue;
    if (typeof isActive === 'boolean' || isActive === 0 || isActive === 1) {
      draft.state(told, sense, Boolean(isActive), { part: name });
      types.push(...typesOf(sense));
    }
  }
  for (const measure of ['temperature', 'humidity', 'illuminance', 'battery', 'rssi'] as const) {
    if (data[measure] === undefined) continue;
    tellMeasure(draft, told, measure, data[measure]);
    types.push(measureTypes[measure]);
  }
  if (data['button'] !== undefined) types.push('help.pressed');
  if (
    listOf(data['button'])
      .concat(data['button'])
      .some((one) => gestures.has(one))
  ) {
    draft.tell(told, 'help.pressed');
  }
  return types;
}
