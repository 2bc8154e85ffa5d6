import { hash } from 'node:crypto';

import type { Dialect, Interpretation, Memory, Reading, Said } from '../domain/dialect.ts';
import type { DeviceFile, HomeFile } from '../domain/directory.ts';
import { catalogue } from '../protocol/catalogue.ts';
import { isOwnTopic, parseUplink } from '../protocol/topic.ts';
import type { OpenMemory } from './dialect-memory.ts';
import type { IdentifiedReading, Message, Understood } from './message.ts';

/** Where a hub that is placed nowhere keeps its local time. */
const timeZoneUnplaced = 'Europe/Stockholm';

const nothing = { readings: [], refused: [] } satisfies Interpretation;

/** Reads each message in its dialect, in order: what one changes in memory the next finds there. */
export function understandAll(
  messages: readonly Message[],
  {
    dialects,
    memory,
    devices,
    homes,
    stumbled,
  }: {
    dialects: readonly Dialect[];
    memory: OpenMemory;
    devices: ReadonlyMap<string, DeviceFile>;
    homes: ReadonlyMap<string, HomeFile>;
    stumbled: (error: Error) => void;
  },
): readonly Understood[] {
  return messages.map((message) => {
    if (message.kind === 'presence') return presenceOf(message);
    const { deviceId, topic, payload, receivedAt } = message;
    const uplink = parseUplink(topic);
    if (uplink === null || !isOwnTopic(deviceId, topic)) {
      return refused(message, `Publish under vaka/v1/${deviceId}/ only.`);
    }
    const dialect = dialects.find(({ speaks }) => speaks(uplink.rest));
    if (dialect === undefined) {
      return refused(message, `Nothing here reads "${uplink.rest.slice(0, 64)}".`);
    }
    const timeZone = timeZoneOf(devices.get(deviceId), homes);
    const said = { topic: uplink.rest, payload, receivedAt, timeZone };
    const interpretation = readOr(dialect, said, memory.of(deviceId, dialect.name), stumbled);
    if (interpretation.remember !== undefined) {
      memory.note(deviceId, dialect.name, interpretation.remember);
    }
    return understood(message, dialect.name, interpretation);
  });
}

/**
 * No bytes make a dialect throw. If some do, the message is refused all the same: a hub sends again what is not acknowledged,
 * and all that it has to say waits behind it.
 */
function readOr(
  dialect: Dialect,
  said: Said,
  memory: Memory,
  stumbled: (error: Error) => void,
): Interpretation {
  try {
    return dialect.read(said, memory);
  } catch (error) {
    stumbled(wordless(error, dialect.name));
    return { readings: [], refused: [`This could not be read as ${dialect.name}.`] };
  }
}

/** What went wrong and where, without the error's own words: they may quote what somebody's device has said. */
function wordless(error: unknown, dialect: string): Error {
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  const told = new Error(`A message could not be read as ${dialect} (${name}).`);
  told.stack = [told.message, ...stack.split('\n').filter((line) => /^ {4}at /.test(line))].join(
    '\n',
  );
  return told;
}

/** A home's own time, or the one most of our homes live by. */
function timeZoneOf(device: DeviceFile | undefined, homes: ReadonlyMap<string, HomeFile>): string {
  const homeId = device?.bindings.find(({ until }) => until === null)?.homeId;
  const home = homeId === undefined ? undefined : homes.get(homeId);
  return home?.context.timeZone ?? timeZoneUnplaced;
}

function understood(
  message: Message,
  dialect: Understood['dialect'],
  { readings, refused: reasons, ...rest }: Interpretation,
): Understood {
  const { found = [], gone = [], notUnderstood = [], remember = new Map() } = rest;
  return { message, dialect, readings, refused: reasons, found, gone, notUnderstood, remember };
}

function refused(message: Message, reason: string): Understood {
  return understood(message, null, { readings: [], refused: [reason] });
}

function presenceOf(message: Message & { kind: 'presence' }): Understood {
  const type = message.connected ? 'device.connected' : 'device.disconnected';
  const time = message.receivedAt;
  const reading = { id: `${type}-${time}`, type, time, data: {} } as const;
  return understood(message, null, { ...nothing, readings: [reading] });
}

/** A reading that has an id; with `prefix` where it may be one that was told before. */
export interface Identified {
  reading: IdentifiedReading;
  prefix: string | null;
}

/**
 * Gives an id to what its source gives none: of what was said, and a mark of its own. What the link marks as sent again may
 * be in the log already, under an id with the same beginning.
 */
export function identify(
  reading: Reading,
  { message }: Pick<Understood, 'message'>,
  index: number,
  nextMark: () => string,
): Identified {
  if (reading.id !== null) return { reading: { ...reading, id: reading.id }, prefix: null };
  if (message.kind === 'presence') throw new Error('Presence has ids of its own.');
  const digest = hash(
    'sha256',
    `${message.topic}\0${index}\0${Buffer.from(message.payload).toString('base64')}`,
    'base64url',
  ).slice(0, 22);
  const prefix = `${digest}.`;
  const id = `${prefix}${nextMark()}`;
  // That it was sent before does not say that it was stored: a call for help rather counts twice than not at all.
  const mayBeKnown = message.isRepeat && !catalogue[reading.type].latched;
  return { reading: { ...reading, id }, prefix: mayBeKnown ? prefix : null };
}
