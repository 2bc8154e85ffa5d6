import type {
  Found,
  Interpretation,
  Json,
  Memory,
  NotUnderstood,
  Reading,
} from '../domain/dialect.ts';
import { catalogue, type EventType } from '../protocol/catalogue.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';
import { eventId } from './event-id.ts';
import { exampleOf, field, fieldsOf } from './loose-json.ts';
import { type Sense, senses } from './sense.ts';

/** Of which device something is told, and when by its own clock. */
export interface Told {
  source: string;
  /** Epoch milliseconds; null: it said no time. */
  time: number | null;
  /** Unique among what this device says, such as a counter or a time finer than a second; absent: there is none. */
  mark?: string | number;
}

export interface StateOptions {
  /** Tells one of several alike on a device from the other. */
  part?: string;
  /** It only ever says that it is so: it is so again when so many milliseconds have passed. */
  againAfterMs?: number;
  /** Nothing is told of how it is when it is first heard of, even if that is active. */
  silentAtFirst?: boolean;
}

/** What is being made of one message. */
export interface Draft {
  /** Epoch milliseconds. */
  receivedAt: number;
  /** A fact; what its type cannot hold, such as 300 per cent, is noted as not understood. */
  tell: (told: Told, type: EventType, data?: Readonly<Record<string, unknown>>) => void;
  /** Something is so or not: told when that has changed, and when it is active the first time it is heard of. */
  state: (told: Told, sense: Sense, isActive: boolean, options?: StateOptions) => void;
  /** Whether a device can be reached: told when that has changed, and when it cannot the first time it is heard of. */
  online: (source: string, isOnline: boolean, by: DialectName) => void;
  /** It has shown that it lives: a heartbeat, unless it tells something else. */
  heard: (told: Told) => void;
  found: (found: Found) => void;
  gone: (address: string) => void;
  puzzled: (what: string, example: unknown, source?: string) => void;
  refuse: (reason: string) => void;
  recall: (key: string) => Json | undefined;
  remember: (key: string, value: Json | null) => void;
  done: () => Interpretation;
}

export function createDraft(memory: Memory, receivedAt: number): Draft {
  const readings: Reading[] = [];
  const refused: string[] = [];
  const found = new Map<string, Found>();
  const gone = new Set<string>();
  const puzzles: NotUnderstood[] = [];
  const changes = new Map<string, Json | null>();
  const heard = new Map<string, Told>();

  const recall = (key: string): Json | undefined => {
    const changed = changes.get(key);
    return changed === undefined ? memory.get(key) : (changed ?? undefined);
  };
  const remember = (key: string, value: Json | null): void => {
    if (value === null && recall(key) === undefined) return;
    changes.set(key, value);
  };
  const puzzled: Draft['puzzled'] = (what, example, source) => {
    if (puzzles.length >= 20) return;
    const text = exampleOf(example).slice(0, 200);
    const note = { what: exampleOf(what).slice(0, 100), example: text };
    puzzles.push(source === undefined ? note : { source, ...note });
  };
  const tell: Draft['tell'] = ({ source, time, mark }, type, data = {}) => {
    if (!catalogue[type].data.safeParse(data).success) {
      puzzled(type, JSON.stringify(data), source);
      return;
    }
    const id = mark === undefined ? null : eventId(source, type, mark);
    readings.push({ id, type, time, data, source });
  };

  return {
    receivedAt,
    tell,
    recall,
    remember,
    puzzled,
    state: (told, sense, isActive, options = {}) => {
      const key = `states ${told.source}`;
      const states = recall(key);
      const change = changeOf(states, sense, isActive, options, receivedAt);
      if (change === null) return;
      remember(key, { ...fieldsOf(states), [change.name]: change.value } as Json);
      if (change.type !== null) tell(marked(told, change.name), change.type);
    },
    online: (source, isOnline, by) => {
      const before = recall(`online ${source}`);
      if (before === isOnline) return;
      remember(`online ${source}`, isOnline);
      const told = { source, time: null };
      if (!isOnline) tell(told, 'reach.lost', { by, reason: 'unreachable' });
      else if (before === false) tell(told, 'reach.restored', { by });
    },
    heard: (told) => heard.set(told.source, told),
    found: (one) => found.set(one.address, { ...found.get(one.address), ...one }),
    gone: (address) => {
      gone.add(address);
      // When it comes back, a fall or a leak is a new one.
      for (const kind of ofOneStay) remember(`${kind} ${address}`, null);
    },
    refuse: (reason) => refused.push(reason),
    done: () => {
      const speaking = new Set(readings.map(({ source }) => source));
      for (const told of heard.values()) {
        if (!speaking.has(told.source)) tell(told, 'device.heartbeat');
      }
      return {
        readings,
        refused,
        ...(found.size === 0 ? {} : { found: [...found.values()] }),
        ...(gone.size === 0 ? {} : { gone: [...gone] }),
        ...(puzzles.length === 0 ? {} : { notUnderstood: puzzles }),
        ...(changes.size === 0 ? {} : { remember: changes }),
      };
    },
  };
}

/** What is remembered of a device as long as it belongs to its network. */
const ofOneStay = ['states', 'online', 'fall', 'test', 'measured'] as const;

function marked(told: Told, name: string): Told {
  return told.mark === undefined ? told : { ...told, mark: `${told.mark} ${name}` };
}

interface Change {
  name: string;
  value: Json;
  type: EventType | null;
}

/** What becomes of a state, and what is to be told; null when nothing has changed. */
function changeOf(
  states: Json | undefined,
  sense: Sense,
  isActive: boolean,
  { part = '', againAfterMs, silentAtFirst = false }: StateOptions,
  now: number,
): Change | null {
  const name = `${sense}/${part}`;
  const before = field(states, name);
  const types: { on: EventType; off?: EventType } = senses[sense];
  if (isActive && againAfterMs !== undefined) {
    return { name, value: now, type: isWithin(before, againAfterMs, now) ? null : types.on };
  }
  const was = wasActive(before);
  if (was === isActive) return null;
  const isSilent = isActive
    ? silentAtFirst && was === null
    : was === null || isActiveElsewhere(states, sense, name);
  return { name, value: isActive, type: isSilent ? null : typeOf(types, isActive) };
}

function typeOf(types: { on: EventType; off?: EventType }, isActive: boolean): EventType | null {
  return isActive ? types.on : (types.off ?? null);
}

function isWithin(since: unknown, ms: number, now: number): boolean {
  return typeof since === 'number' && Math.abs(now - since) < ms;
}

/** How it was, where that is known; a time is of one that was active then. */
function wasActive(before: unknown): boolean | null {
  if (typeof before === 'number') return true;
  return typeof before === 'boolean' ? before : null;
}

/** Whether another part of the device still senses the same: a home is not dry before the last sensor is. */
function isActiveElsewhere(states: Json | undefined, sense: Sense, name: string): boolean {
  return Object.entries(fieldsOf(states) ?? {}).some(
    ([other, value]) => other !== name && other.startsWith(`${sense}/`) && value === true,
  );
}
