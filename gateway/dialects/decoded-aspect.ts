import { catalogue, type EventType } from '../protocol/catalogue.ts';
import { type Aspect, fallOf, isSo, type Leaf, plainWord, type Wording } from './decoded-field.ts';
import { numberOf } from './loose-json.ts';
import type { LorawanModel } from './lorawan-model.ts';

/** The last states by what they are of; true is open, moving, occupied, wet. */
export type States = Map<string, boolean>;

/** What is said, as it is put together. */
export interface Telling {
  model: LorawanModel;
  states: States;
  /** What else its message is about: a door that has a button is no call button. */
  aspects: ReadonlySet<Aspect>;
  hasPosition: boolean;
  /** `of` is the value that says it. */
  facts: { type: EventType; data: Readonly<Record<string, unknown>>; of: string }[];
}

type Read = (leaf: Leaf, telling: Telling) => boolean;

function pathOf({ within, name }: Leaf): string {
  return [...within, name].join(' ').slice(0, 100);
}

/** Adds what a value says; false when it says nothing that has a meaning here. */
export function readAspect(leaf: Leaf, aspect: Aspect | null, telling: Telling): boolean {
  if (typeof leaf.value === 'string' && /low battery/i.test(leaf.value.slice(0, 60))) {
    return state(leaf, true, ['battery.low', null], telling);
  }
  if (leaf.within.length === 0 && (leaf.name === 'status' || leaf.name === 'state')) {
    return readStatus(leaf, telling);
  }
  return aspect === null ? false : reads[aspect](leaf, telling);
}

const maxStates = 32;

/** Tells a state when it is another than before. Of a hazard, that there is none is only told after there was one. */
function state(
  leaf: Leaf,
  so: boolean | null,
  [on, off]: readonly [EventType, EventType | null],
  { states, facts }: Telling,
  isHazard = false,
): boolean {
  if (so === null) return false;
  const of = pathOf(leaf);
  const key = `${on} ${of}`;
  const before = states.get(key);
  if (before === so) return true;
  if (before !== undefined || states.size < maxStates) states.set(key, so);
  const type = so ? on : off;
  if (type !== null && (so || before !== undefined || !isHazard))
    facts.push({ type, data: {}, of });
  return true;
}

function stateOf(wording: Wording, types: readonly [EventType, EventType | null]): Read {
  return (leaf, telling) => state(leaf, isSo(leaf.value, wording), types, telling);
}

function hazardOf(wording: Wording, types: readonly [EventType, EventType | null]): Read {
  return (leaf, telling) => {
    const number = numberOf(leaf.value);
    const so = number !== null && number > 1 ? true : isSo(leaf.value, wording);
    // A detector under test says so in the place where it would tell of a fire.
    if (so === null && typeof leaf.value === 'string' && /\btest/.test(plainWord(leaf.value))) {
      return tell(leaf, telling, 'test.pressed');
    }
    return state(leaf, so, types, telling, true);
  };
}

function tell(
  leaf: Leaf,
  { facts }: Telling,
  type: EventType,
  data: Record<string, unknown> = {},
): boolean {
  const known = catalogue[type].data.safeParse(data);
  if (known.success) facts.push({ type, data, of: pathOf(leaf) });
  return known.success;
}

const readContact: Read = (leaf, telling) => {
  const { name, value } = leaf;
  const word = typeof value === 'string' ? plainWord(value) : value;
  const types = ['door.opened', 'door.closed'] as const;
  if (!/^(contact|reed)/.test(name)) return state(leaf, isSo(value, 'contact'), types, telling);
  // A contact that is made is a closed door; as a number it could be either.
  if (word === true || word === 'true') return state(leaf, false, types, telling);
  if (word === false || word === 'false') return state(leaf, true, types, telling);
  return numberOf(value) === null && state(leaf, isSo(value, 'contact'), types, telling);
};

const readMotion: Read = (leaf, telling) => {
  const number = typeof leaf.value === 'boolean' ? null : numberOf(leaf.value);
  // A count of movements since the last message: each is motion, and none is not the end of one.
  if (number !== null && /^(motion|movement)$|count$/.test(leaf.name)) {
    return number > 0 ? tell(leaf, telling, 'motion.detected') : number === 0;
  }
  return stateOf('motion', ['motion.detected', 'motion.cleared'])(leaf, telling);
};

const readPresence: Read = (leaf, telling) => {
  // Of a region some vendors' numbers mean the opposite; the whole room is told as well.
  const number = numberOf(leaf.value);
  const so = number === 2 ? true : isSo(leaf.value, 'presence');
  return state(leaf, so, ['presence.detected', 'presence.cleared'], telling);
};

const readHelp: Read = (leaf, telling) => {
  const { value } = leaf;
  const number = numberOf(value);
  const so = number !== null && number > 1 ? true : isSo(value, 'help');
  if (so !== true) return so === false;
  return tell(
    leaf,
    telling,
    'help.pressed',
    typeof value === 'string' ? { press: plainWord(value) } : {},
  );
};

const others: readonly Aspect[] = ['contact', 'motion', 'presence', 'leak', 'smoke', 'co', 'fall'];

const readButton: Read = (leaf, telling) => {
  if (isSo(leaf.value, 'help') === false) return true;
  const { callsForHelp } = telling.model;
  const isCall = callsForHelp ?? !others.some((aspect) => telling.aspects.has(aspect));
  return isCall && readHelp(leaf, telling);
};

const readAlarm: Read = (leaf, telling) => {
  if (isSo(leaf.value, 'help') === false) return true;
  if (telling.model.kind === 'smoke-detector') return reads.smoke(leaf, telling);
  const isCall = telling.model.callsForHelp === true || telling.hasPosition;
  return isCall && readHelp(leaf, telling);
};

const readFall: Read = (leaf, telling) => {
  const { name, value } = leaf;
  if (name === 'target_status' && numberOf(value) !== null) return false;
  const parts = typeof value === 'string' ? value.slice(0, 200).split(',') : [value];
  const words = parts.map((part) => fallOf(part));
  if (words.includes('confirmed')) return tell(leaf, telling, 'fall.detected');
  if (words.includes('maybe')) return tell(leaf, telling, 'fall.suspected');
  return words.some((word) => word !== null);
};

const readRoom: Read = (leaf, telling) => {
  if (typeof leaf.value !== 'string') return false;
  const word = plainWord(leaf.value);
  const isEmpty = word === 'vacant';
  const isKnown = isEmpty || /^(normal|occupied|in bed|out of bed|fall)$/.test(word);
  if (!isKnown) return readFall(leaf, telling);
  state(leaf, !isEmpty, ['presence.detected', 'presence.cleared'], telling);
  if (word.endsWith('bed')) reads.bed(leaf, telling);
  return word === 'fall' ? tell(leaf, telling, 'fall.detected') : true;
};

const readPercent: Read = (leaf, telling) => {
  const percent = numberOf(leaf.value);
  return percent !== null && tell(leaf, telling, 'battery.measured', { percent });
};

const readBattery: Read = (leaf, telling) => {
  const number = numberOf(leaf.value);
  if (number === null) return reads['low-battery'](leaf, telling);
  const { battery } = telling.model;
  // 3.6 is volts and 80 is percent; 3 could be either, and is guessed at by nobody.
  if (battery === 'volts' || (battery === null && number < 6)) return true;
  return readPercent(leaf, telling);
};

function measured(type: EventType, unit: string): Read {
  return (leaf, telling) => {
    const { value } = leaf;
    const number = numberOf(Array.isArray(value) ? value.at(-1) : value);
    return number !== null && tell(leaf, telling, type, { [unit]: number });
  };
}

const named: readonly (readonly [RegExp, EventType])[] = [
  [/\bsos\b|panic|emergency|\bhelp\b|button/, 'help.pressed'],
  [/tamper|disassembl/, 'tamper.detected'],
  [/\btest/, 'test.pressed'],
  [/leak|flood/, 'water.detected'],
  [/smoke|\bfire\b/, 'smoke.detected'],
];
const ordinary = /heart ?beat|keep ?alive|periodic|status|report|uplink|data|normal|none|join|boot/;
const ended = /\b(no|not|off|clear(ed)?|end(ed)?|release[ds]?|cancel(l?ed)?|deactivated)\b/;

const readNamed: Read = (leaf, telling) => {
  if (typeof leaf.value !== 'string') return false;
  const word = plainWord(leaf.value);
  if (/\bfall\b|man ?down/.test(word)) return readFall(leaf, telling);
  const type = named.find(([pattern]) => pattern.test(word))?.[1];
  if (type === undefined) return ordinary.test(word);
  return ended.test(word) || tell(leaf, telling, type);
};

const readStatus: Read = (leaf, telling) => {
  const means = telling.model.status;
  if (means !== null) return reads[means](leaf, telling);
  // Words say what they mean; what a bit means only the model knows.
  if (typeof leaf.value !== 'string' || numberOf(leaf.value) !== null) return false;
  return /^(open(ed)?|closed?)$/.test(plainWord(leaf.value))
    ? reads.contact(leaf, telling)
    : readNamed(leaf, telling);
};

const reads: Readonly<Record<Aspect, Read>> = {
  contact: readContact,
  motion: readMotion,
  presence: readPresence,
  bed: stateOf('bed', ['bed.entered', 'bed.left']),
  leak: hazardOf('leak', ['water.detected', 'water.cleared']),
  smoke: hazardOf('smoke', ['smoke.detected', 'smoke.cleared']),
  co: hazardOf('co', ['co.detected', 'co.cleared']),
  tamper: stateOf('tamper', ['tamper.detected', null]),
  'low-battery': stateOf('low-battery', ['battery.low', null]),
  help: readHelp,
  button: readButton,
  alarm: readAlarm,
  fall: readFall,
  room: readRoom,
  test: (leaf, telling) => {
    const so = isSo(leaf.value, 'test');
    return so === true ? tell(leaf, telling, 'test.pressed') : so === false;
  },
  battery: readBattery,
  'battery-percent': readPercent,
  temperature: measured('temperature.measured', 'celsius'),
  humidity: measured('humidity.measured', 'percent'),
  illuminance: measured('illuminance.measured', 'lux'),
  power: measured('power.measured', 'watts'),
  'named-event': readNamed,
};
