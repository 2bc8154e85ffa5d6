import type { PlanException, PlanLine } from '../../gateway/protocol/duty/plan.ts';

/** How closely something names its homes; the closest wins. */
export const ranks = ['named', 'unit', 'all'] as const;
export type Rank = (typeof ranks)[number];

export type Entry = Pick<PlanLine | PlanException, 'homeIds' | 'ofUnit'>;

export function rankOf({ homeIds, ofUnit }: Entry): Rank {
  if (homeIds !== undefined) return 'named';
  return ofUnit === undefined ? 'all' : 'unit';
}

export interface Place {
  /** Where it stands in the document. */
  index: number;
  rank: Rank;
}

/** The first that fits a home answers for it. `keptRank` is of the one being written, which must not move meanwhile. */
export function orderOf(
  entries: readonly Entry[],
  kept: { index: number; rank: Rank } | null = null,
): Place[] {
  return entries
    .map((entry, index) => ({ index, rank: kept?.index === index ? kept.rank : rankOf(entry) }))
    .toSorted((a, b) => ranks.indexOf(a.rank) - ranks.indexOf(b.rank) || a.index - b.index);
}

/** Puts one before the one that stands above it among equals; the same list where none does. */
export function movedUp<T extends Entry>(entries: readonly T[], index: number): T[] {
  const entry = entries[index];
  if (entry === undefined) return [...entries];
  const above = orderOf(entries)
    .filter((place) => place.rank === rankOf(entry) && place.index < index)
    .at(-1);
  if (above === undefined) return [...entries];
  const others = entries.toSpliced(index, 1);
  return others.toSpliced(above.index, 0, entry);
}
