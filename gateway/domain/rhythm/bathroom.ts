import type { Span } from '../history.ts';
import type { Stay } from './stay.ts';

const minute = 60_000;
/** Nothing moves while somebody sits still; after so long they have left. */
const stillMs = 30 * minute;
/** A door ajar lets a sensor elsewhere see who is in the bathroom. */
const glimpseMs = 2 * minute;
const leastMs = minute;

/**
 * Visits to the bathroom: from the first movement there to the last. Movement elsewhere ends one, where one person lives;
 * each lasts a minute at the least.
 */
export function bathroomVisits(stays: readonly Stay[], isAlone: boolean): Span[] {
  const visits: Span[] = [];
  let elsewhereAt = -Infinity;
  for (const { from, to, room } of stays) {
    if (room !== 'bathroom') {
      elsewhereAt = Math.max(elsewhereAt, from);
      continue;
    }
    const last = visits.at(-1);
    const hasLeft = isAlone && last !== undefined && elsewhereAt > last.to;
    if (last !== undefined && from - last.to <= (hasLeft ? glimpseMs : stillMs)) {
      last.to = Math.max(last.to, to);
    } else visits.push({ from, to });
  }
  return visits.map(({ from, to }, index) => {
    const next = visits[index + 1]?.from ?? Infinity;
    return { from, to: Math.max(to, Math.min(from + leastMs, next)) };
  });
}
