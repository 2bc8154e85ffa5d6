import { addressOf, macOf, memoryKey } from './address.ts';
import type { Draft } from './draft.ts';
import { field, textOf } from './loose-json.ts';

/** Where in a Tasmota's own words a message stands. */
export interface TasmotaTopic {
  /** The device's topic, without `tele`, `stat` and the last word. */
  base: string;
  /** `SENSOR`, `STATE`, `LWT`, … */
  kind: string;
}

const prefixes = ['tele', 'stat', 'cmnd'];

/**
 * The parts of a topic in any order Tasmota's `FullTopic` may give them; null for commands, and for what is none of its
 * topics.
 */
export function tasmotaTopic(local: string): TasmotaTopic | null {
  const levels = local.split('/');
  const kind = levels.pop();
  if (kind === undefined || levels.length < 2 || levels.length > 12) return null;
  // `%prefix%/%topic%/` is the default, `%topic%/%prefix%/` is usual.
  const at = [0, levels.length - 1, ...levels.keys()].find((index) =>
    prefixes.includes(levels[index] ?? ''),
  );
  if (at === undefined || levels[at] === 'cmnd') return null;
  const topic = levels.filter((_, index) => index !== at);
  // With SetOption89 each Zigbee device has a level of its own.
  if (topic.length > 1 && /^[0-9A-F]{4}$/.test(topic.at(-1) ?? '')) topic.pop();
  return { base: topic.join('/'), kind };
}

/** The topic of a device that `tasmota/discovery/<MAC>/config` describes, as `tasmotaTopic` gives it. */
export function describedTopic(config: unknown): string | null {
  const full = textOf(field(config, 'ft'), 200) ?? '%prefix%/%topic%/';
  const topic = textOf(field(config, 't'), 200);
  if (topic === null) return null;
  const hardware = textOf(field(config, 'mac'), 20) ?? '';
  const levels = full
    .split('/')
    .filter((level) => level !== '%prefix%' && level !== '')
    .map((level) =>
      level
        .replaceAll('%topic%', topic)
        .replaceAll('%hostname%', textOf(field(config, 'hn'), 80) ?? '')
        .replaceAll('%id%', hardware),
    );
  return levels.join('/');
}

/** The hardware address of the device with this topic; a makeshift while it is not known. */
export function deviceAddress(draft: Draft, base: string): string {
  const known = macOf(draft.recall(memoryKey('mac', base)));
  if (known !== null) return known;
  draft.remember(memoryKey('met', base), true);
  return addressOf(`topic:${base}`) ?? 'topic:';
}

/** Learns a device's hardware address; gives the makeshift it had, if it was told under one. */
export function learnAddress(draft: Draft, base: string, mac: string): string | undefined {
  const before = draft.recall(memoryKey('mac', base));
  if (before !== mac) draft.remember(memoryKey('mac', base), mac);
  if (draft.recall(memoryKey('met', base)) === undefined) return undefined;
  draft.remember(memoryKey('met', base), null);
  return addressOf(`topic:${base}`) ?? undefined;
}
