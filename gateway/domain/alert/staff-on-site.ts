import type { Alert } from './alert.ts';
import type { Held } from './terms.ts';

/** After so long it is looked at again whether staff are still there. */
const lookAgainMs = 5 * 60_000;

/** While staff are in a home, its everyday activity is theirs as much as the resident's: it asks nobody. */
export function staffOnSite(alert: Alert, live: Iterable<Alert>, at: number): Held | null {
  if (alert.about !== 'activity' || alert.severity === 'emergency') return null;
  for (const other of live) {
    const isThere = other.state === 'on-site' && other.id !== alert.id && !other.isTest;
    if (isThere && !isForgotten(other, at))
      return { why: 'staff-on-site', until: at + lookAgainMs };
  }
  return null;
}

/** Whoever has been reminded to resolve has probably left. */
function isForgotten({ arrivedAt, policy }: Alert, at: number): boolean {
  return arrivedAt !== null && at >= arrivedAt + policy.reminderMs;
}
