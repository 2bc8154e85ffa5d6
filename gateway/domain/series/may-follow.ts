import type { EventType } from '../../protocol/catalogue.ts';
import { type Agreement, type Purpose, purposeOf } from '../consent.ts';
import { consentedSince } from '../rhythm/consented-since.ts';

/**
 * Whether all who live in a home agree, at a time and still, that an event is known and that how they live is followed
 * over weeks and years; withdrawn consent to either withdraws the past too, also when it is given again.
 */
export function createMayFollow(
  home: Agreement,
): (type: EventType, profile: string, at: number) => boolean {
  const since = consentedSince(home, 'statistics') ?? Infinity;
  const knownSince = new Map<Purpose, number>();
  const sinceOf = (purpose: Purpose) => {
    const known = knownSince.get(purpose) ?? consentedSince(home, purpose) ?? Infinity;
    knownSince.set(purpose, known);
    return known;
  };
  return (type, profile, at) => {
    if (at < since) return false;
    const purpose = purposeOf(type, profile);
    return purpose === null || at >= sinceOf(purpose);
  };
}
