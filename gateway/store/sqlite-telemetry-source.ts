import type { SQLOutputValue } from 'node:sqlite';

import { Kysely } from 'kysely';

import type { HomeHistory } from '../domain/history.ts';
import { consentedSince } from '../domain/rhythm/consented-since.ts';
import { createMayFollow } from '../domain/series/may-follow.ts';
import type { Cursor } from '../domain/series/progress.ts';
import type { HomePage, TelemetrySource, Withdrawal } from '../domain/series/source.ts';
import { readMilestones } from './alert-milestone.ts';
import { openConnection, type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import { readHistories } from './sqlite-history.ts';
import type { Tables } from './tables.ts';
import { countQuarters, type EventRow, type Followed, sourced } from './telemetry-line.ts';

const hourMs = 3_600_000;

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
      const ids = new Set(rows.flatMap(({ homeId }) => homeId ?? []));
      const homes = await readFollowed(db, [...ids]);
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
    readHome: async (homeId, { from, to }, limit) => {
      const homes = await readFollowed(db, [homeId]);
      const home = homes.get(homeId);
      const since = home === undefined ? null : consentedSince(home, 'statistics');
      if (since === null) return { events: [], quarters: [], next: null };
      const span = { from: Math.max(from, since), to };
      const { rows, next } = readHours(connection, homeId, span, limit);
      return {
        events: rows.flatMap((row) => sourced(row, homes, new Map())),
        quarters: countQuarters(connection, rows, homes),
        next,
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
      return written.flatMap(({ id, notedAt }): Withdrawal[] => {
        const home = homes.get(id);
        if (home === undefined || consentedSince(home, 'statistics') === null)
          return [{ id, partlyAt: null }];
        const ended = home.consents.flatMap(({ purpose, until }) =>
          purpose === 'help' || until === null ? [] : until,
        );
        const partlyAt = Math.max(-Infinity, ...ended);
        return partlyAt >= notedAt ? [{ id, partlyAt }] : [];
      });
    },
  };
}

const selectEvents = `select event.seq, event.municipality_id, event.home_id, event.device_id, device.profile,
    event.type, event.at, event.received_at, event.data
  from event left join device on device.id = event.device_id`;

function readRows(connection: SqliteConnection, after: number, limit: number): readonly EventRow[] {
  const select = connection.prepare(
    `${selectEvents} where event.seq > ? order by event.seq limit ?`,
  );
  return select.all(after, limit).map(rowOf);
}

/** So many lines at the most, but a whole hour at the least. */
function readHours(
  connection: SqliteConnection,
  homeId: string,
  { from, to }: { from: number; to: number },
  limit: number,
): { rows: readonly EventRow[] } & Pick<HomePage, 'next'> {
  const select = connection.prepare(
    `${selectEvents} where event.home_id = ? and event.at >= ? and event.at < ? and event.seq <= ?
     order by event.at, event.seq limit ?`,
  );
  const rows = select.all(homeId, from, Number.MAX_SAFE_INTEGER, to, limit).map(rowOf);
  const last = rows.at(-1);
  if (last === undefined || rows.length < limit) return { rows, next: null };
  const lastHour = Math.floor(last.at / hourMs) * hourMs;
  const whole = rows.filter(({ at }) => at < lastHour);
  if (whole.length > 0) return { rows: whole, next: lastHour };
  const next = lastHour + hourMs;
  return { rows: select.all(homeId, from, next, to, -1).map(rowOf), next };
}

function rowOf(row: Readonly<Record<string, SQLOutputValue>>): EventRow {
  return {
    seq: Number(row['seq']),
    municipalityId: String(row['municipality_id']),
    homeId: row['home_id'] === null ? null : String(row['home_id']),
    deviceId: row['device_id'] === null ? null : String(row['device_id']),
    profile: String(row['profile'] ?? ''),
    type: String(row['type']),
    at: Number(row['at']),
    receivedAt: Number(row['received_at']),
    data: String(row['data']),
  };
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
  ids: readonly string[],
): Promise<ReadonlyMap<string, Followed>> {
  const homes = await readHomes(db, ids);
  return new Map(
    [...homes].map(([id, home]) => [id, { ...home, mayFollow: createMayFollow(home) }]),
  );
}

async function readZones(db: Kysely<Tables>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('municipality').select(['id', 'time_zone']).execute();
  return new Map(rows.map(({ id, time_zone }) => [id, time_zone]));
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
