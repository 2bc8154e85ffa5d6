import type { AlertView } from '../../gateway/protocol/alert.ts';
import { callsReader } from '../alert/order.ts';
import { repeatMs, type Sound } from './pattern.ts';

/** What has been heard so far. */
export interface Heard {
  /** Each alert, and how often it had called, that has made a sound. */
  calls: ReadonlySet<string>;
  /** When each sound was last played. */
  playedAt: ReadonlyMap<Sound, number>;
}

export const heardNothing: Heard = { calls: new Set(), playedAt: new Map() };

export interface Situation {
  now: number;
  isStale: boolean;
  /** Those whose sounds this reader should hear. */
  alerts: Iterable<AlertView>;
  /** What a colleague has handed to this reader, and by which change. */
  handed: readonly { alert: AlertView; seq: number }[];
  readerId: string;
}

const loudestFirst: readonly Sound[] = ['emergency', 'high', 'stale', 'medium', 'low', 'technical'];

/** Decides what to play now, if anything: what is new or handed over at once, and what still waits at its interval. */
export function chooseSound(
  heard: Heard,
  situation: Situation,
): { heard: Heard; play: Sound | null } {
  const waiting = [...situation.alerts].filter((alert) => callsReader(alert, situation.readerId));
  const told = situation.handed.map(({ alert, seq }) => ({ alert, call: `${alert.id} to ${seq}` }));
  const asked = waiting.map((alert) => ({ alert, call: callOf(alert) }));
  const all = [...asked, ...told];
  const causes = [...waiting.map(soundOf), ...(situation.isStale ? (['stale'] as const) : [])];
  const fresh = all.filter(({ call }) => !heard.calls.has(call)).map(({ alert }) => soundOf(alert));
  const play = loudest([...fresh, ...causes.filter((cause) => isDue(cause, heard, situation.now))]);
  const playedAt = new Map(heard.playedAt);
  if (play !== null) playedAt.set(play, situation.now);
  return { heard: { calls: new Set(all.map(({ call }) => call)), playedAt }, play };
}

/** A test is heard, softly: it must not teach anyone to ignore the real thing. */
function soundOf(alert: AlertView): Sound {
  return alert.isTest ? 'low' : alert.severity;
}

function callOf(alert: AlertView): string {
  return `${alert.id} ${alert.step} ${alert.repeats} ${alert.helpWantedAt ?? ''}`;
}

/** A sound is not repeated while a louder one is; a lesser one never holds it back. */
function isDue(cause: Sound, { playedAt }: Heard, now: number): boolean {
  const every = repeatMs[cause];
  if (every === null) return false;
  const louder = loudestFirst.slice(0, loudestFirst.indexOf(cause) + 1);
  return louder.every((sound) => now - (playedAt.get(sound) ?? -Infinity) >= every);
}

function loudest(sounds: readonly Sound[]): Sound | null {
  return loudestFirst.find((sound) => sounds.includes(sound)) ?? null;
}

/** Whether an alert makes a reader's screen sound: the technical queue only for those who tend it. */
export function isHeardBy(alert: AlertView, tendsTechnical: boolean): boolean {
  return alert.queue === 'care' || tendsTechnical;
}
