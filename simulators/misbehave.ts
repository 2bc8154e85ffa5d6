import type { WireEvent } from '../gateway/protocol/event.ts';
import { eventsTopic } from '../gateway/protocol/topic.ts';
import { Agenda } from './agenda.ts';
import type { DeviceEvent } from './device.ts';
import { between, createDice, pick, type Dice } from './dice.ts';
import type { Occurrence } from './home.ts';
import type { Misbehaviour } from './misbehaviour.ts';

export interface Publish {
  kind: 'publish';
  at: number;
  homeId: string;
  deviceId: string;
  topic: string;
  payload: string | Uint8Array;
  retain: boolean;
  /** False for rubbish, which nobody misses when it is lost. */
  isEvent: boolean;
}

/** What a home does on the network, in virtual time. */
export type Sending =
  | Publish
  | { kind: 'network'; at: number; homeId: string; isUp: boolean }
  | { kind: 'death'; at: number; homeId: string; deviceId: string }
  /** The device's connection stops answering, until `thaw`. */
  | { kind: 'half-open' | 'thaw'; at: number; homeId: string; deviceId: string }
  | Extract<Occurrence, { kind: 'ask' }>
  | { kind: 'idle'; at: number; homeId: string };

type Said = Extract<Occurrence, { kind: 'event' }>;

const againWithinMs = 60_000;

const garbage = ['', '{', 'null', '[]', '42', '\u0000\u0001', '{"id":7}', '\uFEFF{"type":"help"}'];

/** Puts what happens on the wire, and goes wrong on purpose as often as it is told to. */
export function* disturb(
  occurrences: Iterable<Occurrence>,
  misbehaviour: Misbehaviour,
  dice: Dice,
  deviceIds: readonly string[],
): Generator<Sending> {
  const waiting = new Agenda<Sending>([]);
  const freeAt = new Map<string, number>();

  for (const occurrence of occurrences) {
    while ((waiting.first()?.at ?? Infinity) <= occurrence.at) {
      const sending = waiting.shift();
      if (sending !== undefined) yield sending;
    }
    if (occurrence.kind === 'message') {
      yield carried(occurrence);
      continue;
    }
    if (occurrence.kind !== 'event') {
      yield occurrence;
      continue;
    }
    const delayed = occurrence.at + Math.round(dice() * misbehaviour.reorderMs);
    const at = Math.max(delayed, freeAt.get(occurrence.deviceId) ?? 0);
    freeAt.set(occurrence.deviceId, at);
    waiting.add(sendingsOf(occurrence, at, misbehaviour, dice, deviceIds));
  }
  for (let left = waiting.shift(); left !== undefined; left = waiting.shift()) yield left;
}

/** As the bridge of the hub's broker sends it on, whatever it said itself. */
function carried({
  at,
  homeId,
  hubId: deviceId,
  message,
}: Extract<Occurrence, { kind: 'message' }>): Publish {
  const { payload, retain } = message;
  const topic = `vaka/v1/${deviceId}/${message.topic}`;
  return { kind: 'publish', at, homeId, deviceId, topic, payload, retain, isEvent: true };
}

function sendingsOf(
  said: Said,
  at: number,
  misbehaviour: Misbehaviour,
  dice: Dice,
  deviceIds: readonly string[],
): Sending[] {
  const { homeId, deviceId } = said;
  const happens = (share: number) => share > 0 && dice() < share;
  const topic = eventsTopic(deviceId);
  const event: Publish = {
    kind: 'publish',
    at,
    homeId,
    deviceId,
    topic,
    payload: JSON.stringify(
      toWire(said, {
        skewMs: misbehaviour.skewMs,
        isWithoutTime: happens(misbehaviour.withoutTime),
      }),
    ),
    retain: false,
    isEvent: true,
  };
  const sendings: Sending[] = [event];
  const add = (difference: Partial<Publish>) => sendings.push({ ...event, ...difference });

  if (happens(misbehaviour.duplicates)) {
    add({ at: at + Math.round(between(dice, 1, againWithinMs)) });
  }
  if (happens(misbehaviour.garbage)) {
    add({ payload: pick(dice, garbage) ?? '', isEvent: false });
  }
  if (happens(misbehaviour.oversized)) {
    add({ payload: 'x'.repeat(misbehaviour.oversizedBytes), isEvent: false });
  }
  if (happens(misbehaviour.foreignTopics)) {
    const other = pick(dice, deviceIds) ?? deviceId;
    add({ topic: other === deviceId ? `other/${other}` : eventsTopic(other), isEvent: false });
  }
  if (happens(misbehaviour.halfOpen)) {
    sendings.unshift({ kind: 'half-open', at, homeId, deviceId });
    sendings.push({ kind: 'thaw', at: at + misbehaviour.halfOpenMs, homeId, deviceId });
  }
  return sendings;
}

/** The event as CloudEvents JSON, told by the device's own clock. */
export function toWire(
  { deviceId, event }: { deviceId: string; event: DeviceEvent },
  { skewMs, isWithoutTime } = { skewMs: 0, isWithoutTime: false },
): WireEvent {
  const { id, type, at, data } = event;
  const skew = Math.round(between(createDice('skew', deviceId), -skewMs, skewMs));
  return {
    specversion: '1.0',
    id,
    source: deviceId,
    type,
    ...(isWithoutTime ? {} : { time: new Date(at + skew).toISOString() }),
    ...(data === undefined ? {} : { data }),
  };
}
