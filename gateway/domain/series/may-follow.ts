import type { EventType } from '../../protocol/catalogue.ts';
import { type Agreement, isConsented, mayBeKnown } from '../consent.ts';

/**
 * Whether all who live in a home agree, at a time and still, that an event is known and that how they live is followed
 * over weeks and years; withdrawn consent withdraws the past too.
 */
export function createMayFollow(
  home: Agreement,
): (type: EventType, profile: string, at: number) => boolean {
  const ids = home.residents.map(({ id }) => id);
  const isFollowed = isConsented('statistics', ids, home.consents, 'now');
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
    isFollowed &&
    isKnownNow(type, profile) &&
    isConsented('statistics', ids, home.consents, at) &&
    mayBeKnown(type, profile, home, at);
}
