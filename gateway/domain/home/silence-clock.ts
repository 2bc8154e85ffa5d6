import type { During } from '../../protocol/rule/during.ts';
import { personWaitsMs } from './away.ts';
import type { Pause } from './emptiness.ts';
import { windowsFrom } from './wall-clock.ts';

/** When silence counts: within the rule's hours, and while somebody may be at home and could be heard. */
export interface SilenceClock {
  during: During | undefined;
  timeZone: string;
  /** The silence begins anew after each; soonest first. */
  pauses: readonly Pause[];
  /** Silence counts in them too, but is not called too long before their end; soonest first. */
  untold: readonly Pause[];
}

/** When a silence since `from` becomes too long. It begins anew when somebody comes back to an empty home. */
export function tooLongAt(clock: SilenceClock, from: number, forMs: number): number {
  let since = from;
  for (const pause of clock.pauses) {
    if (pause.to <= since) continue;
    if (pause.from >= tooLongWithin(clock, since, forMs)) break;
    since = pause.to;
  }
  return tooLongWithin(clock, since, forMs);
}

/**
 * When a silence that becomes too long at `due` may be called so: not while nobody could be heard. What follows at once upon
 * that puts it off further, but not for ever: somebody may lie on the floor behind a network that comes and goes.
 */
export function toldAt({ untold }: SilenceClock, due: number): number {
  let at = due;
  let latest = Infinity;
  for (const { from, to } of untold) {
    if (from > at || at >= to) continue;
    latest = Math.min(latest, to + personWaitsMs);
    at = Math.min(to, latest);
  }
  return at;
}

/** With hours, only the time within one window counts; a whole window of silence is enough, however short it is. */
function tooLongWithin({ during, timeZone }: SilenceClock, from: number, forMs: number): number {
  if (during === undefined) return from + forMs;
  for (const window of windowsFrom(during, from, timeZone)) {
    const due = Math.max(window.from, from) + forMs;
    if (due < window.to) return due;
    if (window.from > from) return window.to;
  }
  return from + forMs;
}
