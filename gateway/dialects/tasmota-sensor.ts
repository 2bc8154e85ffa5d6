import type { EventType } from '../protocol/catalogue.ts';
import { macOf } from './address.ts';
import type { Draft, Told } from './draft.ts';
import { exampleOf, field, fieldsOf, type Fields, numberOf } from './loose-json.ts';
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
    const fields = fieldsOf(value);
    if (name === 'ENERGY') capabilities.push(...readEnergy(draft, told, fields));
    if (about.test(name) || inside.test(name)) continue;
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
  ['Illuminance', 'illuminance'],
];

function readClimate(draft: Draft, told: Told, fields: Fields, unit: string): readonly EventType[] {
  const present = climate.filter(([name]) => fields[name] !== undefined);
  for (const [name, measure] of present) tellMeasure(draft, told, measure, fields[name], unit);
  return present.map(([, measure]) => measureTypes[measure]);
}

/** What everything plugged into it draws together: one number for each of its outlets. */
function readEnergy(draft: Draft, told: Told, fields: Fields | null): readonly EventType[] {
  const said = field(fields, 'Power');
  if (said === undefined || said === null) return [];
  const outlets = Array.isArray(said) ? said.slice(0, 16).map(numberOf) : [numberOf(said)];
  const isKnown = outlets.length > 0 && !outlets.includes(null);
  const watts = outlets.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  tellMeasure(draft, told, 'power', isKnown ? watts : exampleOf(said));
  return [measureTypes.power];
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
