import type { AskedParty } from './alert-event.ts';

/** All who have been asked: what was asked before stays asked, and whoever is asked for longer may see it for longer. */
export function joinParties(
  before: readonly AskedParty[],
  now: readonly AskedParty[],
): readonly AskedParty[] {
  const all = new Map(before.map((party) => [keyOf(party), party]));
  for (const party of now) {
    if (all.get(keyOf(party))?.until !== null) all.set(keyOf(party), party);
  }
  return [...all.values()];
}

function keyOf({ kind, ref }: AskedParty): string {
  return `${kind} ${ref}`;
}
