import { catalogue, type EventType } from '../protocol/catalogue.ts';

/**
 * What a person consents to: calls for help, following everyday activity, a camera, or that how they live is followed
 * over weeks and years.
 */
export const purposes = ['help', 'activity', 'camera', 'statistics'] as const;
export type Purpose = (typeof purposes)[number];

export interface Consent {
  purpose: Purpose;
  /** Whose it is: the resident's, or that of somebody who lives there permanently. */
  residentId: string;
  from: number;
  /** Null while it stands. */
  until: number | null;
}

/** What an event of a device watches; null for what concerns the equipment alone. */
export function purposeOf(type: EventType, profile: string): Purpose | null {
  // What we have no word for may tell anything, so it is treated as telling how somebody lives.
  const kind = type === 'unknown' ? 'activity' : catalogue[type].kind;
  if (kind === 'technical') return null;
  if (profile === 'night-camera') return 'camera';
  return kind === 'care' ? 'help' : 'activity';
}

function isInForce({ from, until }: Consent, at: number | 'now'): boolean {
  if (at === 'now') return until === null;
  return from <= at && (until === null || at < until);
}

/** Holds only when everybody who lives there has consented at that time; with nobody there, nobody has. */
export function isConsented(
  purpose: Purpose,
  residentIds: readonly string[],
  consents: readonly Consent[],
  at: number | 'now',
): boolean {
  const has = (residentId: string) =>
    consents.some(
      (consent) =>
        consent.purpose === purpose && consent.residentId === residentId && isInForce(consent, at),
    );
  return residentIds.length > 0 && residentIds.every(has);
}

/** Who lives in a home, and what they have agreed to. */
export interface Agreement {
  residents: readonly { id: string }[];
  consents: readonly Consent[];
}

/**
 * Whether an event of a device may be known: what watches nobody may, all else while everybody who lives there consents.
 * Without a home, nobody does.
 */
export function mayBeKnown(
  type: EventType,
  profile: string,
  home: Agreement | null,
  at: number | 'now',
): boolean {
  const purpose = purposeOf(type, profile);
  if (purpose === null) return true;
  if (home === null) return false;
  const residentIds = home.residents.map(({ id }) => id);
  return isConsented(purpose, residentIds, home.consents, at);
}
