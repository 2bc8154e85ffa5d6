import { smallestGroup } from '../../protocol/report/follow-up.ts';

/** What is said of these homes in a row of a table. */
export interface Group {
  homes: ReadonlySet<string>;
  /** Homes outside of the report that are of the same kind: the whole less the part is said of them. */
  elsewhere?: ReadonlySet<string>;
}

export interface Gathered<G> {
  shown: readonly G[];
  /** Told together or not at all: what is left of the total when the others are taken away. */
  gathered: readonly G[];
  /** What is gathered is still of too few homes. */
  isTooSmall: boolean;
}

/**
 * Parts the rows of a table into those that may be shown and those that may not. Neither a row nor what remains of the
 * total without any of them is of fewer homes than `smallestGroup`: where the small ones are too few together, the next
 * smallest goes with them. Rows of no home at all are in neither.
 */
export function gather<G extends Group>(groups: readonly G[]): Gathered<G> {
  const bySize = groups
    .filter(({ homes }) => homes.size > 0)
    .toSorted((a, b) => a.homes.size - b.homes.size);
  const isSmall = (group: G) => !isEnough(group.homes) || !isNoneOrEnough(group.elsewhere ?? none);
  const gathered = bySize.filter(isSmall);
  const shown = bySize.filter((group) => !isSmall(group));
  while (gathered.length > 0 && isTooSmall(gathered)) {
    const next = shown.shift();
    if (next === undefined) break;
    gathered.push(next);
  }
  const isGathered = new Set(gathered);
  return {
    shown: groups.filter((group) => group.homes.size > 0 && !isGathered.has(group)),
    gathered: groups.filter((group) => isGathered.has(group)),
    isTooSmall: gathered.length > 0 && isTooSmall(gathered),
  };
}

const none: ReadonlySet<string> = new Set();

function isTooSmall(groups: readonly Group[]): boolean {
  const inside = unionOf(groups.map(({ homes }) => homes));
  const outside = unionOf(groups.map(({ elsewhere }) => elsewhere ?? none));
  return !isEnough(inside) || !isNoneOrEnough(outside);
}

function isEnough({ size }: ReadonlySet<string>): boolean {
  return size >= smallestGroup;
}

function isNoneOrEnough(homes: ReadonlySet<string>): boolean {
  return homes.size === 0 || isEnough(homes);
}

function unionOf(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((one) => [...one]));
}
