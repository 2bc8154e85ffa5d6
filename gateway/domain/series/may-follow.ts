import type { EventType } from '../../protocol/catalogue.ts';
import { type Agreement, mayBeKnown } from '../consent.ts';
import { consentedSince } from '../rhythm/consented-since.ts';

/**
 * Whether all who live in a home agree, at a time and still, that an event is known and that how they live is followed
 * over weeks and years; withdrawn consent withdraws the past too, also when it is given again.
 */
export function createMayFollow(
  home: Agreement,
): (type: EventType, profile: string, at: number) => boolean {
  const since = consentedSince(home, 'statistics') ?? Infinity;
  const known = new Map<string, boolean>();
  const isKnownNow = (type: EventType, profile: string) => {
    const key = `${type} ${profile}`;
    let answer = known.get(key);
    if (answer === undefined) {
      answer = mayBeKnown(type, profile, home, 'now');
      known.set(key, answer);
    }
    return answer;
  };
  return (type, profile, at) =>
    at >= since && isKnownNow(type, profile) && mayBeKnown(type, profile, home, at);
}
