import type { Seed } from './seed.ts';

/** Numbers from 0 up to 1, always the same for the same seed (mulberry32). */
export function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Dice = () => number;

/** Values that are seldom expected. */
const odd: readonly unknown[] = [
  null,
  true,
  false,
  '',
  ' ',
  '0',
  '80.00',
  '1e999',
  'true',
  'ON',
  'offline',
  'fall',
  'maybe_fall',
  'emergency',
  0,
  -0,
  1,
  -1,
  255,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  1e21,
  0.1,
  [],
  {},
  [[[]]],
  '\u0000\u0007\u001b[31m',
  '\u202egnirts',
  '\ud800',
  'garażowa/entrée [1] 日本',
  '__proto__',
  'x'.repeat(5_000),
  '9'.repeat(400),
  '2026-11-22T02:13:00',
  '2026-02-30T25:61:00Z',
  { __proto__: null, constructor: 1, toString: null, hasOwnProperty: 'x' },
  Array.from({ length: 300 }, (_, at) => at),
  Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`key${at}`, at])),
];
const keys = ['__proto__', 'constructor', 'toString', 'length', '', ' ', 'a'.repeat(300), 'status'];

export interface Message {
  topic: string;
  payload: Uint8Array;
}

/** A message made from a right one: in its structure, its bytes, its topic, or nothing of it at all. */
export function mutate(seed: Seed, others: readonly Seed[], dice: Dice): Message {
  const topic = dice() < 0.15 ? mutateTopic(seed.topic, dice) : seed.topic;
  return { topic, payload: wreck(dice) ?? change(seed, others, dice) };
}

/** Nothing like any message, now and then. */
function wreck(dice: Dice): Uint8Array | null {
  const kind = dice();
  if (kind < 0.002) return noise(2 ** 20, dice);
  if (kind < 0.004) return encode('['.repeat(50_000) + ']'.repeat(50_000));
  if (kind < 0.03) return noise(Math.floor(dice() * 200), dice);
  return kind < 0.05 ? new Uint8Array() : null;
}

function change(seed: Seed, others: readonly Seed[], dice: Dice): Uint8Array {
  let body = (dice() < 0.05 ? pick(others, dice) : seed).payload;
  for (let times = Math.floor(dice() * 4); times >= 0; times -= 1) {
    body = mutateValue(body, dice, 0);
  }
  const text = typeof body === 'string' && dice() < 0.8 ? body : (JSON.stringify(body) ?? '');
  const bytes = encode(dice() < 0.05 ? `\uFEFF${text}` : text);
  return dice() < 0.25 ? mutateBytes(bytes, dice) : bytes;
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function pick<Item>(items: readonly Item[], dice: Dice): Item {
  const item = items[Math.floor(dice() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

function mutateValue(value: unknown, dice: Dice, depth: number): unknown {
  if (dice() < 0.08 || depth > 8) return pick(odd, dice);
  if (Array.isArray(value)) return mutateList(value, dice, depth);
  if (typeof value !== 'object' || value === null) return mutateScalar(value, dice);
  const entries = Object.entries(value);
  const at = Math.floor(dice() * entries.length);
  const [key, inner] = entries[at] ?? ['', null];
  const choice = dice();
  if (choice < 0.1) entries.splice(at, 1);
  else if (choice < 0.2) entries.push([pick(keys, dice), pick(odd, dice)]);
  else if (choice < 0.25) entries[at] = [pick(keys, dice), inner];
  else if (choice < 0.3) return [value];
  else entries[at] = [key, mutateValue(inner, dice, depth + 1)];
  return Object.fromEntries(entries);
}

function mutateList(list: readonly unknown[], dice: Dice, depth: number): unknown {
  if (list.length === 0) return [pick(odd, dice)];
  const at = Math.floor(dice() * list.length);
  const choice = dice();
  if (choice < 0.1) return list.toSpliced(at, 1);
  if (choice < 0.2) return [...list, pick(odd, dice)];
  if (choice < 0.25 && isShort(list[at])) return Array.from({ length: 1_200 }, () => list[at]);
  if (choice < 0.3) return Object.fromEntries(list.entries());
  return list.with(at, mutateValue(list[at], dice, depth + 1));
}

/** What is repeated may be repeated again. */
function isShort(value: unknown): boolean {
  return (JSON.stringify(value) ?? '').length < 1_000;
}

function mutateScalar(value: unknown, dice: Dice): unknown {
  if (dice() < 0.5) return pick(odd, dice);
  if (typeof value === 'number')
    return dice() < 0.5 ? String(value) : value * 10 ** (dice() * 40 - 20);
  if (typeof value !== 'string') return String(value);
  const at = Math.floor(dice() * value.length);
  return dice() < 0.5
    ? value.slice(0, at)
    : `${value.slice(0, at)}${String.fromCharCode(Math.floor(dice() * 0x1_00_00))}${value.slice(at)}`;
}

function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const copy = Uint8Array.from(bytes);
  if (dice() < 0.3) return copy.slice(0, Math.floor(dice() * copy.length));
  for (let times = Math.floor(dice() * 5); times >= 0; times -= 1) {
    copy[Math.floor(dice() * copy.length)] = Math.floor(dice() * 256);
  }
  return copy;
}

function noise(length: number, dice: Dice): Uint8Array {
  return Uint8Array.from({ length }, () => Math.floor(dice() * 256));
}

/** Still of the same dialect, else nobody would read it. */
function mutateTopic(topic: string, dice: Dice): string {
  const [first = '', ...levels] = topic.split('/');
  if (levels.length === 0) return topic;
  const at = Math.floor(dice() * levels.length);
  const choice = dice();
  if (choice < 0.3) levels.splice(at, 1);
  else if (choice < 0.6) levels.splice(at, 0, '');
  else if (choice < 0.8) levels[at] = (JSON.stringify(pick(odd, dice)) ?? '').slice(0, 300);
  else levels[at] = pick(keys, dice);
  return [first, ...levels].join('/');
}
