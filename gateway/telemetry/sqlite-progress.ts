import type { Point } from '../domain/series/point.ts';
import {
  beginning,
  type Cursor,
  type Progress,
  type StoredRefusal,
} from '../domain/series/progress.ts';
import type { Refusal, SinkName } from '../domain/series/sink.ts';
import type { TelemetryFile } from './telemetry-file.ts';

interface CursorRow {
  event_cursor: number;
  alert_event_cursor: number;
  sample_cursor: number;
}

interface RefusedRow {
  id: number;
  sink: SinkName;
  refused_at: number;
  reason: string;
  point: string;
}

const refusedDays = 90;
const refusedRows = 100_000;

/** Keeps progress in `telemetry.db`, and of what was refused the latest of 90 days. */
export function createSqliteProgress(
  file: TelemetryFile,
  { refusedKept = refusedRows }: { refusedKept?: number } = {},
): Progress {
  const cursor = (sink: SinkName): Cursor => {
    const [row] = file.all<CursorRow>('select * from sink where name = ?', sink);
    if (row === undefined) return beginning;
    return {
      event: row.event_cursor,
      alertEvent: row.alert_event_cursor,
      sample: row.sample_cursor,
    };
  };
  const move = (sink: SinkName, { event, alertEvent, sample }: Cursor) =>
    file.run('insert or replace into sink values (?, ?, ?, ?)', sink, event, alertEvent, sample);
  const refuse = (sink: SinkName, { point, reason }: Refusal, at: number) =>
    file.run(
      `insert into refused (sink, municipality_id, home_id, refused_at, reason, point)
       values (?, ?, ?, ?, ?, ?)
       on conflict (sink, point) do update set reason = excluded.reason`,
      sink,
      point.tags.municipality ?? null,
      point.tags.home ?? null,
      at,
      reason,
      JSON.stringify(point),
    );

  /** Of every sink: also of those that are not written to any more. */
  const forgetRefusedOf = (homeId: string) => {
    file.run('delete from refused where home_id = ?', homeId);
  };

  /** So that a server that keeps a month cannot fill the disk with what a year's log has for it. */
  const forgetOldest = (sink: SinkName) =>
    file.run(
      `delete from refused where sink = ?1
       and id <= (select id from refused where sink = ?1 order by id desc limit 1 offset ?2)`,
      sink,
      refusedKept,
    );

  return {
    cursor: async (sink) => cursor(sink),
    advance: async (sink, { from, to, refused, homes, at }) =>
      file.transaction(() => {
        if (!isSame(cursor(sink), from)) return false;
        move(sink, to);
        for (const home of homes)
          file.run('insert or ignore into written_home values (?, ?, ?)', sink, home, at);
        for (const refusal of refused) refuse(sink, refusal, at);
        if (refused.length > 0) forgetOldest(sink);
        return true;
      }),
    rewind: async (sink, to) =>
      file.transaction(() => {
        // Somewhere else in any case, or whoever is under way from there would move on past what is to be written again.
        const isThere = isSame(cursor(sink), to);
        move(sink, isThere ? { ...to, event: to.event - 1 } : to);
      }),
    homes: async (sink) =>
      file
        .all<{ id: string; notedAt: number }>(
          'select home_id as id, noted_at as notedAt from written_home where sink = ? order by home_id',
          sink,
        )
        .map(({ id, notedAt }) => ({ id, notedAt })),
    noteHome: async (sink, { id, notedAt }) => {
      file.run('insert or replace into written_home values (?, ?, ?)', sink, id, notedAt);
    },
    forgetRefusedOf: async (homeId) => forgetRefusedOf(homeId),
    forgetHome: async (sink, homeId) =>
      file.transaction(() => {
        file.run('delete from written_home where sink = ? and home_id = ?', sink, homeId);
        forgetRefusedOf(homeId);
      }),
    forgetSink: async (sink) =>
      file.transaction(() => {
        for (const sql of [
          'delete from sink where name = ?',
          'delete from written_home where sink = ?',
          'delete from refused where sink = ?',
        ])
          file.run(sql, sink);
      }),
    forgetRefused: async (at) => {
      file.run('delete from refused where refused_at < ?', at - refusedDays * 86_400_000);
    },
    refused: async ({ municipalityId, before, limit }) =>
      file
        .all<RefusedRow>(
          `select id, sink, refused_at, reason, point from refused
           where (?1 is null or municipality_id = ?1) and (?2 is null or id < ?2)
           order by id desc limit ?3`,
          municipalityId,
          before,
          limit,
        )
        .map(refusalOf),
    refusedCount: async (sink) =>
      file.all<{ count: number }>('select count(*) as count from refused where sink = ?', sink)[0]
        ?.count ?? 0,
  };
}

function isSame(one: Cursor, other: Cursor): boolean {
  return (
    one.event === other.event && one.alertEvent === other.alertEvent && one.sample === other.sample
  );
}

function refusalOf(row: RefusedRow): StoredRefusal & { id: number } {
  const { id, sink, reason, refused_at: refusedAt } = row;
  return { id, sink, reason, refusedAt, point: JSON.parse(row.point) as Point };
}
