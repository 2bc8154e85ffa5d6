import type { OutcomeCounts } from '../../protocol/rule/backtest.ts';
import type { RealAlert } from '../history.ts';
import type { Found } from './found.ts';
import { pairNearest } from './pair.ts';

/** A real alert so near is taken to be the same. */
export const reallyWithinMs = 30 * 60_000;

/**
 * For each alert found in a home, the one that really was raised then by the same rule: of the same beginning, or else
 * the nearest within 30 minutes. None is taken twice. Both lists are in order of time.
 */
export function matchReal(
  found: readonly Found[],
  real: readonly RealAlert[],
): readonly (RealAlert | null)[] {
  const matched: (RealAlert | null)[] = found.map(() => null);
  const indexes = Map.groupBy(found.keys(), (index) => found[index]?.rule ?? '');
  const byRule = Map.groupBy(real, ({ rule }) => rule);
  for (const [rule, ours] of indexes) {
    const theirs = new Set(byRule.get(rule) ?? []);
    const bySince = new Map([...theirs].map((alert) => [alert.since, alert]));
    for (const index of ours) {
      const alert = bySince.get(found[index]?.since ?? Number.NaN);
      if (alert === undefined || !theirs.delete(alert)) continue;
      matched[index] = alert;
    }
    const unmatched = ours.filter((index) => matched[index] === null);
    const left = [...theirs];
    const partners = pairNearest(
      unmatched.map((index) => found[index]?.at ?? 0),
      left.map(({ raisedAt }) => raisedAt),
      reallyWithinMs,
    );
    for (const [position, index] of unmatched.entries())
      matched[index] = left[partners[position] ?? -1] ?? null;
  }
  return matched;
}

/** In which count an alert falls that was matched with this one. */
export function outcomeOf(real: RealAlert | null): keyof OutcomeCounts {
  if (real === null) return 'none';
  return real.outcome ?? 'unanswered';
}
