import type { Found, Json, Memory, NotUnderstood, Reading } from '../domain/dialect.ts';
import { type EventType, isEventType } from '../protocol/catalogue.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import { profiles } from '../protocol/profile.ts';
import type { States } from './decoded-aspect.ts';
import { readDecoded } from './decoded-object.ts';
import { eventId } from './event-id.ts';
import { field, fieldsOf, listOf, numberOf, textOf } from './loose-json.ts';
import { type LorawanModel, lorawanModel } from './lorawan-model.ts';

/** A device as its network server describes it. */
export interface LorawanDevice {
  dialect: 'chirpstack' | 'tts';
  /** The device's EUI in small letters. */
  eui: string;
  label: string;
  vendor: string | null;
  name: string | null;
  model: LorawanModel;
}

/** One message of a device, as its network server passes it on. */
export interface Uplink {
  /** What the server tells this message by. */
  mark: string;
  /** The device's own count of its messages; null when it is not told. */
  count: number | null;
  /** The session and the bytes, as the server writes them: what makes two messages of one count the same. */
  bytes: string;
  time: number | null;
  /** What the codec made of the bytes; null when there is no codec, or it failed. */
  decoded: unknown;
  /** How well it was heard, as data of `link.measured`. */
  link: Record<string, number> | null;
}

/** Gateways and network servers are this far apart at the most. */
const repetitionMs = 5 * 60_000;
const maxHeard = 8;

interface Heard {
  count: number;
  bytes: string;
  mark: string;
  at: number;
}

/** What is kept of a device from one message to the next. */
interface Kept {
  states: States;
  /** When the latest message came that changed the states. */
  at: number;
  heard: readonly Heard[];
  told: readonly EventType[];
  name: string | null;
  vendor: string | null;
  described: string;
}

/** What a device's message leads to. */
export interface Told {
  readings: Reading[];
  found: readonly Found[];
  notUnderstood: readonly NotUnderstood[];
  remember: ReadonlyMap<string, Json | null>;
}

/** Gives the first message of a device, or the first that says more of it, a description; the rest none. */
export function readDevice(device: LorawanDevice, memory: Memory): Told {
  return describe(device, recall(device, memory), null, [], []);
}

/**
 * Reads a message. One that comes again, by another gateway or because the server tries again, has the ids it had; one
 * that is older than what was read before is told, and changes no state.
 */
export function readUplink(
  device: LorawanDevice,
  uplink: Uplink,
  memory: Memory,
  receivedAt: number,
): Told {
  const before = recall(device, memory);
  const bytes = eventId(uplink.bytes);
  const repeated = before.heard.find(
    ({ count, ...heard }) =>
      count === uplink.count &&
      heard.bytes === bytes &&
      Math.abs(receivedAt - heard.at) < repetitionMs,
  );
  const at = Math.min(uplink.time ?? receivedAt, receivedAt);
  const mark = repeated?.mark ?? uplink.mark;
  const states: States = new Map(before.states);
  const { facts, notUnderstood } = readDecoded(uplink.decoded, device.model, states, receivedAt);
  const readings = facts.map(({ type, data, key, storedAt, isHistory }): Reading => {
    const id = eventId(device.eui, storedAt === null ? mark : `stored ${storedAt}`, key);
    const reading = { id, type, data, time: storedAt ?? uplink.time, source: device.eui };
    return isHistory ? { ...reading, isHistory: true } : reading;
  });
  const isNews = repeated === undefined && at >= Math.min(before.at, receivedAt);
  const heard =
    repeated === undefined && uplink.count !== null
      ? [{ count: uplink.count, bytes, mark, at: receivedAt }, ...before.heard].slice(0, maxHeard)
      : before.heard;
  const after = isNews ? { ...before, states, at, heard } : { ...before, heard };
  if (uplink.link !== null) {
    const id = eventId(device.eui, mark, 'link.measured');
    const link = { id, type: 'link.measured', data: uplink.link, time: uplink.time } as const;
    readings.push({ ...link, source: device.eui });
  }
  return describe(device, before, after, readings, notUnderstood);
}

function describe(
  device: LorawanDevice,
  before: Kept,
  changed: Kept | null,
  readings: Reading[],
  notUnderstood: readonly { what: string; example: string }[],
): Told {
  const types = readings.map(({ type }) => type).filter((type) => type !== 'unknown');
  const told = [...new Set([...before.told, ...types])].slice(0, 24);
  // Not every message names the model.
  const name = device.name ?? before.name;
  const vendor = device.vendor ?? before.vendor;
  const found = foundOf({ ...device, name, vendor }, told);
  const described = eventId(found.label, vendor ?? '', name ?? '', JSON.stringify(found.profile));
  const isNew = described !== before.described;
  const kept = { ...(changed ?? before), told, name, vendor, described };
  return {
    readings,
    found: isNew ? [found] : [],
    notUnderstood: notUnderstood.map((one) => ({ source: device.eui, ...one })),
    remember: isNew || changed !== null ? new Map([[keyOf(device.eui), toJson(kept)]]) : new Map(),
  };
}

function foundOf(device: LorawanDevice, told: readonly EventType[]): Found {
  const { eui, label, vendor, name, dialect } = device;
  const kind = device.model.kind ?? lorawanModel([name]).kind;
  const usual = kind === null ? [] : profiles[kind].capabilities;
  const about = { dialect, vendor, model: name, title: name, capabilities: [...usual, ...told] };
  const power = kind === 'fall-radar' ? ('mains' as const) : ('battery' as const);
  const profile = deriveProfile({ ...about, power, ...(kind === null ? {} : { kind }) });
  const isKnown = kind !== null || told.length > 0;
  return { address: eui, label, vendor, model: name, profile: isKnown ? profile : null };
}

function keyOf(eui: string): string {
  return `device ${eui}`;
}

function toJson({ states, at, heard, told, name, vendor, described }: Kept): Json {
  return {
    states: Object.fromEntries(states),
    at,
    heard: heard.map(({ count, bytes, mark, at: heardAt }) => [count, bytes, mark, heardAt]),
    told,
    name,
    vendor,
    described,
  };
}

/** What was kept, as far as it can be read: it may be of another release. */
function recall({ eui }: LorawanDevice, memory: Memory): Kept {
  const value = memory.get(keyOf(eui));
  const states = Object.entries(fieldsOf(field(value, 'states')) ?? {}).flatMap(([key, so]) =>
    typeof so === 'boolean' ? [[key, so] as const] : [],
  );
  return {
    states: new Map(states.slice(0, 64)),
    at: numberOf(field(value, 'at')) ?? 0,
    heard: listOf(field(value, 'heard')).slice(0, maxHeard).flatMap(heardOf),
    told: listOf(field(value, 'told'))
      .filter((type): type is EventType => typeof type === 'string' && isEventType(type))
      .slice(0, 24),
    name: textOf(field(value, 'name'), 80),
    vendor: textOf(field(value, 'vendor'), 80),
    described: textOf(field(value, 'described'), 40) ?? '',
  };
}

function heardOf(entry: unknown): Heard[] {
  const [count, bytes, mark, at] = listOf(entry);
  if (typeof count !== 'number' || typeof bytes !== 'string') return [];
  return typeof mark === 'string' && typeof at === 'number' ? [{ count, bytes, mark, at }] : [];
}

const eui64 = /^[0-9a-f]{16}$/;

/** An EUI in small letters, also one written with separators; null for anything else. */
export function euiOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  const plain = value.toLowerCase().replace(/[\s:-]/g, '');
  return eui64.test(plain) ? plain : null;
}

/** Best of what the gateways measured that heard it, as data of `link.measured`; null when none told. */
export function bestLink(entries: unknown): Record<string, number> | null {
  let best: { rssiDbm: number; snrDb: number | null } | null = null;
  for (const entry of listOf(entries).slice(0, 64)) {
    const rssiDbm = numberOf(field(entry, 'rssi')) ?? numberOf(field(entry, 'channel_rssi'));
    if (rssiDbm === null || (best !== null && rssiDbm <= best.rssiDbm)) continue;
    best = { rssiDbm, snrDb: numberOf(field(entry, 'snr')) };
  }
  if (best === null) return null;
  const { rssiDbm, snrDb } = best;
  return snrDb === null ? { rssiDbm } : { rssiDbm, snrDb };
}
