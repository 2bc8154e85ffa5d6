import type {
  Found,
  Interpretation,
  Json,
  Memory,
  NotUnderstood,
  Reading,
  Said,
} from '../domain/dialect.ts';
import { deriveProfile } from '../protocol/device/derive-profile.ts';
import { profiles } from '../protocol/profile.ts';
import { addressOf, memoryKey } from './address.ts';
import { eventId } from './event-id.ts';
import { listOf, numberOf, textOf } from './loose-json.ts';

/** A camera's address, which is its name. */
export type Camera = string;

/** What is being made of one message of Frigate; null for a camera is Frigate itself. */
export interface Watch {
  /** A camera by what is surely its name; found, the first time it is heard of. */
  camera: (name: unknown) => Camera | null;
  /** A camera by what may be the name of a zone; null until it has been heard of. */
  knownCamera: (name: unknown) => Camera | null;
  /** It has shown that it lives: told at most once a minute, and only if nothing else is. */
  alive: (camera: Camera | null) => void;
  /** Whether it can be reached: told when that has changed, and if not, the first time. */
  reach: (camera: Camera | null, isReached: boolean, reason: string) => void;
  /** A person in a zone, or in none: told once for each tracked object. */
  seen: (
    camera: Camera,
    objectId: string,
    zone: string | null,
    time: number | null,
    data: Readonly<Record<string, number>>,
  ) => void;
  /** A loud sound has begun or ended: told when it begins. */
  heard: (camera: Camera, sound: string, isOn: boolean) => void;
  puzzled: (what: string, camera?: Camera) => void;
  refuse: (reason: string) => void;
  done: () => Interpretation;
}

const minuteMs = 60_000;
/** So many objects of a camera are told apart from those it has told of before; older ones are by their id. */
const maxSeen = 40;

export function createWatch({ receivedAt }: Said, memory: Memory): Watch {
  const readings: Reading[] = [];
  const refused: string[] = [];
  const found: Found[] = [];
  const notUnderstood: NotUnderstood[] = [];
  const remember = new Map<string, Json | null>();
  const living = new Set<Camera | null>();

  const recall = (key: string): Json | undefined => remember.get(key) ?? memory.get(key);
  const tell = (camera: Camera | null, reading: Omit<Reading, 'source'>): void => {
    readings.push(camera === null ? reading : { ...reading, source: camera });
  };
  /** Remembers it; whether it is another than before. */
  const change = (key: string, value: boolean): boolean => {
    if (recall(key) === value) return false;
    remember.set(key, value);
    return true;
  };

  return {
    camera: (name) => {
      const address = addressOf(name);
      if (address === null || !change(memoryKey('camera', address), true)) return address;
      found.push({
        address,
        label: textOf(name, 100) ?? address,
        vendor: 'Frigate',
        model: null,
        profile: cameraProfile,
      });
      return address;
    },
    knownCamera: (name) => {
      const address = addressOf(name);
      return address !== null && recall(memoryKey('camera', address)) === true ? address : null;
    },
    alive: (camera) => living.add(camera),
    reach: (camera, isReached, reason) => {
      // That it is gone is told by Frigate, and is no sign of its own.
      living.add(isReached ? camera : null);
      const key = memoryKey('reached', camera ?? '');
      const wasLost = recall(key) === false;
      if (!change(key, isReached) || (isReached && !wasLost)) return;
      const type = isReached ? 'reach.restored' : 'reach.lost';
      tell(camera, { id: null, type, time: null, data: { by: 'frigate', reason } });
    },
    seen: (camera, objectId, zone, time, data) => {
      const id = zone === null ? eventId(objectId) : eventId(objectId, zone);
      const key = memoryKey('seen', camera);
      const before = listOf(recall(key)).filter((one) => typeof one === 'string');
      if (before.includes(id)) return;
      remember.set(key, [id, ...before].slice(0, maxSeen));
      tell(camera, {
        id,
        type: 'person.seen',
        time,
        data: zone === null ? data : { ...data, zone },
      });
    },
    heard: (camera, sound, isOn) => {
      const key = memoryKey('sound', camera, sound);
      const since = numberOf(recall(key)) ?? 0;
      // Its end may be lost, so that a later beginning is one all the same.
      const isStill = since > 0 && since <= receivedAt && receivedAt - since < minuteMs;
      if (since > 0 || isOn) remember.set(key, isOn ? receivedAt : 0);
      if (!isOn || isStill) return;
      tell(camera, { id: null, type: 'sound.loud', time: null, data: { sound } });
    },
    puzzled: (what, camera) => {
      notUnderstood.push({
        ...(camera === undefined ? {} : { source: camera }),
        what,
        example: '',
      });
    },
    refuse: (reason) => refused.push(reason),
    done: () => {
      const minute = Math.floor(receivedAt / minuteMs);
      const speaking = new Set(readings.map(({ source }) => source ?? null));
      for (const camera of living) {
        if (speaking.has(camera)) continue;
        const id = eventId('heartbeat', camera ?? '', minute);
        tell(camera, { id, type: 'device.heartbeat', time: null, data: {} });
      }
      return { readings, refused, found, notUnderstood, remember };
    },
  };
}

/** Frigate tells of each camera every minute. */
const cameraProfile = deriveProfile({
  dialect: 'frigate',
  vendor: 'Frigate',
  model: null,
  title: null,
  capabilities: [...profiles['night-camera'].capabilities, 'device.heartbeat'],
  power: 'mains',
  supervision: { class: 'mains', everyMs: 5 * minuteMs, graceMs: 5 * minuteMs },
  kind: 'night-camera',
});
