import { believedAwayMs } from '../home/away.ts';
import type { UnheardHome, WatchedHome } from './sight.ts';

/** Homes that go away within so long of each other have one cause. */
export const togetherMs = 2 * 60_000;
/** So many homes, and so large a part of those connected, are no accident of each. */
const homesAtLeast = 5;
const shareAtLeast = 0.3;
/** It is over when no more than this part of the homes is still away, or too few to be more than accidents. */
const shareLeft = 0.2;
/** However many are missing: what has not come back for so long is no longer on its way. */
const lastsAtMostMs = 24 * 3_600_000;
/** We were away ourselves when we did not beat for so long. */
export const ownAbsenceMs = 60_000;
/** Devices take so long to connect again to a gateway that has started. */
export const reconnectMs = 2 * 60_000;

/** A home that could not be heard from `from`, until `to` or still. */
export interface HomeAway {
  homeId: string;
  municipalityId: string;
  from: number;
  to: number | null;
  /** Because the gateway did not run. */
  wasDown: boolean;
}

/** Many homes of a municipality that went away together. */
interface Outage {
  since: number;
  /** When many last went away together. */
  grownAt: number;
  /** All that are or were away in it; null for those that are back. */
  homes: Map<string, number | null>;
}

interface Departure {
  municipalityId: string;
  from: number;
  forgottenAt: number;
}

/** How things stood when the process began. */
export interface Start {
  at: number;
  /** The last sign of life of the process before; null if there was none. */
  lastAt: number | null;
  /** `isConnected` as it was left by the process before. */
  homes: readonly WatchedHome[];
  unheard: readonly UnheardHome[];
}

/**
 * Tells the silence of a device from ours: follows which homes are connected, and finds those that went away together.
 * What it answers is to be told to the homes, in order.
 */
export interface OutageWatch {
  begin: (start: Start) => readonly HomeAway[];
  look: (at: number, homes: readonly WatchedHome[]) => readonly HomeAway[];
  /** The municipalities in which an outage goes on, and since when. */
  outages: () => readonly { municipalityId: string; since: number }[];
}

export function openOutageWatch(): OutageWatch {
  const outages = new Map<string, Outage>();
  const departures = new Map<string, Departure>();
  let connected = new Set<string>();
  let lookedAt = -Infinity;
  let judgedFrom = -Infinity;

  function join(home: { id: string; municipalityId: string }, from: number): void {
    const outage = outages.get(home.municipalityId) ?? {
      since: from,
      grownAt: from,
      homes: new Map(),
    };
    outage.since = Math.min(outage.since, from);
    outage.homes.set(home.id, from);
    outages.set(home.municipalityId, outage);
  }

  /** One of many that go away together, and not one that follows. */
  function grow(home: { id: string; municipalityId: string }, from: number): void {
    join(home, from);
    const outage = outages.get(home.municipalityId);
    if (outage !== undefined) outage.grownAt = Math.max(outage.grownAt, from);
  }

  function begin({ at, lastAt, homes, unheard }: Start): readonly HomeAway[] {
    for (const home of unheard) join(home, home.from);
    lookedAt = lastAt ?? at;
    if (lastAt === null) return [];
    const others = homes.filter(({ id, municipalityId }) => !isOut(municipalityId, id));
    judgedFrom = at + reconnectMs;
    if (at - lastAt < ownAbsenceMs) {
      const forgottenAt = judgedFrom + togetherMs;
      for (const { id, municipalityId, isConnected } of others) {
        if (isConnected) departures.set(id, { municipalityId, from: lastAt, forgottenAt });
      }
      return [];
    }
    return others.map((home) => {
      const { id: homeId, municipalityId, isConnected } = home;
      if (isConnected) grow(home, lastAt);
      return { homeId, municipalityId, from: lastAt, to: isConnected ? null : at, wasDown: true };
    });
  }

  function isOut(municipalityId: string, homeId: string): boolean {
    return (outages.get(municipalityId)?.homes.get(homeId) ?? null) !== null;
  }

  function look(at: number, homes: readonly WatchedHome[]): readonly HomeAway[] {
    if (at < lookedAt) waitAnew(at);
    const told: HomeAway[] = [];
    for (const home of homes) {
      if (home.isConnected) welcome(home, at, told);
      else if (connected.has(home.id)) miss(home, at, told);
    }
    for (const [id, { forgottenAt }] of departures) if (forgottenAt <= at) departures.delete(id);
    connected = new Set(homes.filter(({ isConnected }) => isConnected).map(({ id }) => id));
    lookedAt = at;
    if (at >= judgedFrom) declare(homes, told);
    end(homes, at, told);
    return told;
  }

  /** The clock has been set back: nothing is waited for for longer than it would have been. */
  function waitAnew(at: number): void {
    judgedFrom = Math.min(judgedFrom, at + reconnectMs);
    for (const [id, departure] of departures) {
      const forgottenAt = Math.min(departure.forgottenAt, Math.max(at, judgedFrom) + togetherMs);
      departures.set(id, { ...departure, forgottenAt });
    }
    for (const outage of outages.values()) outage.grownAt = Math.min(outage.grownAt, at);
  }

  function welcome({ id, municipalityId }: WatchedHome, at: number, told: HomeAway[]): void {
    departures.delete(id);
    const outage = outages.get(municipalityId);
    const from = outage?.homes.get(id) ?? null;
    if (outage === undefined || from === null) return;
    outage.homes.set(id, null);
    told.push({ homeId: id, municipalityId, from, to: at, wasDown: false });
  }

  function miss(home: WatchedHome, at: number, told: HomeAway[]): void {
    const { id, municipalityId } = home;
    const from = lookedAt;
    const outage = outages.get(municipalityId);
    if (outage !== undefined && at - outage.grownAt < believedAwayMs) {
      join(home, from);
      told.push({ homeId: id, municipalityId, from, to: null, wasDown: false });
    } else {
      departures.set(id, { municipalityId, from, forgottenAt: at + togetherMs });
    }
  }

  /** Where many have gone away together, none of them is judged any more. */
  function declare(homes: readonly WatchedHome[], told: HomeAway[]): void {
    const gone = Map.groupBy(departures, ([, { municipalityId }]) => municipalityId);
    for (const [municipalityId, own] of gone) {
      const present = homes.filter(
        (home) => home.municipalityId === municipalityId && home.isConnected,
      ).length;
      if (own.length < homesAtLeast || own.length < shareAtLeast * (own.length + present)) continue;
      for (const [id, { from }] of own) {
        departures.delete(id);
        grow({ id, municipalityId }, from);
        told.push({ homeId: id, municipalityId, from, to: null, wasDown: false });
      }
    }
  }

  function end(homes: readonly WatchedHome[], at: number, told: HomeAway[]): void {
    if (outages.size === 0) return;
    const known = new Set(homes.map(({ id }) => id));
    for (const [municipalityId, { homes: all, grownAt }] of outages) {
      for (const id of all.keys()) if (!known.has(id)) all.delete(id);
      const away = [...all].flatMap(([homeId, from]) => (from === null ? [] : [{ homeId, from }]));
      const isMass = away.length >= homesAtLeast || at < judgedFrom;
      const isFresh = at - grownAt < lastsAtMostMs;
      if (isFresh && isMass && away.length > shareLeft * all.size) continue;
      outages.delete(municipalityId);
      for (const { homeId, from } of away)
        told.push({ homeId, municipalityId, from, to: at, wasDown: false });
    }
  }

  return {
    begin,
    look,
    outages: () => [...outages].map(([municipalityId, { since }]) => ({ municipalityId, since })),
  };
}
