import type { EventType } from '../protocol/catalogue.ts';

interface Pair {
  on: EventType;
  /** Absent: nothing is told when it ends. */
  off?: EventType;
}

/** What a device can sense that is so or not so, and what is told when that changes. */
export const senses = {
  door: { on: 'door.opened', off: 'door.closed' },
  motion: { on: 'motion.detected', off: 'motion.cleared' },
  presence: { on: 'presence.detected', off: 'presence.cleared' },
  water: { on: 'water.detected', off: 'water.cleared' },
  smoke: { on: 'smoke.detected', off: 'smoke.cleared' },
  co: { on: 'co.detected', off: 'co.cleared' },
  powerLost: { on: 'power.lost', off: 'power.restored' },
  batteryLow: { on: 'battery.low' },
  tamper: { on: 'tamper.detected' },
  fall: { on: 'fall.detected' },
  help: { on: 'help.pressed' },
  test: { on: 'test.pressed' },
} as const satisfies Record<string, Pair>;

export type Sense = keyof typeof senses;

export function isSense(text: unknown): text is Sense {
  return typeof text === 'string' && Object.hasOwn(senses, text);
}

export function typesOf(sense: Sense): readonly EventType[] {
  return Object.values(senses[sense]);
}

const words = new Map<string, Sense>(
  Object.entries({
    door: 'door',
    window: 'door',
    open: 'door',
    opened: 'door',
    opening: 'door',
    contact: 'door',
    motion: 'motion',
    movement: 'motion',
    pir: 'motion',
    presence: 'presence',
    occupancy: 'presence',
    occupied: 'presence',
    water: 'water',
    leak: 'water',
    leakage: 'water',
    flood: 'water',
    smoke: 'smoke',
    co: 'co',
    tamper: 'tamper',
    fall: 'fall',
    sos: 'help',
    emergency: 'help',
    panic: 'help',
  } satisfies Record<string, Sense>),
);

/** What a name such as `hall-door` or `batteryLow` is of, by its last telling word; null when none of its words tells. */
export function senseNamed(name: string): Sense | null {
  const said = wordsOf(name);
  const has = (word: string): boolean => said.includes(word);
  if (has('battery')) return has('low') ? 'batteryLow' : null;
  if (has('carbon') && has('monoxide')) return 'co';
  return said.map((word) => words.get(word) ?? null).findLast((sense) => sense !== null) ?? null;
}

/** The words of a name, in small letters: `isOpen`, `is-open` and `is_open` are the same. */
export function wordsOf(name: string): readonly string[] {
  const spaced = name.slice(0, 200).replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2');
  return spaced
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const presses = new Set([
  'press',
  'pressed',
  'push',
  'pushed',
  'click',
  'clicked',
  'tap',
  'single',
  'double',
  'triple',
  'quad',
  'quadruple',
  'penta',
  'quintuple',
  'many',
  'hold',
  'long',
  'short',
]);
const calls = new Set(['sos', 'emergency', 'panic']);
const ends = new Set(['release', 'released', 'up', 'clear', 'cancel', 'none']);

/** What an action's name says: a call for help, a press of a button whatever it is for, its end, or nothing known. */
export function pressNamed(action: string): 'call' | 'press' | 'end' | null {
  const said = wordsOf(action);
  if (said.some((word) => ends.has(word))) return 'end';
  if (said.some((word) => calls.has(word))) return 'call';
  return said.some((word) => presses.has(word)) ? 'press' : null;
}
