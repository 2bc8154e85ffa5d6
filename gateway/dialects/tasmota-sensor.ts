import type { EventType } from '../protocol/catalogue.ts';
import { macOf } from './address.ts';
import type { Draft, Told } from './draft.ts';
import { field, fieldsOf, type Fields } from './loose-json.ts';
import { type Measure, measureTypes, tellMeasure } from './measure.ts';
import { pressNamed, senseNamed, typesOf } from './sense.ts';

/** What a Tasmota has of its own, and what it heard from others by their hardware address. */
export interface Sensed {
  capabilities: readonly EventType[];
  neighbours: ReadonlyMap<string, { label: string; capabilities: readonly EventType[] }>;
}

/** The chip's own temperature and the like say nothing of the room. */
const inside = /^(ESP32|ANALOG|AXP\d*|ENERGY|INA\d|SHELLY|Global)/i;

const about =
  /^(Time|TempUnit|SpeedUnit|PressureUnit|Epoch|Heap|Vcc|Zb.*|POWER\d*|Uptime.*|Wifi|Dimmer|Hostname)$/;

/** Reads the sensors of a `SENSOR`, `STATE` or `RESULT` message. */
export function readSensors(draft: Draft, told: Told, message: Fields, isButton: boolean): Sensed {
  const unit = message['TempUnit'] === 'F' ? '°F' : '°C';
  const capabilities: EventType[] = [];
  const neighbours = new Map<string, { label: string; capabilities: readonly EventType[] }>();
  for (const [name, value] of Object.entries(message).slice(0, 200)) {
    if (about.test(name) || inside.test(name)) continue;
    const fields = fieldsOf(value);
    const neighbour = macOf(field(fields, 'mac'));
    if (fields !== null && neighbour !== null) {
      const other = { ...told, source: neighbour };
      draft.heard(other);
      const can = readClimate(draft, other, fields, unit);
      neighbours.set(neighbour, { label: name.slice(0, 80), capabilities: can });
    } else if (fields !== null && field(fields, 'Action') === undefined) {
      capabilities.push(...readClimate(draft, told, fields, unit));
    } else {
      capabilities.push(
        ...readSwitch(draft, told, name, field(fields, 'Action') ?? value, isButton),
      );
    }
  }
  return { capabilities, neighbours };
}

const climate: readonly (readonly [string, Measure])[] = [
  ['Temperature', 'temperature'],
  ['Humidity', 'humidity'],
  ['Battery', 'battery'],
  ['RSSI', 'rssi'],
];

function readClimate(draft: Draft, told: Told, fields: Fields, unit: string): readonly EventType[] {
  const present = climate.filter(([name]) => fields[name] !== undefined);
  for (const [name, measure] of present) tellMeasure(draft, told, measure, fields[name], unit);
  return present.map(([, measure]) => measureTypes[measure]);
}

/**
 * A switch that its owner has named after what is connected to it, such as `SwitchText1 door`; a bare `Switch1` could be
 * anything.
 */
function readSwitch(
  draft: Draft,
  told: Told,
  name: string,
  value: unknown,
  isButton: boolean,
): readonly EventType[] {
  if (typeof value !== 'string') return [];
  if (/^Button\d*$/.test(name)) return readPress(draft, told, name, value, isButton);
  const state = value.toUpperCase();
  const sense = senseNamed(name);
  if (sense !== null && (state === 'ON' || state === 'OFF')) {
    draft.state(told, sense, state === 'ON', { part: name.slice(0, 80) });
    return typesOf(sense);
  }
  // What else is text answers a command.
  const isState = /^(Switch|Button)\d*$/.test(name) || state === 'ON' || state === 'OFF';
  if (isState) draft.puzzled(name, value, told.source);
  return [];
}

function readPress(
  draft: Draft,
  told: Told,
  name: string,
  action: string,
  isButton: boolean,
): readonly EventType[] {
  const press = pressNamed(action);
  if (press === 'end') return [];
  if (press === null || !isButton) {
    draft.puzzled(name, action, told.source);
    return [];
  }
  draft.tell(told, 'help.pressed');
  return ['help.pressed'];
}
