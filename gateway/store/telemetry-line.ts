import type { HomeHistory } from '../domain/history.ts';
import { type Lane, laneOf, quarterMs, quarterOf } from '../domain/series/lane.ts';
import type { createMayFollow } from '../domain/series/may-follow.ts';
import { isMeasured } from '../domain/series/points-of.ts';
import type { QuarterCount, SourcedEvent } from '../domain/series/source.ts';
import { isEventType } from '../protocol/catalogue.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** A line of the log of events, and what kind of device it is of. */
export interface EventRow {
  seq: number;
  municipalityId: string;
  homeId: string | null;
  deviceId: string | null;
  profile: string;
  type: string;
  at: number;
  receivedAt: number;
  data: string;
}

/** A home, and what of it may be followed. */
export interface Followed extends HomeHistory {
  mayFollow: ReturnType<typeof createMayFollow>;
}

/** None of what gives no point of its own. */
export function sourced(
  row: EventRow,
  homes: ReadonlyMap<string, Followed>,
  zones: ReadonlyMap<string, string>,
): SourcedEvent[] {
  const { deviceId, type, homeId, profile, at, data, ...rest } = row;
  if (deviceId === null || !isEventType(type) || !isMeasured(type)) return [];
  const home = homeId === null ? undefined : homes.get(homeId);
  return [
    {
      ...rest,
      homeId,
      deviceId,
      profile,
      type,
      at,
      data: JSON.parse(data) as SourcedEvent['data'],
      room: home === undefined ? null : roomOf(home, deviceId, at),
      timeZone: home?.timeZone ?? zones.get(row.municipalityId) ?? 'UTC',
      isConsented: home?.mayFollow(type, profile, at) ?? false,
    },
  ];
}

/** Where a device was then; what is known of it later, where the log is older than that. */
function roomOf({ placed }: HomeHistory, deviceId: string, at: number): string | null {
  const own = placed.filter(({ id }) => id === deviceId);
  const then = own.find(({ from, until }) => from <= at && (until === null || at < until));
  return (then ?? own[0])?.placement ?? null;
}

/** Counts anew each quarter of an hour that these lines fall in, from all of the log. */
export function countQuarters(
  connection: SqliteConnection,
  rows: readonly EventRow[],
  homes: ReadonlyMap<string, Followed>,
): QuarterCount[] {
  const touched = new Map<string, { home: Followed; at: number; kinds: Set<string> }>();
  for (const { homeId, deviceId, type, at } of rows) {
    const home = homeId === null ? undefined : homes.get(homeId);
    const lane = laneOf(type);
    if (home === undefined || deviceId === null || lane === null) continue;
    const quarter = quarterOf(at);
    const key = `${quarter} ${home.id}`;
    const known = touched.get(key) ?? { home, at: quarter, kinds: new Set<string>() };
    known.kinds.add(kindOf(lane, roomOf(home, deviceId, at)));
    touched.set(key, known);
  }
  const select = connection.prepare(
    `select event.device_id, event.type, event.at, device.profile from event
     join device on device.id = event.device_id
     where event.home_id = ? and event.at >= ? and event.at < ?`,
  );
  select.setReturnArrays(true);
  return [...touched.values()].flatMap(({ home, at, kinds }) =>
    countQuarter(
      { home, at, kinds },
      select.all(home.id, at, at + quarterMs) as unknown as readonly LivelyRow[],
    ),
  );
}

type LivelyRow = readonly [deviceId: string, type: string, at: number, profile: string];

function kindOf(lane: Lane, room: string | null): string {
  return `${lane} ${room ?? 'other'}`;
}

/** Only of the rooms and lanes that there is something new of. */
function countQuarter(
  { home, at, kinds }: { home: Followed; at: number; kinds: ReadonlySet<string> },
  rows: readonly LivelyRow[],
): QuarterCount[] {
  const counts = new Map<string, QuarterCount>();
  for (const [deviceId, type, happenedAt, profile] of rows) {
    const lane = laneOf(type);
    if (lane === null || !isEventType(type) || !home.mayFollow(type, profile, happenedAt)) continue;
    const room = roomOf(home, deviceId, happenedAt) ?? 'other';
    const key = kindOf(lane, room);
    if (!kinds.has(key)) continue;
    const { municipalityId, id: homeId, timeZone } = home;
    const known = counts.get(key) ?? { municipalityId, homeId, room, lane, at, count: 0, timeZone };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return [...counts.values()];
}
