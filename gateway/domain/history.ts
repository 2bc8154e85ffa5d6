import type { Outcome } from '../protocol/alert.ts';
import { capabilitiesOf, type ModelFacts, silentAfterMs } from '../protocol/profile.ts';
import type { ResidentFlag } from '../protocol/resident-flag.ts';
import { type Consent, mayBeKnown } from './consent.ts';
import type { DatedContext } from './evaluation.ts';
import type { HomeContext } from './home/home-context.ts';
import { isOwnType, type LogEntry } from './ledger.ts';
import type { Scope } from './scope.ts';

/** From, and up to but not including; in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

/** A device that was in a home, and when. */
export interface Placed {
  id: string;
  name: string;
  profile: string;
  /** What is known beyond its profile; absent: nothing. */
  model?: ModelFacts | null;
  placement: string;
  from: number;
  until: number | null;
}

/** A home and all that people have changed in it. */
export interface HomeHistory {
  id: string;
  municipalityId: string;
  unitId: string;
  label: string;
  timeZone: string;
  flags: readonly ResidentFlag[];
  /** Everybody who lives there; consent is asked of each. */
  residents: readonly { id: string; isCohabitant: boolean }[];
  consents: readonly Consent[];
  /** Oldest first. */
  placed: readonly Placed[];
}

/** An alert that was raised at the time, and what came of it. */
export interface RealAlert {
  id: string;
  rule: string;
  raisedAt: number;
  since: number;
  outcome: Outcome | null;
}

/**
 * What has happened, for those who ask what other rules would have made of it. Only what the scope allows exists.
 * To read a home's events is a disclosure: it is to be written to the access log first.
 */
export interface History {
  /** These homes, or all there are, by id. */
  homes: (scope: Scope, homeIds: readonly string[] | null) => Promise<readonly HomeHistory[]>;
  /** How many events there are at the most. */
  count: (homeIds: readonly string[], span: Span) => Promise<number>;
  /** What devices told in a home, and when they could not be heard, in the order of the log and a page at a time. */
  events: (home: HomeHistory, span: Span) => AsyncIterable<readonly LogEntry[]>;
  /** The alerts raised in a home, oldest first. */
  alerts: (scope: Scope, homeId: string, span: Span) => Promise<readonly RealAlert[]>;
}

/** How many a home is for; who lives with them is not counted. */
export function residentsOf({ residents }: HomeHistory): number {
  return residents.filter(({ isCohabitant }) => !isCohabitant).length;
}

/** Whether everybody who lives there agrees today to what the event tells; withdrawn consent withdraws the past too. */
export function createMayUse(home: HomeHistory): (event: LogEntry) => boolean {
  const profiles = new Map(home.placed.map(({ id, profile }) => [id, profile]));
  const known = new Map<string, Map<string, boolean>>();
  return ({ deviceId, type }) => {
    if (deviceId === null || isOwnType(type)) return true;
    let types = known.get(deviceId);
    if (types === undefined) known.set(deviceId, (types = new Map()));
    let answer = types.get(type);
    if (answer === undefined) {
      answer = mayBeKnown(type, profiles.get(deviceId) ?? '', home, 'now');
      types.set(type, answer);
    }
    return answer;
  };
}

/**
 * The home as it was at each time from `from` on. Nothing is known of what was before: a device that stood there already
 * is waited for from then.
 */
export function contextsOf(
  home: HomeHistory,
  from: number,
): readonly [DatedContext, ...DatedContext[]] {
  const changes = [...home.placed, ...home.consents].flatMap((dated) => [dated.from, dated.until]);
  const later = new Set(changes.filter((at) => at !== null && at > from));
  const at = (time: number) => ({ from: time, context: contextAt(home, time, from) });
  const rest = [...later].map(Number).sort((a, b) => a - b);
  return [at(from), ...rest.map(at)];
}

function contextAt(home: HomeHistory, at: number, knownFrom: number): HomeContext {
  const { id, municipalityId, unitId, timeZone, flags } = home;
  const tells = ({ profile, model }: Placed) =>
    capabilitiesOf(profile, model).filter(
      (type) => mayBeKnown(type, profile, home, at) && mayBeKnown(type, profile, home, 'now'),
    );
  const devices = home.placed
    .filter(({ from, until }) => from <= at && (until === null || at < until))
    .map((device) => ({
      id: device.id,
      name: device.name,
      profile: device.profile,
      placement: device.placement,
      placedAt: Math.max(device.from, knownFrom),
      tells: tells(device),
      silentAfterMs: silentAfterMs(device.profile, device.model),
    }));
  return { id, municipalityId, unitId, timeZone, flags, devices };
}
