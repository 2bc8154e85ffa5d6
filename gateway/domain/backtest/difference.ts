import type { changes } from '../../protocol/rule/backtest.ts';
import type { Found } from './found.ts';
import { pairNearest } from './pair.ts';

const pairedWithinMs = 2 * 3_600_000;
const sameWithinMs = 1_000;

export type Change = (typeof changes)[number];

/** An alert, and what it is to what the rules of now would have given. */
export interface Compared {
  found: Found;
  change: Change;
  /** How much later than now, in milliseconds; null when it has no partner. */
  shiftMs: number | null;
}

/**
 * Compares what two sets of rules give in one home: alerts of the same rule are paired by nearest time, and only with the
 * same device's unless the rule speaks of the whole home. The answer is in order of time.
 */
export function compare(
  candidate: readonly Found[],
  current: readonly Found[],
): readonly Compared[] {
  const wide = new Set([...candidate, ...current].filter(isOfHome).map(({ rule }) => rule));
  const keyOf = ({ rule, need }: Found) => (wide.has(rule) ? rule : need);
  const candidates = Map.groupBy(candidate, keyOf);
  const currents = Map.groupBy(current, keyOf);
  const keys = new Set([...candidates.keys(), ...currents.keys()]);
  return [...keys]
    .flatMap((key) => comparePair(candidates.get(key) ?? [], currents.get(key) ?? []))
    .sort((a, b) => a.found.at - b.found.at);
}

function comparePair(candidates: readonly Found[], currents: readonly Found[]): Compared[] {
  const at = ({ at: time }: Found) => time;
  const partners = pairNearest(candidates.map(at), currents.map(at), pairedWithinMs);
  const paired = new Set(partners);
  const kept = candidates.map((found, index): Compared => {
    const partner = currents[partners[index] ?? -1];
    if (partner === undefined) return { found, change: 'added', shiftMs: null };
    const shiftMs = found.at - partner.at;
    return { found, change: changeOf(shiftMs), shiftMs };
  });
  const lost = currents
    .filter((_, index) => !paired.has(index))
    .map((found): Compared => ({ found, change: 'lost', shiftMs: null }));
  return [...kept, ...lost];
}

function changeOf(shiftMs: number): Change {
  if (Math.abs(shiftMs) <= sameWithinMs) return 'same';
  return shiftMs < 0 ? 'earlier' : 'later';
}

function isOfHome({ rule, need }: Found): boolean {
  return need === rule;
}
