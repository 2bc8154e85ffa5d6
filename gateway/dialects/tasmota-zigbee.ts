import type { EventType } from '../protocol/catalogue.ts';
import { glimpse } from './acquaintance.ts';
import { addressOf, memoryKey } from './address.ts';
import type { Draft, Told } from './draft.ts';
import { type Fields, field, fieldsOf, numberOf, textOf } from './loose-json.ts';
import { type Measure, measureTypes, tellMeasure } from './measure.ts';
import { type Sense, senseNamed, typesOf } from './sense.ts';

const short = /^0x[0-9a-f]{4}$/i;
const long = /^0x[0-9a-f]{16}$/i;

/** Reads what a Tasmota says of the Zigbee devices behind it; `base` is its topic. */
export function readZigbee(draft: Draft, base: string, message: Fields, time: number | null): void {
  for (const [name, value] of Object.entries(message)) {
    if (name === 'ZbReceived') {
      for (const [key, fields] of devicesIn(value)) readReport(draft, base, key, fields, time);
    } else if (/^Zb(Info|State|Status\d?)$/.test(name)) {
      for (const [, fields] of devicesIn(value)) introduce(draft, base, fields);
    }
  }
}

/** The devices of a message: by key, in a list, or one by itself. */
function devicesIn(value: unknown): readonly (readonly [string, Fields])[] {
  const fields = fieldsOf(value);
  if (typeof field(fields, 'Device') === 'string' || field(fields, 'IEEEAddr') !== undefined) {
    return fields === null ? [] : [['', fields]];
  }
  const all = Array.isArray(value) ? value.entries() : Object.entries(fields ?? {});
  return [...all].slice(0, 100).flatMap(([key, one]) => {
    const device = fieldsOf(one);
    return device === null ? [] : [[String(key), device] as const];
  });
}

/** A short address may be another device's on another coordinator of the same home. */
function shortAddress(draft: Draft, base: string, text: string): string {
  const owner = memoryKey('owner', text);
  const first = draft.recall(owner) ?? base;
  if (first !== base) return addressOf(`${text}@${base}`) ?? text;
  draft.remember(owner, base);
  return text;
}

function addressIn(draft: Draft, base: string, key: string, fields: Fields): string | null {
  const ieee = textOf(fields['IEEEAddr'], 40);
  if (ieee !== null && long.test(ieee)) return ieee.toLowerCase();
  const told = [fields['Device'], fields['ShortAddr'], key].find(
    (one) => typeof one === 'string' && short.test(one),
  );
  if (typeof told !== 'string') return null;
  const known = draft.recall(memoryKey('ieee', base, told.toLowerCase()));
  const isKnown = typeof known === 'string' && known !== '';
  return isKnown ? known : shortAddress(draft, base, told.toLowerCase());
}

/** A device's own address, model and maker. */
function introduce(draft: Draft, base: string, fields: Fields): void {
  const address = addressIn(draft, base, '', fields);
  const told = textOf(fields['Device'] ?? fields['ShortAddr'], 20)?.toLowerCase();
  if (address === null) return;
  let formerly: string | undefined;
  if (long.test(address) && told !== undefined && short.test(told)) {
    const key = memoryKey('ieee', base, told);
    const makeshift = shortAddress(draft, base, told);
    if (draft.recall(key) !== address) draft.remember(key, address);
    if (draft.recall(`about ${makeshift}`) !== undefined) formerly = makeshift;
  }
  const model = textOf(fields['ModelId'], 80);
  glimpse(draft, {
    dialect: 'tasmota',
    address,
    label: textOf(fields['Name'], 80) ?? model,
    vendor: textOf(fields['Manufacturer'], 80),
    model,
    ...(formerly === undefined ? {} : { formerly }),
  });
}

const stateFields: readonly (readonly [string, Sense])[] = [
  ['Contact', 'door'],
  ['Occupancy', 'motion'],
  ['Movement', 'motion'],
  ['Water', 'water'],
  ['Fire', 'smoke'],
  ['CO', 'co'],
  ['Panic', 'help'],
  ['PersonalAlarm', 'help'],
];

const measureFields: readonly (readonly [string, Measure])[] = [
  ['Temperature', 'temperature'],
  ['Humidity', 'humidity'],
  ['BatteryPercentage', 'battery'],
  ['Battery', 'battery'],
  ['LinkQuality', 'lqi'],
];

const aside =
  /^(Device|Name|Endpoint|Group|LinkQuality|Voltage|BatteryVoltage|Pressure.*|SeaPressure|Illuminance|ModelId|Manufacturer|ZoneStatus.*|Temperature|Humidity|Battery.*|0500[<!]00)$/;

function readReport(
  draft: Draft,
  base: string,
  key: string,
  fields: Fields,
  time: number | null,
): void {
  const source = addressIn(draft, base, key, fields);
  if (source === null) {
    draft.puzzled('ZbReceived', key);
    return;
  }
  const told = { source, time };
  draft.heard(told);
  const model = textOf(field(draft.recall(`about ${source}`), 'model'), 80);
  const can = [
    ...readMeasures(draft, told, fields),
    ...readStates(draft, told, fields),
    ...readZone(draft, told, fields, model),
    ...readPower(draft, told, fields, model),
  ];
  const name = textOf(fields['Name'], 80) ?? (short.test(key) ? null : textOf(key, 80));
  glimpse(draft, {
    dialect: 'tasmota',
    address: source,
    label: name,
    model: textOf(fields['ModelId'], 80),
    vendor: textOf(fields['Manufacturer'], 80),
    capabilities: can,
  });
}

function readMeasures(draft: Draft, told: Told, fields: Fields): readonly EventType[] {
  const hasPercent = fields['BatteryPercentage'] !== undefined;
  return measureFields.flatMap(([name, measure]) => {
    if (fields[name] === undefined || (name === 'Battery' && hasPercent)) return [];
    tellMeasure(draft, told, measure, fields[name]);
    return [measureTypes[measure]];
  });
}

function truthOf(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const number = numberOf(value);
  return number === 0 || number === 1 ? number === 1 : null;
}

const testBit = 0x100;

function readStates(draft: Draft, told: Told, fields: Fields): readonly EventType[] {
  const isTest = ((zoneOf(fields) ?? 0) & testBit) !== 0;
  return stateFields.flatMap(([name, sense]) => {
    const value = fields[name];
    if (value === undefined || value === null) return [];
    const isActive = truthOf(value);
    if (isActive === null) draft.puzzled(name, value, told.source);
    // An alarm that is being tried out is no alarm.
    else if (isTest) draft.state(told, 'test', isActive);
    else draft.state(told, sense, isActive, { part: name });
    return typesOf(sense);
  });
}

/** Status bits of the IAS Zone cluster (Zigbee Cluster Library 8.2): as a number, or as the bytes that came. */
function zoneOf(fields: Fields): number | null {
  const number = numberOf(fields['ZoneStatusChange']) ?? numberOf(fields['ZoneStatus']);
  if (number !== null) return Math.trunc(number);
  const raw = textOf(fields['0500<00'] ?? fields['0500!00'], 40);
  if (raw === null || !/^[0-9a-f]{4}/i.test(raw)) return null;
  return Number.parseInt(raw.slice(2, 4) + raw.slice(0, 2), 16);
}

function readZone(
  draft: Draft,
  told: Told,
  fields: Fields,
  model: string | null,
): readonly EventType[] {
  const zone = zoneOf(fields);
  if (zone === null) return [];
  draft.state(told, 'tamper', (zone & 4) !== 0);
  draft.state(told, 'batteryLow', (zone & 8) !== 0);
  if (stateFields.some(([name]) => fields[name] !== undefined)) return ['tamper.detected'];
  const sense = modelSense(model);
  const isAlarm = (zone & 3) !== 0;
  if (sense === null) {
    if (isAlarm) draft.puzzled('ZoneStatus', zone, told.source);
    return [];
  }
  draft.state(told, (zone & testBit) === 0 ? sense : 'test', isAlarm, { part: 'zone' });
  return typesOf(sense);
}

/** What a model's name says it senses, such as `lumi.sensor_wleak.aq1`. */
function modelSense(model: string | null): Sense | null {
  const name = model?.toLowerCase() ?? '';
  if (/leak|water|flood/.test(name)) return 'water';
  if (/smoke|fire/.test(name)) return 'smoke';
  if (/magnet|contact|door|window/.test(name)) return 'door';
  return /motion|pir/.test(name) ? 'motion' : senseNamed(name);
}

/** Some contacts report themselves as a switch that is on; of anything else it is a lamp, a plug or a remote control. */
function readPower(
  draft: Draft,
  told: Told,
  fields: Fields,
  model: string | null,
): readonly EventType[] {
  const power = fields['Power'];
  const isOpen = truthOf(power);
  if (power !== undefined && modelSense(model) === 'door' && isOpen !== null) {
    draft.state(told, 'door', isOpen, { part: 'Power' });
    return typesOf('door');
  }
  const known = stateFields.map(([name]) => name);
  const unknown = Object.keys(fields).find((name) => !aside.test(name) && !known.includes(name));
  if (unknown !== undefined) draft.puzzled(unknown, fields[unknown], told.source);
  return [];
}
