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
  listOf,
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

/** The messages of The Things Stack v3, over MQTT or as webhooks; the address is the device's EUI. */
export const tts: Dialect = {
  name: 'tts',
  speaks: (rest) => rest.startsWith('tts/'),
  read,
};

/** A message that has been parsed, and what it is of. */
interface Message {
  body: unknown;
  device: LorawanDevice;
  time: number | null;
  said: Said;
  memory: Memory;
}

/** What the device itself has sent, or what shows that it has. */
const alive = ['join_accept', 'downlink_ack', 'location_solved'] as const;
/** What is told of it by others. */
const aboutIt = [
  'downlink_nack',
  'downlink_sent',
  'downlink_failed',
  'downlink_queued',
  'downlink_queue_invalidated',
  'service_data',
] as const;

function read(said: Said, memory: Memory): Interpretation {
  const body = parseJson(said.payload);
  if (fieldsOf(body) === null) return refuse('The message is no JSON object.');
  const device = deviceOf(body);
  if (device === null) return refuse('The message names no device in `end_device_ids`.');
  const message: Message = {
    body,
    device,
    time: instantOf(field(body, 'received_at')),
    said,
    memory,
  };
  const has = (name: string): boolean => fieldsOf(field(body, name)) !== null;
  if (has('uplink_message')) return readUp(message);
  if (alive.some(has)) return interpretation(message, readDevice(device, memory));
  if (aboutIt.some(has)) {
    const { found, remember } = readDevice(device, memory);
    return { readings: [], refused: [], found, remember };
  }
  const topic = exampleOf(said.topic.split('/').at(-1) ?? '').slice(0, 60);
  return interpretation(message, readDevice(device, memory), [{ what: topic, example: '' }]);
}

function refuse(reason: string): Interpretation {
  return { readings: [], refused: [reason] };
}

function deviceOf(body: unknown): LorawanDevice | null {
  const ids = field(body, 'end_device_ids');
  const id = textOf(field(ids, 'device_id'), 100);
  const eui = euiOf(field(ids, 'dev_eui')) ?? euiOf(id?.replace(/^eui-/, '')) ?? id?.toLowerCase();
  if (eui === undefined) return null;
  const version =
    field(body, 'uplink_message', 'version_ids') ?? field(body, 'join_accept', 'version_ids');
  const brand = textOf(field(version, 'brand_id'), 80);
  const name = textOf(field(version, 'model_id'), 80);
  const decoded = field(body, 'uplink_message', 'decoded_payload');
  const attributes = Object.values(fieldsOf(field(body, 'uplink_message', 'attributes')) ?? {});
  const others = [field(decoded, 'Device'), field(decoded, 'model'), ...attributes.slice(0, 20)];
  const model = lorawanModel([name, brand, ...others.map((other) => textOf(other, 80)), id]);
  return { dialect: 'tts', eui, label: id ?? eui, vendor: model.vendor ?? brand, name, model };
}

function readUp(message: Message): Interpretation {
  const { body, device, said, memory } = message;
  const up = field(body, 'uplink_message');
  const heardAt = instantOf(field(up, 'received_at')) ?? message.time;
  // Zero, false and empty are left out of these messages.
  const count = numberOf(field(up, 'f_cnt')) ?? 0;
  const session = textOf(field(up, 'session_key_id'), 60) ?? '';
  const bytes = textOf(field(up, 'frm_payload'), 1_000) ?? '';
  const decoded = decodedOf(up);
  const told = readUplink(
    device,
    {
      mark: `${session} ${count} ${heardAt ?? said.receivedAt}`,
      count,
      bytes: `${session} ${bytes}`,
      time: heardAt,
      decoded,
      link: bestLink(field(up, 'rx_metadata')),
    },
    memory,
    said.receivedAt,
  );
  const battery = batteryOf(message, up);
  if (battery !== null) told.readings.push(battery);
  const isUndecoded = decoded === undefined && bytes !== '' && numberOf(field(up, 'f_port')) !== 0;
  const notes = notesOf(up);
  const missing = { what: 'no codec', example: `port ${numberOf(field(up, 'f_port')) ?? 0}` };
  return interpretation(
    { ...message, time: heardAt },
    told,
    isUndecoded && notes.length === 0 ? [missing] : notes,
  );
}

/** What the codec made of it; what was made of that for all vendors alike, where the codec's own is missing. */
function decodedOf(up: unknown): unknown {
  const normalized = field(up, 'normalized_payload');
  return (
    fieldsOf(field(up, 'decoded_payload')) ??
    fieldsOf(listOf(normalized)[0]) ??
    fieldsOf(normalized) ??
    undefined
  );
}

/** The errors and warnings of a codec: a fault of the equipment, and neither a call for help nor silence. */
function notesOf(up: unknown): readonly NotUnderstood[] {
  const warnings = listOf(field(up, 'decoded_payload_warnings')).slice(0, 5);
  const errors = listOf(field(up, 'errors')).slice(0, 5);
  return [
    ...errors.map((error) => ({ what: 'codec error', example: exampleOf(error) })),
    ...warnings.map((warning) => ({ what: 'codec warning', example: exampleOf(warning) })),
  ];
}

/** What the device answered when its network last asked; told once, however many messages repeat it. */
function batteryOf({ device, time }: Message, up: unknown): Reading | null {
  const last = field(up, 'last_battery_percentage');
  const percent = numberOf(field(last, 'value'));
  if (percent === null || percent < 0 || percent > 100) return null;
  const at = instantOf(field(last, 'received_at'));
  const count = numberOf(field(last, 'f_cnt')) ?? 0;
  const id = eventId(device.eui, 'last battery', at ?? '', count, percent);
  return { id, type: 'battery.measured', time: at ?? time, data: { percent }, source: device.eui };
}

function reading({ device, said, time }: Message, type: EventType): Reading {
  const id = eventId(device.eui, time ?? said.receivedAt, said.topic.split('/').at(-1) ?? '', type);
  return { id, type, time, data: {}, source: device.eui };
}

/** All that is told, and at least that the device lives. */
function interpretation(
  message: Message,
  { readings, found, notUnderstood, remember }: Told,
  notes: readonly NotUnderstood[] = [],
): Interpretation {
  const source = message.device.eui;
  return {
    readings: readings.length > 0 ? readings : [reading(message, 'device.heartbeat')],
    refused: [],
    found,
    notUnderstood: [...notes.map((note) => ({ source, ...note })), ...notUnderstood],
    remember,
  };
}
