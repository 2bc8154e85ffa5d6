import { Kysely, sql } from 'kysely';

import type { Span } from '../domain/history.ts';
import type { LogEntry } from '../domain/ledger.ts';
import type { PausedHome, RhythmSource, Touched } from '../domain/rhythm/rhythm-source.ts';
import { rhythmTypes } from '../domain/rhythm/sign.ts';
import { openConnection, type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import { readHistories } from './sqlite-history.ts';
import type { Tables } from './tables.ts';

const quarterMs = 15 * 60_000;
/** How many values one question may carry. */
const homesAtOnce = 1_000;
const types = rhythmTypes.map((type) => `'${type}'`).join(', ');

/** What a database file tells of homes' days, over a connection of its own that never waits for, nor holds up, whoever writes. */
export function openSqliteRhythmSource(file: string): { source: RhythmSource; close: () => void } {
  const connection = openConnection(file, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  return { source: createSqliteRhythmSource(connection, db), close: () => connection.close() };
}

/** `db` speaks over the same connection. */
export function createSqliteRhythmSource(
  connection: SqliteConnection,
  db: Kysely<Tables>,
): RhythmSource {
  const first = (query: string, ...values: (string | number)[]): number | null => {
    const value = connection.prepare(query).get(...values)?.['value'];
    return typeof value === 'number' ? value : null;
  };
  return {
    touched: async (after, limit) => {
      const end = first('select max(seq) as value from event') ?? 0;
      // A log that is shorter than it was has been put back from a copy.
      const from = Math.min(after, end);
      const cursor = Math.min(end, from + limit);
      return {
        touched: readTouched(connection, from, cursor),
        cursor,
        isMore: cursor < end,
      };
    },
    homes: async (ids) => {
      let asked = db.selectFrom('home').selectAll();
      if (ids !== null) asked = asked.where(sql<boolean>`id in ${listed(ids)}`);
      const chosen = await asked.execute();
      const pauses = readPauses(connection, ids);
      const found: PausedHome[] = [];
      for (let index = 0; index < chosen.length; index += homesAtOnce) {
        const homes = await readHistories(db, chosen.slice(index, index + homesAtOnce));
        found.push(
          ...homes.map((home) => ({
            ...home,
            pauses: (pauses.get(home.id) ?? []).map(({ from, to }) => ({ from, to })),
          })),
        );
      }
      return found;
    },
    signs: async (home, span) =>
      readEntries(connection, `type in (${types}) and device_id is not null`, home, span),
    aways: async (home, span) => readEntries(connection, `type = 'gateway.away'`, home, span),
    firstEventAt: async (homeId) =>
      first('select min(at) as value from event where home_id = ?', homeId),
  };
}

/** However many, as one value. */
function listed(ids: readonly string[]) {
  return sql`(select value from json_each(${JSON.stringify(ids)}))`;
}

/** When homes were paused, by home and in order; what was ended early lasted until then. */
function readPauses(
  connection: SqliteConnection,
  ids: readonly string[] | null,
): ReadonlyMap<string, readonly Touched[]> {
  const rows = connection
    .prepare(
      `select home_id, from_at, min(until_at, coalesce(ended_at, until_at)) as to_at from hold
       where kind = 'pause' and (?1 is null or home_id in (select value from json_each(?1)))
       order by from_at`,
    )
    .all(ids === null ? null : JSON.stringify(ids))
    .map((row) => ({
      homeId: String(row['home_id']),
      from: Number(row['from_at']),
      to: Number(row['to_at']),
    }));
  return Map.groupBy(rows, ({ homeId }) => homeId);
}

/** Quarters of an hour in which somebody was seen, and what outages span. */
function readTouched(connection: SqliteConnection, after: number, upTo: number): Touched[] {
  const seen = connection
    .prepare(
      `select home_id, at / ${quarterMs} * ${quarterMs} as at from event
       where seq > ? and seq <= ? and home_id is not null and type in (${types})
       group by 1, 2`,
    )
    .all(after, upTo)
    .map((row) => ({ homeId: String(row['home_id']), from: Number(row['at']) }))
    .map(({ homeId, from }) => ({ homeId, from, to: from }));
  const outages = connection
    .prepare(
      `select home_id, at, data ->> '$.from' as since, data ->> '$.to' as until from event
       where seq > ? and seq <= ? and home_id is not null and type = 'gateway.away'`,
    )
    .all(after, upTo)
    .map((row) => {
      const at = Number(row['at']);
      return {
        homeId: String(row['home_id']),
        from: Number(row['since'] ?? at),
        to: Number(row['until'] ?? at),
      };
    });
  return [...seen, ...outages];
}

function readEntries(
  connection: SqliteConnection,
  condition: string,
  { id: homeId, municipalityId }: { id: string; municipalityId: string },
  { from, to }: Span,
): LogEntry[] {
  const select = connection.prepare(
    `select device_id, id, type, at, received_at, data from event
     where home_id = ? and at >= ? and at < ? and ${condition}`,
  );
  select.setReturnArrays(true);
  return (select.all(homeId, from, to) as unknown as Row[]).map(
    ([deviceId, id, type, at, receivedAt, data]) => ({
      municipalityId,
      homeId,
      deviceId,
      id,
      type,
      at,
      receivedAt,
      data: type === 'gateway.away' ? (JSON.parse(data) as LogEntry['data']) : {},
    }),
  );
}

type Row = readonly [
  deviceId: string | null,
  id: string,
  type: LogEntry['type'],
  at: number,
  receivedAt: number,
  data: string,
];
