import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { Stay } from './stay.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Shorter is no rest. */
const quietMs = 30 * minute;
/** Up in the night for no longer than this belongs to the same night. */
const upMs = 30 * minute;
const leastNightMs = 3 * hour;
/** Longer is a sensor that no longer tells. */
const longestNightMs = 14 * hour;

export interface NightHours {
  /** Noon before it, and when it is looked for no longer. */
  noon: number;
  end: number;
  /** Quiet that begins before the evening belongs to the night only as its longest; what begins in the morning never does. */
  evening: number;
  morning: number;
  /** Quiet after this says little of the night. */
  late: number;
}

/**
 * When somebody rested in a night, for want of a sensor that tells it: the longest quiet of the night, and the quiet beside
 * it that short movement parts from it. Movement in the bedroom is somebody turning in bed, unless nothing else is watched.
 */
export function quietNight(
  stays: readonly Stay[],
  doors: readonly number[],
  { blind, hours }: { blind: readonly Span[]; hours: NightHours },
): Span[] {
  const hasMore = stays.some(({ room }) => room !== 'bedroom');
  const stirs: Span[] = stays.filter(({ room }) => !hasMore || room !== 'bedroom');
  const all = [...stirs, ...doors.map((at) => ({ from: at, to: at }))];
  const whole = { from: hours.noon, to: hours.end };
  const quiets = quietOf(all, whole)
    .flatMap((span) => difference([span], unionOf(blind)))
    .filter(({ from, to }) => to - from >= quietMs);
  const early = quiets.filter(({ from }) => from < hours.morning);
  const core = longestOf(early, { from: hours.evening, to: hours.late });
  if (core === null) return [];
  const night = [core];
  for (const span of quiets.slice(0, quiets.indexOf(core)).reverse()) {
    if (span.from < hours.evening || (night[0] ?? core).from - span.to > upMs) break;
    night.unshift(span);
  }
  for (const span of quiets.slice(quiets.indexOf(core) + 1)) {
    if (span.from >= hours.morning || span.from - (night.at(-1) ?? core).to > upMs) break;
    night.push(span);
  }
  const restMs = night.reduce((sum, { from, to }) => sum + to - from, 0);
  return restMs >= leastNightMs && restMs <= longestNightMs ? night : [];
}

/** What lies between movements, the first of which was before it. */
function quietOf(stirs: readonly Span[], whole: Span): Span[] {
  const sorted = stirs.toSorted((a, b) => a.from - b.from);
  const quiets: Span[] = [];
  let since: number | null = null;
  for (const { from, to } of sorted) {
    if (since !== null && from > since) quiets.push({ from: since, to: from });
    since = Math.max(since ?? to, to);
  }
  if (since !== null) quiets.push({ from: since, to: whole.to });
  return within(quiets, whole);
}

function longestOf(spans: readonly Span[], inside: Span): Span | null {
  let longest: Span | null = null;
  let mostMs = 0;
  for (const span of spans) {
    const ms = Math.min(span.to, inside.to) - Math.max(span.from, inside.from);
    if (ms <= mostMs) continue;
    longest = span;
    mostMs = ms;
  }
  return longest;
}
