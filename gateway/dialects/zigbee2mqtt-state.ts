import type { Json } from '../domain/dialect.ts';
import { type FallWord, fallOf } from './decoded-field.ts';
import type { Draft, Told } from './draft.ts';
import { field, type Fields, fieldsOf, numberOf, textOf } from './loose-json.ts';
import { pressNamed } from './sense.ts';
import { isWorthTelling, type Thinned } from './thinning.ts';
import { type Flag, isFallName, usualFlag } from './zigbee2mqtt-exposes.ts';

/** What was kept of a device's description; null while zigbee2mqtt has not told it. */
export interface Known {
  /** By property; null for one that is no flag, whatever its name. */
  flags: ReadonlyMap<string, Flag | null>;
  falls: readonly string[];
  isButton: boolean;
}

const minute = 60_000;

/** After so long a detector that still says `test` has stopped testing, and smoke is smoke. */
const testLastsMs = 5 * minute;

/** What each measurement can be. */
const measured = {
  battery: { least: 0, most: 100 },
  linkquality: { least: 0, most: 255 },
  temperature: { least: -90, most: 150 },
  humidity: { least: 0, most: 100 },
  illuminance: { least: 0, most: 200_000 },
  power: { least: 0, most: 100_000 },
} as const satisfies Record<Thinned, { least: number; most: number }>;

type Measured = keyof typeof measured;

/** Tells what has changed in a device's state; what is missing from it is as it was. */
export function tellState(
  draft: Draft,
  told: Told,
  state: Fields,
  known: Known | null,
  receivedAt: number,
): void {
  draft.heard(told);
  tellAction(draft, told, state, known);
  const flags = flagsIn(state, known);
  const isTesting = followTest(draft, told, flags, receivedAt);
  for (const { name, flag, value } of flags) {
    const isOn = isSo(value, flag);
    if (isOn === null) draft.puzzled(name, value, told.source);
    else if (!isTesting || !isOn || (flag.sense !== 'smoke' && flag.sense !== 'co')) {
      draft.state(told, flag.sense, isOn, { part: name });
    }
  }
  for (const [name, value] of Object.entries(state)) {
    const isFall = known === null ? isFallName(name) : known.falls.includes(name);
    if (isFall) tellFall(draft, told, name, value);
  }
  if (textOf(state['battery_state'], 20) !== null && !flags.some(isBatteryFlag)) {
    draft.state(told, 'batteryLow', state['battery_state'] === 'low', { part: 'battery_state' });
  }
  tellMeasured(draft, told, state);
}

interface FlagSaid {
  name: string;
  flag: Flag;
  value: unknown;
}

function isBatteryFlag({ flag }: FlagSaid): boolean {
  return flag.sense === 'batteryLow';
}

function flagsIn(state: Fields, known: Known | null): readonly FlagSaid[] {
  const said: FlagSaid[] = [];
  for (const [name, value] of Object.entries(state)) {
    const described = known?.flags.get(name);
    const flag = described === undefined ? usualFlag(name) : described;
    if (flag !== null && value !== null && value !== '') said.push({ name, flag, value });
  }
  return said;
}

/** Which of the two a value means, also where a number or a text stands for true and false; null for neither. */
function isSo(value: unknown, { on, off }: Flag): boolean | null {
  if (isSame(value, on)) return true;
  if (isSame(value, off)) return false;
  const is = truth(value);
  const asks = truth(on);
  if (is !== null && asks !== null) return is === asks;
  return off === null ? false : null;
}

function isSame(one: unknown, other: Json): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  return one.trim().toLowerCase() === other.toLowerCase();
}

function truth(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : String(numberOf(value));
  if (['true', 'on', 'yes', '1'].includes(word)) return true;
  return ['false', 'off', 'no', '0'].includes(word) ? false : null;
}

/**
 * Whether smoke that is told now is part of a test. A detector may say `test` long after it was tested, and the smoke it
 * saw in the test too: only what begins after that is smoke.
 */
function followTest(
  draft: Draft,
  told: Told,
  flags: readonly FlagSaid[],
  receivedAt: number,
): boolean {
  const key = `test ${told.source}`;
  const before = draft.recall(key);
  const test = flags.find(({ flag }) => flag.sense === 'test');
  if (test === undefined) return false;
  if (isSo(test.value, test.flag) !== true) {
    draft.remember(key, null);
    return false;
  }
  const since = numberOf(field(before, 'since')) ?? receivedAt;
  const isNew = receivedAt - since < testLastsMs && receivedAt >= since;
  const isSmoke = flags.some(
    ({ flag, value }) =>
      (flag.sense === 'smoke' || flag.sense === 'co') && isSo(value, flag) === true,
  );
  const isHeld = isSmoke && (isNew || field(before, 'isHeld') === true);
  if (before === undefined || isHeld !== (field(before, 'isHeld') === true)) {
    draft.remember(key, { since, isHeld });
  }
  return isHeld;
}

function tellFall(draft: Draft, told: Told, name: string, value: unknown): void {
  if (value === null || value === '' || value === 'unknown') return;
  const fall = fallOf(value);
  if (fall === null) {
    draft.puzzled(name, value, told.source);
    return;
  }
  const key = `fall ${told.source}`;
  const before = draft.recall(key);
  const was = field(before, name);
  // Once confirmed it is one fall until the device has said that it is over.
  const is: FallWord = fall === 'over' ? 'none' : fall;
  if (is === was || (is === 'maybe' && was === 'confirmed')) return;
  draft.remember(key, { ...fieldsOf(before), [name]: is } as Json);
  if (is === 'confirmed') draft.tell(told, 'fall.detected');
  if (is === 'maybe') draft.tell(told, 'fall.suspected');
}

function tellAction(draft: Draft, told: Told, state: Fields, known: Known | null): void {
  const value = state['action'] ?? state['click'];
  if (value === undefined || value === null) return;
  const word = textOf(value, 60);
  if (word === null) {
    // zigbee2mqtt sends an empty one after each, for those who watch it as a state.
    if (typeof value !== 'string') draft.puzzled('action', value, told.source);
    return;
  }
  const meaning = meaningOf(word.toLowerCase(), known);
  // A press is no state: only its time tells one from the same one sent again.
  const marked = told.time === null ? told : { ...told, mark: `${word} ${told.time}` };
  if (meaning === 'help') draft.tell(marked, 'help.pressed', { press: word });
  if (meaning === 'motion') draft.tell(marked, 'motion.detected', { word });
  if (meaning === 'unknown') {
    draft.tell(marked, 'unknown', { originalType: word });
    draft.puzzled('action', word, told.source);
  }
}

/** The state of a region of a presence sensor, which `presence` sums up, or a vibration that has a flag of its own. */
const toldElsewhere = /^(region_.+_(enter|leave|occupied|unoccupied)|vibration)$/;

function meaningOf(word: string, known: Known | null): 'help' | 'motion' | 'unknown' | null {
  if (toldElsewhere.test(word)) return null;
  if (word === 'tilt' || word === 'drop') return 'motion';
  const press = pressNamed(word);
  if (press === 'call') return 'help';
  if (press === 'end') return null;
  // A press of something that does other work too, such as switching a lamp, calls nobody.
  if (press === 'press' && (known === null || known.isButton)) return 'help';
  return word === 'off' && known?.isButton === true ? null : 'unknown';
}

function tellMeasured(draft: Draft, told: Told, state: Fields): void {
  const temperature = state['temperature'] ?? state['local_temperature'];
  // Where both are told, one is as the sensor counts, and the other in lux.
  const illuminance = state['illuminance_lux'] ?? state['illuminance'];
  const said: Fields = { ...state, temperature, illuminance };
  const tell = (name: Measured, make: (value: number) => void): void => {
    const value = fresh(draft, told, name, said[name]);
    if (value !== null) make(value);
  };
  tell('temperature', (celsius) => draft.tell(told, 'temperature.measured', { celsius }));
  tell('humidity', (percent) => draft.tell(told, 'humidity.measured', { percent }));
  tell('illuminance', (lux) => draft.tell(told, 'illuminance.measured', { lux }));
  tell('power', (watts) => draft.tell(told, 'power.measured', { watts }));
  tell('battery', (percent) => draft.tell(told, 'battery.measured', { percent }));
  tell('linkquality', (lqi) => draft.tell(told, 'link.measured', { lqi }));
}

/** The number, if it is one worth telling; what is no such measurement is noted. */
function fresh(draft: Draft, told: Told, name: Measured, said: unknown): number | null {
  if (said === undefined || said === null || said === '') return null;
  const { least, most } = measured[name];
  const number = numberOf(said);
  // What a panel on the roof gives back is no draw.
  const value = number !== null && name === 'power' ? Math.max(0, number) : number;
  if (value === null || value < least || value > most) {
    draft.puzzled(name, said, told.source);
    return null;
  }
  return isWorthTelling(draft, told, name, value) ? value : null;
}
