import { diffArrays } from 'diff';

/**
 * What one did to a list, done to the list that another made of it meanwhile. What has the same key is the same thing;
 * where both changed it, one's own change stays.
 */
export function mergeLists<T>(
  base: readonly T[],
  mine: readonly T[],
  theirs: readonly T[],
  keyOf: (item: T) => string = (item) => JSON.stringify(item),
): T[] {
  if (isSame(theirs, base)) return [...mine];
  const before = keyed(base, keyOf);
  const wanted = keyed(mine, keyOf);
  const merged = theirs.flatMap((item) => {
    const key = keyOf(item);
    const own = wanted.get(key);
    if (own === undefined) return before.has(key) ? [] : [item];
    return isSame(own, before.get(key)) ? [item] : [own];
  });
  const present = new Set(merged.map(keyOf));
  for (const [index, item] of mine.entries()) {
    const key = keyOf(item);
    if (present.has(key) || isSame(item, before.get(key))) continue;
    merged.splice(Math.min(index, merged.length), 0, item);
  }
  return merged;
}

function keyed<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T> {
  return new Map(items.map((item) => [keyOf(item), item]));
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What stands in one list of sentences and not in the other, and what stands in both in another order. */
export interface Difference {
  added: string[];
  removed: string[];
  moved: string[];
}

export function differenceOf(before: readonly string[], after: readonly string[]): Difference {
  const parts = diffArrays([...before], [...after]);
  const added = parts.filter((part) => part.added).flatMap(({ value }) => value);
  const removed = parts.filter((part) => part.removed).flatMap(({ value }) => value);
  const gone = without(removed, added);
  return { added: without(added, removed), removed: gone, moved: without(removed, gone) };
}

function without(these: readonly string[], those: readonly string[]): string[] {
  const left = [...those];
  return these.filter((one) => {
    const index = left.indexOf(one);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
