/** How many on either side are looked at as a partner. */
const neighbours = 3;

/**
 * Pairs what lies nearest in time, each at most once and never further apart than `withinMs`.
 * Both lists are in order of time. Answers for each of the first list the index of its partner in the second, or null.
 */
export function pairNearest(
  ones: readonly number[],
  others: readonly number[],
  withinMs: number,
): (number | null)[] {
  const pairs: { one: number; other: number; distance: number }[] = [];
  let near = 0;
  for (const [one, at] of ones.entries()) {
    while (near < others.length && (others[near] ?? Infinity) < at) near += 1;
    const last = Math.min(others.length, near + neighbours);
    for (let other = Math.max(0, near - neighbours); other < last; other += 1) {
      const distance = Math.abs((others[other] ?? Infinity) - at);
      if (distance <= withinMs) pairs.push({ one, other, distance });
    }
  }
  pairs.sort((a, b) => a.distance - b.distance || a.one - b.one || a.other - b.other);
  const partners: (number | null)[] = ones.map(() => null);
  const taken = new Set<number>();
  for (const { one, other } of pairs) {
    if (partners[one] !== null || taken.has(other)) continue;
    partners[one] = other;
    taken.add(other);
  }
  return partners;
}
