import type { Span } from '../history.ts';
import { difference } from '../roster/interval.ts';
import type { Sign } from './sign.ts';

/** Somebody moved in a room from here to there; both the same for what is over at once. */
export interface Stay extends Span {
  room: string | null;
}

/** What has said for longer that somebody is there is taken to have forgotten to say that they left. */
const believedMs = 8 * 3_600_000;
/** What moves again so soon has moved all the while. */
const sameMs = 5 * 60_000;

/**
 * Movement indoors, in order: from when a sensor sees somebody until it says that it no longer does. Whoever moves while
 * the home is paused does not live there.
 */
export function staysOf(signs: readonly Sign[], paused: readonly Span[]): Stay[] {
  const open = new Map<string, Stay>();
  const stays: Stay[] = [];
  for (const { at, deviceId, says, room } of signs) {
    if (says !== 'move' && says !== 'still') continue;
    const stay = open.get(deviceId);
    const goesOnMs = says === 'still' ? believedMs : sameMs;
    if (stay !== undefined && stay.room === room && at - stay.to <= goesOnMs) stay.to = at;
    else {
      const begun = { from: at, to: at, room };
      stays.push(begun);
      open.set(deviceId, begun);
    }
    if (says === 'still') open.delete(deviceId);
  }
  return stays
    .flatMap((stay) => outside(stay, paused))
    .sort((a, b) => a.from - b.from || a.to - b.to);
}

function outside(stay: Stay, paused: readonly Span[]): Stay[] {
  if (stay.from === stay.to) return isWithin(stay.from, paused) ? [] : [stay];
  return difference([stay], paused).map((span) => ({ ...span, room: stay.room }));
}

export function isWithin(at: number, spans: readonly Span[]): boolean {
  return spans.some(({ from, to }) => from <= at && at < to);
}

const togetherMs = 30 * 60_000;
const keptUpMs = 60 * 60_000;

/** When movement begins, of these, that is kept up for an hour: too long for a visitor, or a slip of a sensor; null: none. */
export function keptUpFrom(stays: readonly Stay[]): number | null {
  let since: number | null = null;
  let last = -Infinity;
  for (const { from, to } of stays) {
    if (since === null || from - last > togetherMs) since = from;
    last = Math.max(from - last > togetherMs ? to : last, to);
    if (last - since >= keptUpMs) return since;
  }
  return null;
}
