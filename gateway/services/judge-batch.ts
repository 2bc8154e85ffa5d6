import { type Dialect, type Reading, stateKeys } from '../domain/dialect.ts';
import type { DeviceFile, HomeFile } from '../domain/directory.ts';
import type { FoundNote, NotUnderstoodNote } from '../domain/hub-notes.ts';
import type { DeviceReading, LogEntry, Quarantined } from '../domain/ledger.ts';
import { redact, redactExample } from '../domain/redact.ts';
import type { Store } from '../domain/store.ts';
import { eventsTopic } from '../protocol/topic.ts';
import type { DialectMemory, OpenMemory } from './dialect-memory.ts';
import { foundNotes } from './found-note.ts';
import { hubLife } from './hub-life.ts';
import { type Judged, judgeReading } from './judge-reading.ts';
import type { Message, Understood } from './message.ts';
import { readDevices } from './read-device.ts';
import { identify, understandAll } from './understand.ts';

/** An event that is to be kept. */
export interface Kept {
  entry: LogEntry;
  home: HomeFile | null;
  /** The beginning of the id under which it may be in the log already; null: its id tells. */
  prefix: string | null;
}

/** All that the messages of a batch come to, before anything is written. */
export interface Batch {
  kept: readonly Kept[];
  devices: readonly DeviceReading[];
  quarantined: readonly Quarantined[];
  found: readonly FoundNote[];
  notUnderstood: readonly NotUnderstoodNote[];
  memory: OpenMemory;
  /** How many nobody has consented to. */
  dropped: number;
  /** Why each message, or part of it, was refused; null: all of it was understood. */
  refusals: readonly (string | null)[];
}

export interface JudgeOptions {
  store: Store;
  dialects: readonly Dialect[];
  memory: DialectMemory;
  /** Something that no other message has been given, nor will be. */
  nextMark: () => string;
  /** Told when a dialect has thrown at a message, without any words of it. */
  stumbled: (error: Error) => void;
}

/** A reading, the device it is of, and what is to become of it. */
export interface JudgedReading {
  message: Message;
  device: DeviceFile;
  judged: Judged;
}

interface Files {
  devices: Map<string, DeviceFile>;
  homes: Map<string, HomeFile>;
  /** Devices behind hubs: id by address, by hub. */
  behind: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Makeshift addresses that these messages put an end to: by the address that has come to light, by hub. */
  formerly: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Understands messages, and decides of each of their readings whose it is and whether it may be kept. */
export async function judgeBatch(
  { store, dialects, memory, nextMark, stumbled }: JudgeOptions,
  messages: readonly Message[],
): Promise<Batch> {
  const senders = [...new Set(messages.map(({ deviceId }) => deviceId))];
  const files: Files = {
    devices: new Map(),
    homes: new Map(),
    behind: new Map(),
    formerly: new Map(),
  };
  await addFiles(store, files, senders);
  for (const id of senders) {
    if (!files.devices.has(id)) throw new Error('A device that signed in is not in the directory.');
  }
  const open = await memory.open(hubsAmong(messages));
  const understood = understandAll(messages, {
    dialects,
    memory: open,
    stumbled,
    ...files,
  });
  await addBehind(store, files, understood);

  const kept: Kept[] = [];
  const readings: JudgedReading[] = [];
  for (const one of understood) {
    for (const [index, reading] of one.readings.entries()) {
      const device = deviceOf(one.message.deviceId, reading.source, files);
      if (device === null) {
        forgetState(open, one, reading);
        continue;
      }
      const identified = identify(reading, one, index, nextMark);
      const { receivedAt } = one.message;
      const judged = judgeReading(identified.reading, device, files.homes, receivedAt);
      readings.push({ message: one.message, device, judged });
      if (judged.kept) {
        kept.push({ entry: judged.entry, home: judged.home, prefix: identified.prefix });
      }
    }
  }
  const deviceOfSender = (id: string) => files.devices.get(id);
  return {
    kept: [...kept, ...hubLife(messages, kept, files)],
    devices: readDevices(understood, readings, files.devices),
    quarantined: understood.flatMap((one) => quarantinedOf(one, deviceOfSender)),
    found: foundNotes(
      understood,
      files.devices,
      (hubId, address) => placedAt(hubId, address, files) !== undefined,
    ),
    notUnderstood: understood.flatMap((one) => notUnderstoodOf(one, deviceOfSender)),
    memory: open,
    dropped: readings.filter(({ judged }) => !judged.kept).length,
    refusals: understood.map(({ refused }) => (refused.length === 0 ? null : refused.join(' '))),
  };
}

/**
 * What was told of a device that is placed nowhere was told to nobody: if it is still so when it is placed, such as wet,
 * that is news. Nor is there a reason to keep how a stranger's door is.
 */
function forgetState(memory: OpenMemory, { message, dialect }: Understood, reading: Reading): void {
  if (dialect === null || reading.source === undefined) return;
  const remembered = memory.of(message.deviceId, dialect);
  const keys = stateKeys(reading.source).filter((key) => remembered.get(key) !== undefined);
  memory.note(message.deviceId, dialect, new Map(keys.map((key) => [key, null])));
}

/** Our own language remembers nothing, so those who speak it need not be looked up. */
function hubsAmong(messages: readonly Message[]): readonly string[] {
  const ids = messages.flatMap((message) =>
    message.kind === 'published' && message.topic !== eventsTopic(message.deviceId)
      ? [message.deviceId]
      : [],
  );
  return [...new Set(ids)];
}

async function addFiles(store: Store, files: Files, deviceIds: readonly string[]): Promise<void> {
  const devices = await store.directory.devices(deviceIds);
  for (const [id, device] of devices) files.devices.set(id, device);
  const homeIds = [...devices.values()].flatMap(({ bindings }) => bindings.map((b) => b.homeId));
  const homes = await store.directory.homes([...new Set(homeIds)]);
  for (const [id, home] of homes) files.homes.set(id, home);
}

/** Looks up the devices that hubs have spoken for. */
async function addBehind(
  store: Store,
  files: Files,
  understood: readonly Understood[],
): Promise<void> {
  const hubIds = new Set<string>();
  for (const { message, readings } of understood) {
    if (readings.some(({ source }) => source !== undefined)) hubIds.add(message.deviceId);
  }
  if (hubIds.size === 0) return;
  files.behind = await store.directory.behind([...hubIds]);
  files.formerly = formerlyOf(understood);
  const deviceIds = understood.flatMap(({ message, readings }) =>
    readings.flatMap(({ source }) =>
      source === undefined ? [] : (placedAt(message.deviceId, source, files) ?? []),
    ),
  );
  await addFiles(store, files, [...new Set(deviceIds)]);
}

function formerlyOf(understood: readonly Understood[]): Files['formerly'] {
  const formerly = new Map<string, Map<string, string>>();
  for (const { message, found } of understood) {
    for (const { address, formerly: makeshift } of found) {
      if (makeshift === undefined) continue;
      const ofHub = formerly.get(message.deviceId) ?? new Map<string, string>();
      formerly.set(message.deviceId, ofHub.set(address, makeshift));
    }
  }
  return formerly;
}

/** The device at an address; it may have been placed under the one it was known by until now. */
function placedAt(hubId: string, address: string, files: Files): string | undefined {
  const placed = files.behind.get(hubId);
  const makeshift = files.formerly.get(hubId)?.get(address);
  return placed?.get(address) ?? (makeshift === undefined ? undefined : placed?.get(makeshift));
}

/** Whose a reading is; null: of one that is placed nowhere. */
function deviceOf(senderId: string, source: string | undefined, files: Files): DeviceFile | null {
  const id = source === undefined ? senderId : placedAt(senderId, source, files);
  return id === undefined ? null : (files.devices.get(id) ?? null);
}

type DeviceOf = (id: string) => DeviceFile | undefined;

function quarantinedOf({ message, refused }: Understood, deviceOfSender: DeviceOf): Quarantined[] {
  const device = deviceOfSender(message.deviceId);
  if (message.kind === 'presence' || device === undefined || refused.length === 0) return [];
  const { deviceId, topic, receivedAt: at } = message;
  const { municipalityId } = device;
  const payload = redact(message.payload);
  const bytes = message.payload.length;
  return refused.map((reason) => ({
    municipalityId,
    deviceId,
    topic,
    reason,
    bytes,
    at,
    payload,
  }));
}

function notUnderstoodOf(
  { message, notUnderstood }: Understood,
  deviceOfSender: DeviceOf,
): NotUnderstoodNote[] {
  const device = deviceOfSender(message.deviceId);
  if (device === undefined) return [];
  const { municipalityId, id: deviceId } = device;
  return notUnderstood.map((note) => ({
    ...note,
    example: redactExample(note.example),
    municipalityId,
    deviceId,
    at: message.receivedAt,
  }));
}
