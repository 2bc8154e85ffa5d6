import type { DatabaseSync } from 'node:sqlite';

import { AppError } from '../domain/errors.ts';

/**
 * The file of the embedded history, `telemetry.db`: a projection of the log that may be thrown away, and is made again.
 * Instants are epoch milliseconds; hours and days are where they begin, and `last_ns` how far into them the last reading is.
 * An id of a series is never used twice, and `series_removed` tells those who remember ids that some are gone.
 */
const versions: readonly (readonly string[])[] = [
  [
    `create table sink (
      name text primary key, event_cursor integer not null, alert_event_cursor integer not null,
      sample_cursor integer not null
    ) without rowid`,
    `create table written_home (
      sink text not null, home_id text not null, primary key (sink, home_id)
    ) without rowid`,
    `create table refused (
      id integer primary key autoincrement, sink text not null, municipality_id text, home_id text,
      refused_at integer not null, reason text not null, point text not null,
      unique (sink, point)
    )`,
    `create index refused_home on refused(home_id)`,
    `create table series (
      id integer primary key autoincrement, measurement text not null, field text not null,
      tags text not null, municipality_id text, home_id text, device_id text,
      time_zone text not null, unique (measurement, field, tags)
    )`,
    `create index series_home on series(home_id)`,
    `create index series_device on series(device_id)`,
    `create index series_municipality on series(municipality_id, measurement, field)`,
    `create table series_removed (id integer primary key check (id = 1), count integer not null)`,
    `insert into series_removed values (1, 0)`,
    `create trigger series_gone after delete on series
      begin update series_removed set count = count + 1; end`,
    `create table reading (
      series_id integer not null references series(id), at integer not null, seq integer not null,
      value real not null, primary key (series_id, at, seq)
    ) without rowid`,
    `create table hour (
      series_id integer not null references series(id), at integer not null, count integer not null,
      sum real not null, min real not null, max real not null, last real not null,
      last_ns integer not null, primary key (series_id, at)
    ) without rowid`,
    `create table day (
      series_id integer not null references series(id), at integer not null, count integer not null,
      sum real not null, min real not null, max real not null, last real not null,
      last_ns integer not null, primary key (series_id, at)
    ) without rowid`,
    `create table trimmed (what text primary key, before integer not null) without rowid`,
    `create table home_day (
      home_id text not null, day text not null, body text not null, primary key (home_id, day)
    ) without rowid`,
    `create table dirty_day (
      id integer primary key autoincrement, home_id text not null, day text not null,
      unique (home_id, day)
    )`,
    `create table rhythm_cursor (id integer primary key check (id = 1), event integer not null)`,
  ],
  [`create table home_basis (home_id text primary key, basis text not null) without rowid`],
  [`alter table written_home add column noted_at integer not null default 0`],
];

export const newestVersion = versions.length;

/** Of the file's tables; 0: there are none yet. Throws where a later release made them. */
export function knownVersion(database: DatabaseSync): number {
  const version = Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0);
  if (version > newestVersion) {
    throw new AppError(
      'conflict',
      `The file of history, telemetry.db, was made by a newer Vaka. Start that one, or remove the file: it is made again from the log.`,
    );
  }
  return version;
}

/** Brings the tables up to date, forward only; whoever comes second waits and finds them made. */
export function migrateTelemetry(database: DatabaseSync): void {
  // A power cut may take the latest writes, and the cursors with them: both are in this file, and the log is not.
  database.exec(
    'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma cache_size = -64000',
  );
  database.exec('begin immediate');
  try {
    for (const statements of versions.slice(knownVersion(database))) {
      for (const statement of statements) database.exec(statement);
    }
    database.exec(`pragma user_version = ${newestVersion}`);
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
