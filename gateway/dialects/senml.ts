import type {
  Dialect,
  Interpretation,
  Json,
  Memory,
  NotUnderstood,
  Reading,
  Said,
} from '../domain/dialect.ts';
import { catalogue, type EventType } from '../protocol/catalogue.ts';
import { addressOf, memoryKey } from './address.ts';
import { readAspect, type States } from './decoded-aspect.ts';
import { aspectOf, plainName } from './decoded-field.ts';
import { eventId } from './event-id.ts';
import { exampleOf, fieldsOf, parseJson } from './loose-json.ts';
import { lorawanModel } from './lorawan-model.ts';
import { type SenmlRecord, resolveSenml } from './senml-record.ts';

/** Sensor Measurement Lists in JSON (RFC 8428); the address is the part of a name that all its records share. */
export const senml: Dialect = {
  name: 'senml',
  speaks: (rest) => rest === 'senml' || rest.startsWith('senml/'),
  read,
};

function read(said: Said, memory: Memory): Interpretation {
  const pack = resolveSenml(parseJson(said.payload), said.receivedAt);
  if (typeof pack === 'string') return { readings: [], refused: [pack] };
  const devices = Map.groupBy(pack, ({ name }) => partsOf(name).address);
  const told = [...devices].map(([address, records]) => readOne(address, records, memory));
  return {
    readings: told.flatMap(({ readings }) => readings),
    refused: [],
    found: told.flatMap(({ found }) => found),
    notUnderstood: told.flatMap(({ notUnderstood }) => notUnderstood).slice(0, 20),
    remember: new Map(told.flatMap(({ remember }) => remember)),
  };
}

/** `urn:dev:mac:0024befffe804ff1:door` and `urn:dev:mac:0024befffe804ff1/door` are the door of one device. */
function partsOf(name: string): { address: string; what: string } {
  const urn = /^(urn:dev:[^:/_]+:[^:/_]+)[:/_]?(.*)$/i.exec(name);
  if (urn !== null) return { address: addressOf(urn[1]) ?? '', what: urn[2] ?? '' };
  const at = Math.max(name.lastIndexOf('/'), name.lastIndexOf(':'));
  if (at > 0) return { address: addressOf(name.slice(0, at)) ?? '', what: name.slice(at + 1) };
  // One word is what is measured, by the sender itself.
  return { address: '', what: name };
}

interface Told {
  readings: readonly Reading[];
  found: readonly { address: string; label: string; vendor: null; model: null; profile: null }[];
  notUnderstood: readonly NotUnderstood[];
  remember: readonly (readonly [string, Json])[];
}

function readOne(address: string, records: readonly SenmlRecord[], memory: Memory): Told {
  const key = memoryKey('device', address);
  const before = memory.get(key);
  const states = statesOf(before);
  const source = address === '' ? {} : { source: address };
  const readings: Reading[] = [];
  const notUnderstood: NotUnderstood[] = [];
  const inOrder = records.toSorted((a, b) => a.at - b.at);
  for (const record of inOrder) {
    const { what } = partsOf(record.name);
    const facts = factsOf(record, what, states);
    if (facts === null) {
      const example = `${exampleOf(record.value)} ${record.unit ?? ''}`.trim().slice(0, 200);
      notUnderstood.push({ ...source, what: exampleOf(what).slice(0, 100), example });
    }
    for (const { type, data } of facts ?? []) {
      readings.push({ ...idAndTime(record, address, `${what} ${type}`), type, data, ...source });
    }
  }
  const last = inOrder.at(-1);
  if (readings.length === 0 && last !== undefined) {
    const about = idAndTime(last, address, 'heartbeat');
    readings.push({ ...about, type: 'device.heartbeat', data: {}, ...source });
  }
  const isNew = before === undefined && address !== '';
  return {
    readings,
    found: isNew ? [{ address, label: address, vendor: null, model: null, profile: null }] : [],
    notUnderstood,
    remember: [[key, Object.fromEntries(states)]],
  };
}

function statesOf(remembered: Json | undefined): States {
  const states = Object.entries(fieldsOf(remembered) ?? {});
  return new Map(states.flatMap(([name, so]) => (typeof so === 'boolean' ? [[name, so]] : [])));
}

function idAndTime(
  { at, value, isTimed, isAbsolute }: SenmlRecord,
  address: string,
  what: string,
): Pick<Reading, 'id' | 'time'> {
  const id = isAbsolute ? eventId(address, what, at, String(value)) : null;
  return { id, time: isTimed ? at : null };
}

type Fact = Pick<Reading, 'type' | 'data'>;
const anyModel = lorawanModel([]);

/** What a record says, by its unit if that tells, else by its name; null when neither does. */
function factsOf(
  { value, unit }: SenmlRecord,
  what: string,
  states: States,
): readonly Fact[] | null {
  const measured = unit === null ? undefined : units.get(unit);
  if (measured !== undefined) {
    if (typeof value !== 'number') return null;
    const { type, of, scale } = measured;
    const data = { [of]: value * scale };
    return catalogue[type].data.safeParse(data).success ? [{ type, data }] : null;
  }
  const name = plainName(what.split(/[/:]/).at(-1) ?? '');
  const leaf = { name, within: [], value };
  const facts: { type: EventType; data: Reading['data']; of: string }[] = [];
  const telling = { model: anyModel, states, aspects: new Set<never>(), hasPosition: false, facts };
  // An alarm of a device that tells nothing else of itself calls for somebody.
  const aspect = name === 'alarm' ? 'help' : aspectOf(leaf);
  return readAspect(leaf, aspect, telling) ? facts : null;
}

const units: ReadonlyMap<string, { type: EventType; of: string; scale: number }> = new Map([
  ['Cel', { type: 'temperature.measured', of: 'celsius', scale: 1 }],
  ['%RH', { type: 'humidity.measured', of: 'percent', scale: 1 }],
  ['%EL', { type: 'battery.measured', of: 'percent', scale: 1 }],
  ['lx', { type: 'illuminance.measured', of: 'lux', scale: 1 }],
  ['W', { type: 'power.measured', of: 'watts', scale: 1 }],
  // A secondary unit (RFC 8798).
  ['kW', { type: 'power.measured', of: 'watts', scale: 1_000 }],
  ['dBm', { type: 'link.measured', of: 'rssiDbm', scale: 1 }],
]);
