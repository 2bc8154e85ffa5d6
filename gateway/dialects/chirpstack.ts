import type {
  Dialect,
  Interpretation,
  Memory,
  NotUnderstood,
  Reading,
  Said,
} from '../domain/dialect.ts';
import type { EventType } from '../protocol/catalogue.ts';
import { eventId } from './event-id.ts';
import {
  exampleOf,
  field,
  fieldsOf,
  instantOf,
  numberOf,
  parseJson,
  textOf,
} from './loose-json.ts';
import {
  bestLink,
  euiOf,
  type LorawanDevice,
  readDevice,
  readUplink,
  type Told,
} from './lorawan-device.ts';
import { lorawanModel } from './lorawan-model.ts';

/** The events of ChirpStack v4's integrations, over MQTT as JSON or over HTTP; the address is the device's EUI. */
export const chirpstack: Dialect = {
  name: 'chirpstack',
  speaks: (rest) => rest.startsWith('chirpstack/'),
  read,
};

/** An event that has been parsed, and what it is of. */
interface Event {
  body: unknown;
  device: LorawanDevice;
  /** What the server tells it by; null when it tells it by nothing. */
  mark: string | null;
  time: number | null;
  said: Said;
  memory: Memory;
}

function read(said: Said, memory: Memory): Interpretation {
  const levels = said.topic.split('/').map((level) => level.trim());
  const kind = levels.at(levels.lastIndexOf('event') + 1) ?? '';
  // What goes down to devices, and what gateways say, may be bridged along with the events.
  if (!levels.includes('event')) return { readings: [], refused: [] };
  const body = parseJson(said.payload);
  if (fieldsOf(body) === null) {
    return refuse('The message is no JSON object; set the integration to JSON, not Protobuf.');
  }
  const device = deviceOf(body, levels.at(levels.lastIndexOf('device') + 1));
  if (device === null) return refuse('The message names no `deviceInfo.devEui` of 16 hex digits.');
  const mark = textOf(field(body, 'deduplicationId'), 100);
  const time = instantOf(field(body, 'time'));
  const reader = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const event: Event = { body, device, mark, time, said, memory };
  return reader === undefined ? notKnown(event, kind) : reader(event);
}

function refuse(reason: string): Interpretation {
  return { readings: [], refused: [reason] };
}

function deviceOf(body: unknown, topicEui: string | undefined): LorawanDevice | null {
  const info = field(body, 'deviceInfo');
  const eui = euiOf(field(info, 'devEui')) ?? euiOf(field(body, 'devEui')) ?? euiOf(topicEui);
  if (eui === null) return null;
  const label = textOf(field(info, 'deviceName'), 100);
  const profile = textOf(field(info, 'deviceProfileName'), 80);
  const tags = Object.values(fieldsOf(field(info, 'tags')) ?? {}).slice(0, 20);
  const ofCodec = [field(body, 'object', 'Device'), field(body, 'object', 'model')];
  const names = [profile, ...[...ofCodec, ...tags].map((name) => textOf(name, 80)), label];
  const model = lorawanModel(names);
  return {
    dialect: 'chirpstack',
    eui,
    label: label ?? eui,
    vendor: model.vendor,
    name: profile,
    model,
  };
}

const kinds: Readonly<Record<string, ((event: Event) => Interpretation) | undefined>> = {
  up: readUp,
  status: readStatus,
  join: readAlive,
  ack: (event) =>
    field(event.body, 'acknowledged') === false ? readNothing(event) : readAlive(event),
  // That a gateway has sent something down says nothing of the device it was sent to.
  txack: readNothing,
  log: readLog,
  location: readAlive,
  integration: readAlive,
};

function readUp(event: Event): Interpretation {
  const { body, device, time, said, memory } = event;
  const count = numberOf(field(body, 'fCnt'));
  const bytes = textOf(field(body, 'data'), 1_000) ?? '';
  const session = textOf(field(body, 'devAddr'), 20) ?? '';
  const decoded = field(body, 'object');
  const mark = markOf(event, `${session} ${count ?? ''} ${bytes}`);
  const link = bestLink(field(body, 'rxInfo'));
  const uplink = { mark, count, bytes: `${session} ${bytes}`, time, decoded, link };
  const told = readUplink(device, uplink, memory, said.receivedAt);
  const hasNoCodec = fieldsOf(decoded) === null && bytes !== '';
  const port = numberOf(field(body, 'fPort')) ?? 0;
  return interpretation(
    event,
    told,
    hasNoCodec ? [{ what: 'no codec', example: `port ${port}` }] : [],
  );
}

function readStatus(event: Event): Interpretation {
  const { body } = event;
  const told = readDevice(event.device, event.memory);
  const percent = numberOf(field(body, 'batteryLevel'));
  const hasNone =
    field(body, 'externalPowerSource') === true || field(body, 'batteryLevelUnavailable') === true;
  if (percent !== null && percent >= 0 && percent <= 100 && !hasNone) {
    told.readings.push(reading(event, 'battery.measured', { percent }));
  }
  const marginDb = numberOf(field(body, 'margin'));
  if (marginDb !== null) told.readings.push(reading(event, 'link.measured', { marginDb }));
  return interpretation(event, told);
}

function readAlive(event: Event): Interpretation {
  return interpretation(event, readDevice(event.device, event.memory));
}

function readNothing(event: Event): Interpretation {
  const { found, remember } = readDevice(event.device, event.memory);
  return { readings: [], refused: [], found, remember };
}

function readLog(event: Event): Interpretation {
  const code = textOf(field(event.body, 'code'), 80) ?? 'log';
  const level = textOf(field(event.body, 'level'), 20) ?? '';
  const example = exampleOf(field(event.body, 'description') ?? level);
  const notes = level === 'INFO' ? [] : [{ what: code, example }];
  // What could not be sent down is no sign that the device lives.
  const isOfDevice = !/^(DOWNLINK_|EXPIRED|F_CNT_DOWN)/.test(code);
  if (isOfDevice) return interpretation(event, readDevice(event.device, event.memory), notes);
  return { ...readNothing(event), notUnderstood: withSource(event, notes) };
}

function notKnown(event: Event, kind: string): Interpretation {
  const told = readDevice(event.device, event.memory);
  return interpretation(event, told, [
    { what: `event ${exampleOf(kind).slice(0, 60)}`, example: '' },
  ]);
}

function markOf({ mark, time, said }: Event, otherwise: string): string {
  return mark ?? `${otherwise} ${time ?? said.receivedAt}`;
}

function reading(event: Event, type: EventType, data: Record<string, unknown>): Reading {
  const { device, time } = event;
  const id = eventId(device.eui, markOf(event, ''), event.said.topic.split('/').at(-1) ?? '', type);
  return { id, type, time, data, source: device.eui };
}

function withSource({ device }: Event, notes: readonly NotUnderstood[]): NotUnderstood[] {
  return notes.map((note) => ({ source: device.eui, ...note }));
}

/** All that is told, and at least that the device lives. */
function interpretation(
  event: Event,
  { readings, found, notUnderstood, remember }: Told,
  notes: readonly NotUnderstood[] = [],
): Interpretation {
  return {
    readings: readings.length > 0 ? readings : [reading(event, 'device.heartbeat', {})],
    refused: [],
    found,
    notUnderstood: [...withSource(event, notes), ...notUnderstood],
    remember,
  };
}
