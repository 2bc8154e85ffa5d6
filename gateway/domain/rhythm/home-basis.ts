import { consentedSince } from './consented-since.ts';
import type { PausedHome } from './rhythm-source.ts';

interface Basis {
  /** Since when all consent to statistics; null: they do not. */
  since: number | null;
  /** What holds for all days. */
  always: string;
  /** What is placed and paused from when until when: `null` for still; and since when what is consented to now is. */
  dated: readonly (readonly [what: string, from: number, until: number | null])[];
}

/** All that a home's days depend on besides its events, as a text that is the same while that is. */
export function basisOf(home: PausedHome): string {
  const residents = home.residents.map(({ id }) => id).sort();
  const placed = home.placed.map(
    ({ id, profile, model, placement, from, until }) =>
      [JSON.stringify([id, profile, model?.capabilities ?? null, placement]), from, until] as const,
  );
  // One that is withdrawn takes all that was known by it, from its beginning on.
  const consents = home.consents.flatMap(({ purpose, residentId, from, until }) =>
    until === null ? [[JSON.stringify([purpose, residentId]), from, until] as const] : [],
  );
  const pauses = home.pauses.map(({ from, to }) => ['pause', from, to] as const);
  const basis: Basis = {
    since: consentedSince(home, 'statistics'),
    always: JSON.stringify([home.timeZone, residents]),
    dated: [...placed, ...consents, ...pauses].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
  };
  return JSON.stringify(basis);
}

/** From when on days may be others than they were; null: none is. */
export function changedFrom(before: string, after: string): number | null {
  if (before === after) return null;
  const [one, other] = [parse(before), parse(after)];
  if (one.always !== other.always) return -Infinity;
  const known = new Map(one.dated.map((dated) => [keyOf(dated), dated]));
  let earliest = Infinity;
  for (const dated of other.dated) {
    const [, from, until] = dated;
    const same = known.get(keyOf(dated));
    known.delete(keyOf(dated));
    if (same === undefined) earliest = Math.min(earliest, from);
    else if (same[2] !== until) {
      earliest = Math.min(earliest, same[2] ?? Infinity, until ?? Infinity);
    }
  }
  for (const [, from] of known.values()) earliest = Math.min(earliest, from);
  return earliest === Infinity ? null : earliest;
}

/** Since when all who live there consented to statistics, when it was that. */
export function sinceOf(basis: string): number | null {
  return parse(basis).since;
}

function keyOf([what, from]: Basis['dated'][number]): string {
  return `${what} ${from}`;
}

function parse(text: string): Basis {
  return JSON.parse(text) as Basis;
}
