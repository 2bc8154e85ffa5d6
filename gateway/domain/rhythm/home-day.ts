import type { Band } from '../../protocol/history/home-day.ts';
import type { Span } from '../history.ts';
import type { LogEntry } from '../ledger.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { KeptDay } from '../series/home-days.ts';
import { bathroomVisits } from './bathroom.ts';
import { consentedSince } from './consented-since.ts';
import { type DayHours, dayHoursOf } from './day-hours.ts';
import { type Equipped, equippedOf } from './equipped.ts';
import { goneEstimatedOf, goneOf, goneToldOf } from './gone.ts';
import { bedToldOf, untoldOf } from './in-bed.ts';
import { type Night, nightOf, type Rest, settle } from './night.ts';
import { quietNight } from './quiet-night.ts';
import type { PausedHome } from './rhythm-source.ts';
import { type Sign, signsOf } from './sign.ts';
import { isWithin, type Stay, staysOf } from './stay.ts';
import { unheardOf } from './unheard.ts';

export interface DayQuestion {
  home: PausedHome;
  /** In any order, and as often as they like; what is needed begins at `known.from` of the day's hours, or before. */
  entries: readonly LogEntry[];
  /** A day of the wall clock, such as 2026-11-22. */
  day: string;
  /** How far it has come. */
  now: number;
}

/** A night of which more was not heard is not counted. */
const unheardNightMs = 3_600_000;

/** What a day in a home was like, as far as its sensors tell and those who live there have consented to its being followed. */
export function homeDayOf({ home, entries, day, now }: DayQuestion): KeptDay {
  const hours = dayHoursOf(day, home.timeZone);
  const end = Math.min(now, hours.known.to);
  const known = entries.filter(({ at }) => at < end);
  const paused = difference(unionOf(home.pauses), unfollowed(home));
  const signs = signsOf(home, known);
  // What a bed or an alarm says in a pause still holds after it; all else is of others than who lives there.
  const own = signs.filter(({ at }) => !isWithin(at, paused));
  const stays = staysOf(signs, paused);
  const told = unheardOf(entries, signs, end);
  const unheard = unionOf([...told, ...unfollowed(home), ...paused]);
  const equipped = equippedOf(home);
  const isAlone = home.residents.length === 1;
  const facts = { signs, stays, equipped, isAlone, unheard, end };
  const bed = bedToldOf(facts);
  const gone = goneOf(goneToldOf(facts), goneEstimatedOf(facts), { unheard, rest: bed.rest });
  const rests = settle(restsOf(facts, { hours, bed, gone }));
  const elsewhere = { gone, unheard };
  const [ending, beginning] = hours.nights.map((night) => nightOf(rests, night, elsewhere));
  const shown = { from: hours.from, to: Math.max(hours.from, Math.min(end, hours.to)) };
  const bands = bandsOf(shown, { paused, unheard, gone, rests, nights: [ending, beginning] });
  const heard = difference([shown], unheard);
  const isSigned = own.some(({ at }) => at >= shown.from && at < shown.to);
  // Sensors that have all fallen silent tell nothing, and not that nobody was away.
  const isHeard = heard.length > 0 && (isSigned || bands.some(({ kind }) => isKnown(kind)));
  const isEquipped = (spans: readonly Span[]) => within(spans, shown).length > 0;
  const night = isHeard ? (ending ?? null) : null;
  const minutes = (kind: Band['kind'], isTold: boolean) =>
    isHeard && (isTold || bands.some((band) => band.kind === kind))
      ? minutesOf(bands.filter((band) => band.kind === kind))
      : null;
  return {
    day,
    from: hours.from,
    to: hours.to,
    isComplete: now >= hours.known.to,
    bands,
    ...nightFigures(night, hours, { unheard, signs }),
    restMinutes: minutes('rest', isEquipped(equipped.bed)),
    awayMinutes: minutes('away', isEquipped(equipped.area) || canTellGone(equipped, shown)),
    ...movementFigures(facts, { shown, isHeard, paused }),
    activity: own.filter(({ at, isLively }) => isLively && at >= shown.from && at < shown.to)
      .length,
  };
}

/** What was before the consent is as what could not be heard. */
function unfollowed(home: PausedHome): Span[] {
  const since = consentedSince(home, 'statistics') ?? Infinity;
  return since === -Infinity ? [] : [{ from: -Infinity, to: since }];
}

function isKnown(kind: Band['kind']): boolean {
  return kind !== 'unheard' && kind !== 'paused';
}

interface Seen {
  signs: readonly Sign[];
  stays: readonly Stay[];
  equipped: Equipped;
  isAlone: boolean;
  /** Paused time too: nothing is known of it. */
  unheard: readonly Span[];
  end: number;
}

interface Places {
  hours: DayHours;
  bed: ReturnType<typeof bedToldOf>;
  gone: readonly Span[];
}

function restsOf(
  { signs, stays, equipped, unheard, end }: Seen,
  { hours, bed, gone }: Places,
): Rest[] {
  const elsewhere = unionOf([...gone, ...unheard]);
  const doors = signs.filter(({ says }) => says === 'door').map(({ at }) => at);
  const whole = { from: hours.nights[0].noon, to: end };
  const blind = [...elsewhere, ...difference([whole], unionOf(equipped.movement))];
  const untold = untoldOf(bed, whole);
  const estimated = hours.nights.flatMap((night) =>
    quietNight(stays, doors, {
      blind,
      hours: { ...night, end: Math.min(night.end, end) },
    }),
  );
  const told = difference(unionOf(bed.rest), elsewhere);
  return [
    ...told.map((span) => ({ ...span, isEstimated: false })),
    ...untold
      .flatMap((span) => within(unionOf(estimated), span))
      .map((span) => ({ ...span, isEstimated: true })),
  ];
}

interface Painted {
  paused: readonly Span[];
  unheard: readonly Span[];
  gone: readonly (Span & { isEstimated: boolean })[];
  rests: readonly Rest[];
  nights: readonly (Night | null | undefined)[];
}

/** None over another: what was paused before what could not be heard, then who was away, rest, and last being up. */
function bandsOf(shown: Span, { paused, unheard, gone, rests, nights }: Painted): Band[] {
  const bands: Band[] = [];
  const sure = (spans: readonly Span[]) => spans.map((span) => ({ ...span, isEstimated: false }));
  const paint = (kind: Band['kind'], spans: readonly Rest[]) => {
    const covered = unionOf(bands);
    for (const { from, to, isEstimated } of spans) {
      for (const span of within(difference([{ from, to }], covered), shown)) {
        bands.push({ kind, ...span, isEstimated });
      }
    }
  };
  paint('paused', sure(paused));
  paint('unheard', sure(unheard));
  paint('away', gone);
  paint('rest', rests);
  paint(
    'up',
    nights.flatMap((night) => night?.ups ?? []),
  );
  return bands.sort((a, b) => a.from - b.from);
}

/** When a night began and ended is known where something told so. */
function nightFigures(
  night: Night | null,
  { from, latestRising, nights: [{ dark }] }: DayHours,
  { unheard, signs }: { unheard: readonly Span[]; signs: readonly Sign[] },
): Pick<KeptDay, 'roseAt' | 'wentToBedAt' | 'nightsUp' | 'upMinutes'> {
  if (night === null) return { roseAt: null, wentToBedAt: null, nightsUp: null, upMinutes: null };
  const isTold = (at: number) => signs.some((sign) => sign.at === at);
  const isMorning = night.to > from && night.to <= latestRising;
  const missed = minutesOf(within(unheard, dark)) * 60_000;
  const isCounted = missed <= unheardNightMs;
  return {
    roseAt: isMorning && isTold(night.to) ? night.to : null,
    wentToBedAt: isTold(night.from) ? night.from : null,
    nightsUp: isCounted ? night.ups.length : null,
    upMinutes: isCounted ? minutesOf(night.ups) : null,
  };
}

function canTellGone({ entrance, movement }: Equipped, shown: Span): boolean {
  return entrance.some((span) => within(within(unionOf(movement), span), shown).length > 0);
}

function movementFigures(
  { signs, stays, equipped, isAlone }: Seen,
  { shown, isHeard, paused }: { shown: Span; isHeard: boolean; paused: readonly Span[] },
): Pick<KeptDay, 'rooms' | 'bathroom'> {
  const watched = [...equipped.rooms].filter(([, spans]) => within(spans, shown).length > 0);
  if (!isHeard || watched.length === 0) return { rooms: null, bathroom: null };
  const names = new Set(watched.map(([room]) => room));
  const used = new Set(
    stays
      .filter(({ from, to }) => from < shown.to && to >= shown.from)
      .flatMap(({ room }) => (room !== null && names.has(room) ? [room] : [])),
  );
  if (!names.has('bathroom')) return { rooms: used.size, bathroom: null };
  const unmoved = signs
    .filter(({ says }) => says === 'door' || says === 'in')
    .map(({ at, room }) => ({ from: at, to: at, room }));
  const seen = [...stays, ...unmoved].sort((a, b) => a.from - b.from);
  const visits = within(difference(bathroomVisits(seen, isAlone), paused), shown);
  const lengths = visits.map((visit) => minutesOf([visit]));
  return {
    rooms: used.size,
    bathroom: {
      visits: visits.length,
      minutes: minutesOf(visits),
      longestMinutes: Math.max(0, ...lengths),
    },
  };
}

function minutesOf(spans: readonly Span[]): number {
  return Math.round(spans.reduce((sum, { from, to }) => sum + to - from, 0) / 60_000);
}
