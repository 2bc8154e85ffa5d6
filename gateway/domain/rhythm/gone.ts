import type { Span } from '../history.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { Equipped } from './equipped.ts';
import type { Sign } from './sign.ts';
import { keptUpFrom, type Stay } from './stay.ts';

const minute = 60_000;
/** Who leaves is still seen so long after the door, and before it when they come. */
const leavingMs = 2 * minute;
const comingMs = minute;
/** A sensor that saw them leave may say so long that somebody is there. */
const heldMs = 10 * minute;
/** Somebody was by the door, before they left or after they came: a door alone is no leaving. */
const nearMs = 30 * minute;
const shortestMs = 10 * minute;
/** Nobody has come back yet; before that it may be somebody who sits still. */
const stillAwayMs = 30 * minute;

interface Facts {
  signs: readonly Sign[];
  stays: readonly Stay[];
  equipped: Equipped;
  isAlone: boolean;
  unheard: readonly Span[];
  end: number;
}

/**
 * When somebody who lives alone was out of their area, by their own alarm, until it says that they are back, they lie in
 * bed, or something moves at home for an hour. Where several live, it says nothing of the home.
 */
export function goneToldOf({ signs, stays, isAlone, end }: Facts): Span[] {
  if (!isAlone) return [];
  const words = signs.filter(({ says }) => says !== 'move' && says !== 'still' && says !== 'door');
  return unionOf(
    words.flatMap(({ at, says }, index) => {
      if (says !== 'gone') return [];
      const to = words.slice(index + 1).find((word) => word.says !== 'gone')?.at ?? end;
      const home = stays.filter((stay) => stay.from > at + leavingMs && stay.from < to);
      return [{ from: at, to: keptUpFrom(home) ?? to }];
    }),
  );
}

/**
 * When nobody was at home, as far as the way out and what moves indoors tell: from a door until the next, with nothing
 * between and somebody near before or after. The home's not being heard ends what is known of it.
 */
export function goneEstimatedOf({ signs, stays, equipped, unheard, end }: Facts): Span[] {
  const doors = signs.filter(({ says }) => says === 'door').map(({ at }) => at);
  const inside = [
    ...stays,
    ...signs
      .filter(({ says }) => says === 'in' || says === 'out')
      .map(({ at }) => ({ from: at, to: at })),
  ].sort((a, b) => a.from - b.from);
  const found: Span[] = [];
  let arrivedAt = -Infinity;
  for (const [index, from] of doors.entries()) {
    const next = doors[index + 1] ?? Infinity;
    const silence = unheard.find((span) => span.to > from)?.from ?? Infinity;
    const to = Math.min(next, silence, end);
    const leastMs = to === next ? shortestMs : stillAwayMs;
    // Whoever has just come is inside with the first thing that moves.
    const seenFrom = from - arrivedAt <= leavingMs ? arrivedAt : from + leavingMs;
    if (to - from < leastMs || !isEmpty(inside, { from, to, seenFrom })) continue;
    if (!isNear(inside, from, next)) continue;
    found.push({ from, to });
    arrivedAt = to;
  }
  const telling = equipped.entrance.flatMap((span) => within(unionOf(equipped.movement), span));
  return telling.flatMap((span) => within(unionOf(found), span));
}

function isEmpty(
  inside: readonly Span[],
  { from, to, seenFrom }: Span & { seenFrom: number },
): boolean {
  return !inside.some((stay) => {
    if (stay.from >= to - comingMs) return false;
    return stay.from > seenFrom || stay.to > from + heldMs;
  });
}

function isNear(inside: readonly Span[], from: number, next: number): boolean {
  return inside.some(
    (stay) =>
      (stay.from <= from + leavingMs && stay.to >= from - nearMs) ||
      (stay.from >= next - comingMs && stay.from <= next + nearMs),
  );
}

/** What is told, and what is estimated besides; never while somebody is told to be in bed, or nobody can tell. */
export function goneOf(
  told: readonly Span[],
  estimated: readonly Span[],
  { unheard, rest }: { unheard: readonly Span[]; rest: readonly Span[] },
): (Span & { isEstimated: boolean })[] {
  const sure = difference(told, unionOf(unheard));
  const besides = difference(estimated, unionOf([...told, ...unheard, ...rest]));
  return [
    ...sure.map((span) => ({ ...span, isEstimated: false })),
    ...besides.map((span) => ({ ...span, isEstimated: true })),
  ];
}
