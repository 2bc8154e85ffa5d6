import type { Agreement, Purpose } from '../consent.ts';

/** Since when all who live there have consented, without a break until now; null: they do not all consent now. */
export function consentedSince(home: Agreement, purpose: Purpose): number | null {
  if (home.residents.length === 0) return null;
  let since = -Infinity;
  for (const { id } of home.residents) {
    const standing = home.consents.filter(
      (consent) =>
        consent.purpose === purpose && consent.residentId === id && consent.until === null,
    );
    if (standing.length === 0) return null;
    since = Math.max(since, Math.min(...standing.map(({ from }) => from)));
  }
  return since;
}

/**
 * From when on what is kept of how somebody lives may be shown; null: nothing of it may. Consent to `activity` that is
 * withdrawn takes the past with it at once, although statistics are still consented to.
 */
export function shownSince(home: Agreement): number | null {
  const since = consentedSince(home, 'statistics');
  if (since === null || !home.consents.some(({ purpose }) => purpose === 'activity')) return since;
  const known = consentedSince(home, 'activity');
  return known === null ? null : Math.max(since, known);
}
