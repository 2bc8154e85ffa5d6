import type { Hold } from './arrangement.ts';
import { isInForce } from './held.ts';

const minute = 60_000;

/** How long before it ends its people are told; a silence is over within a day and is not told of. */
export const toldBeforeMs = { pause: 12 * 60 * minute, test: 10 * minute } as const;

/** Pauses and test modes that are in force and end soon, the next to end first. */
export function endingSoon(holds: readonly Hold[], at: number): Hold[] {
  return holds
    .filter(
      (hold) =>
        hold.kind !== 'silence' &&
        isInForce(hold, at) &&
        hold.until - at <= toldBeforeMs[hold.kind],
    )
    .toSorted((a, b) => a.until - b.until);
}
