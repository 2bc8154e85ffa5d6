import { Kysely } from 'kysely';

import type { HomeHistory } from '../domain/history.ts';
import { consentedSince } from '../domain/rhythm/consented-since.ts';
import { type Lane, laneOf, quarterMs, quarterOf } from '../domain/series/lane.ts';
import { createMayFollow } from '../domain/series/may-follow.ts';
import { isMeasured } from '../domain/series/points-of.ts';
import type { Cursor } from '../domain/series/progress.ts';
import type { QuarterCount, SourcedEvent, TelemetrySource } from '../domain/series/source.ts';
import { isEventType } from '../protocol/catalogue.ts';
import { readMilestones } from './alert-milestone.ts';
import { openConnection, type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import { readHistories } from './sqlite-history.ts';
import type { Tables } from './tables.ts';

/** The logs of a database file, over a connection of its own that never waits for, nor holds up, whoever writes. */
export function openSqliteTelemetrySource(file: string): {
  source: TelemetrySource;
  close: () => void;
} {
  const connection = openConnection(file, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  return { source: createSqliteTelemetrySource(connection, db), close: () => connection.close() };
}

/** `db` speaks over the same connection. */
export function createSqliteTelemetrySource(
  connection: SqliteConnection,
  db: Kysely<Tables>,
): TelemetrySource {
  return {
    read: async (after, limit) => {
      const rows = readRows(connection, after.event, limit);
      const homes = await readFollowed(db, rows);
      const { seqs, milestones } = readMilestones(connection, after.alertEvent, limit);
      const samples = connection
        .prepare('select seq, at, vals from system_sample where seq > ? order by seq limit ?')
        .all(after.sample, limit)
        .map(({ seq, at, vals }) => ({
          seq: Number(seq),
          at: Number(at),
          values: JSON.parse(String(vals)) as Record<string, number>,
        }));
      const zones = rows.some(({ homeId }) => homeId === null) ? await readZones(db) : new Map();
      return {
        events: rows.flatMap((row) => sourced(row, homes, zones)),
        quarters: countQuarters(connection, rows, homes),
        alerts: milestones,
        samples,
        next: {
          event: rows.at(-1)?.seq ?? after.event,
          alertEvent: seqs.at(-1) ?? after.alertEvent,
          sample: samples.at(-1)?.seq ?? after.sample,
        },
        isMore: [rows, seqs, samples].some(({ length }) => length === limit),
      };
    },
    waitingSince: async (after) => {
      const since = [
        ['select received_at as at from event where seq > ? order by seq limit 1', after.event],
        ['select at from alert_event where seq > ? order by seq limit 1', after.alertEvent],
        ['select at from system_sample where seq > ? order by seq limit 1', after.sample],
      ].flatMap(([sql, seq]) => {
        const row = connection.prepare(String(sql)).get(Number(seq));
        return row === undefined ? [] : [Number(row['at'])];
      });
      return since.length === 0 ? null : Math.min(...since);
    },
    cursorAt: async (at) => {
      const before = (table: string, column: string) =>
        Number(
          connection
            .prepare(
              `select coalesce((select min(seq) - 1 from ${table} where ${column} >= ?),
                 (select max(seq) from ${table}), 0) as seq`,
            )
            .get(at)?.['seq'],
        );
      return {
        event: before('event', 'received_at'),
        alertEvent: before('alert_event', 'at'),
        sample: before('system_sample', 'at'),
      };
    },
    end: async () => readEnd(connection),
    everFollowed: async () => {
      const rows = await db
        .selectFrom('consent')
        .innerJoin('resident', 'resident.id', 'consent.resident_id')
        .select('home_id')
        .where('purpose', '=', 'statistics')
        .distinct()
        .execute();
      return rows.map(({ home_id }) => home_id);
    },
    withdrawn: async (written) => {
      const homes = await readHomes(
        db,
        written.map(({ id }) => id),
      );
      return written.flatMap(({ id, notedAt }): { id: string; from: number | null }[] => {
        const home = homes.get(id);
        if (home === undefined || consentedSince(home, 'statistics') === null)
          return [{ id, from: null }];
        const ended = home.consents.flatMap(({ purpose, until }) =>
          purpose === 'help' || until === null ? [] : until,
        );
        const from = Math.max(-Infinity, ...ended);
        return from >= notedAt ? [{ id, from }] : [];
      });
    },
  };
}

interface Row {
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

interface Followed extends HomeHistory {
  mayFollow: ReturnType<typeof createMayFollow>;
}

function readRows(connection: SqliteConnection, after: number, limit: number): readonly Row[] {
  const select = connection.prepare(
    `select event.seq, event.municipality_id, event.home_id, event.device_id, device.profile, event.type,
       event.at, event.received_at, event.data
     from event left join device on device.id = event.device_id
     where event.seq > ? order by event.seq limit ?`,
  );
  return select.all(after, limit).map((row) => ({
    seq: Number(row['seq']),
    municipalityId: String(row['municipality_id']),
    homeId: row['home_id'] === null ? null : String(row['home_id']),
    deviceId: row['device_id'] === null ? null : String(row['device_id']),
    profile: String(row['profile'] ?? ''),
    type: String(row['type']),
    at: Number(row['at']),
    receivedAt: Number(row['received_at']),
    data: String(row['data']),
  }));
}

async function readHomes(
  db: Kysely<Tables>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, HomeHistory>> {
  if (ids.length === 0) return new Map();
  const homes = await db.selectFrom('home').selectAll().where('id', 'in', ids).execute();
  return new Map((await readHistories(db, homes)).map((home) => [home.id, home]));
}

async function readFollowed(
  db: Kysely<Tables>,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, Followed>> {
  const ids = new Set(rows.flatMap(({ homeId }) => (homeId === null ? [] : [homeId])));
  const homes = await readHomes(db, [...ids]);
  return new Map(
    [...homes].map(([id, home]) => [id, { ...home, mayFollow: createMayFollow(home) }]),
  );
}

async function readZones(db: Kysely<Tables>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('municipality').select(['id', 'time_zone']).execute();
  return new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
}

function sourced(
  row: Row,
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
function countQuarters(
  connection: SqliteConnection,
  rows: readonly Row[],
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

/** What has been given out, also where the latest lines are gone. */
function readEnd(connection: SqliteConnection): Cursor {
  const last = (table: string) =>
    Number(
      connection.prepare('select seq from sqlite_sequence where name = ?').get(table)?.['seq'] ?? 0,
    );
  return {
    event: last('event'),
    alertEvent: last('alert_event'),
    sample: last('system_sample'),
  };
}
