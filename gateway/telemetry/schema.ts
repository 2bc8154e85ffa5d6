import type { DatabaseSync } from 'node:sqlite';

/**
 * The file of the embedded history, `telemetry.db`: a projection of the log that may be thrown away, and is made again.
 * Instants are epoch milliseconds; hours and days are where they begin.
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
      id integer primary key autoincrement, sink text not null, municipality_id text,
      at integer not null, refused_at integer not null, reason text not null, point text not null
    )`,
    `create table series (
      id integer primary key, measurement text not null, field text not null, tags text not null,
      municipality_id text, home_id text, device_id text, time_zone text not null,
      unique (measurement, field, tags)
    )`,
    `create index series_home on series(home_id)`,
    `create index series_device on series(device_id)`,
    `create table reading (
      series_id integer not null references series(id), at integer not null, seq integer not null,
      value real not null, primary key (series_id, at, seq)
    ) without rowid`,
    `create table hour (
      series_id integer not null references series(id), at integer not null, count integer not null,
      sum real not null, min real not null, max real not null, last real not null,
      primary key (series_id, at)
    ) without rowid`,
    `create table day (
      series_id integer not null references series(id), at integer not null, count integer not null,
      sum real not null, min real not null, max real not null, last real not null,
      primary key (series_id, at)
    ) without rowid`,
    `create table trimmed (what text primary key, before integer not null) without rowid`,
    `create table home_day (
      home_id text not null, day text not null, body text not null, primary key (home_id, day)
    ) without rowid`,
    `create table dirty_day (
      home_id text not null, day text not null, primary key (home_id, day)
    ) without rowid`,
    `create table rhythm_cursor (id integer primary key check (id = 1), event integer not null)`,
  ],
];

/** Brings the tables up to date, forward only; whoever comes second waits and finds them made. */
export function migrateTelemetry(database: DatabaseSync): void {
  database.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on');
  database.exec('begin immediate');
  try {
    const row = database.prepare('pragma user_version').get();
    const known = Number(row?.['user_version'] ?? 0);
    for (const statements of versions.slice(known)) {
      for (const statement of statements) database.exec(statement);
    }
    database.exec(`pragma user_version = ${Math.max(known, versions.length)}`);
    database.exec('commit');
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
