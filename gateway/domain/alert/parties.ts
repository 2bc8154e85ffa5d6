import type { AskedParty } from './alert-event.ts';

/**
 * All who have been asked: what was asked before stays asked, and whoever is asked for longer may see it for longer.
 * The same list when that changes nothing.
 */
export function joinParties(
  before: readonly AskedParty[],
  now: readonly AskedParty[],
): readonly AskedParty[] {
  const all = new Map(before.map((party) => [keyOf(party), party]));
  let isChanged = false;
  for (const party of now) {
    const known = all.get(keyOf(party));
    if (known !== undefined && (known.until === null || known.until === party.until)) continue;
    all.set(keyOf(party), party);
    isChanged = true;
  }
  return isChanged ? [...all.values()] : before;
}

function keyOf({ kind, ref }: AskedParty): string {
  return `${kind} ${ref}`;
}
