import { catalogue, type EventType } from '../protocol/catalogue.ts';

/** What a person consents to: calls for help, following everyday activity, or a camera. */
export const purposes = ['help', 'activity', 'camera'] as const;
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
