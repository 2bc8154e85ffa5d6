import { Kysely, type Selectable } from 'kysely';

import type { History, HomeHistory, Span } from '../domain/history.ts';
import type { LogEntry } from '../domain/ledger.ts';
import type { Scope } from '../domain/scope.ts';
import { readAlert } from './alert-body.ts';
import { modelOf } from './device-model.ts';
import { openConnection, type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import type { Tables } from './tables.ts';
import { visibleAlerts, visibleHomes } from './visible.ts';

const eventsPerPage = 4_096;

/** The past of a database file, over a connection of its own that never waits for, nor holds up, whoever writes. */
export function openSqliteHistory(file: string): {
  history: History;
  municipalities: () => Promise<readonly { id: string; timeZone: string }[]>;
  close: () => void;
} {
  const connection = openConnection(file, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  return {
    history: createSqliteHistory(connection, db),
    municipalities: () =>
      db.selectFrom('municipality').select(['id', 'time_zone as timeZone']).execute(),
    close: () => connection.close(),
  };
}

/** What has happened, read from the embedded store. `db` speaks over the same connection. */
export function createSqliteHistory(connection: SqliteConnection, db: Kysely<Tables>): History {
  return {
    homes: (scope, homeIds) => readHomes(db, scope, homeIds),
    count: async (homeIds, { from, to }) => {
      const select = connection.prepare(
        'select count(*) as count from event where home_id = ? and at >= ? and at < ?',
      );
      return homeIds.reduce((sum, id) => sum + Number(select.get(id, from, to)?.['count']), 0);
    },
    events: (home, span) => readEvents(connection, home, span),
    alerts: async (scope, homeId, { from, to }) => {
      const rows = await visibleAlerts(db, scope, to)
        .select(['body'])
        .where('home_id', '=', homeId)
        .where('raised_at', '>=', from)
        .where('raised_at', '<', to)
        .orderBy('raised_at')
        .execute();
      return rows.map(({ body }) => {
        const { id, rule, raisedAt, since, outcome } = readAlert(body);
        return { id, rule: rule.id, raisedAt, since, outcome };
      });
    },
  };
}

/**
 * The index is in order of event time, the log in order of arrival, and nothing arrives before it happens: an event that
 * arrived after the last one read may have others before it, and is held back until they have been read.
 */
async function* readEvents(
  connection: SqliteConnection,
  home: { id: string; municipalityId: string },
  { from, to }: Span,
): AsyncGenerator<readonly LogEntry[]> {
  const select = connection.prepare(
    `select seq, device_id, id, type, at, received_at, skew_ms, data from event
     where home_id = :home and at >= :at and at < :to and (at > :at or seq > :seq)
       and (device_id is not null or type = 'gateway.away')
     order by at, seq limit :limit`,
  );
  select.setReturnArrays(true);
  const last = { at: from, seq: 0 };
  let held: StoredEntry[] = [];
  for (;;) {
    const rows = select.all({ home: home.id, ...last, to, limit: eventsPerPage });
    const read = rows.map((row) => new StoredEntry(home, row as unknown as Row));
    const end = read.at(-1);
    if (end !== undefined) Object.assign(last, { at: end.at, seq: end.seq });
    const isMore = read.length === eventsPerPage;
    const settledBefore = isMore ? last.at : to;
    const settled: StoredEntry[] = [];
    const waiting: StoredEntry[] = [];
    for (const entries of [held, read]) {
      for (const entry of entries) {
        (entry.receivedAt < settledBefore ? settled : waiting).push(entry);
      }
    }
    held = waiting;
    yield settled.sort((a, b) => a.receivedAt - b.receivedAt || a.seq - b.seq);
    if (!isMore) return;
  }
}

type Row = readonly [
  seq: number,
  deviceId: string | null,
  id: string,
  type: LogEntry['type'],
  at: number,
  receivedAt: number,
  skewMs: number | null,
  data: string,
];

/** A line of the log whose data is read only by those who ask for it: most rules do not. */
class StoredEntry implements LogEntry {
  readonly municipalityId: string;
  readonly homeId: string;
  readonly seq: number;
  readonly deviceId: string | null;
  readonly id: string;
  readonly type: LogEntry['type'];
  readonly at: number;
  readonly receivedAt: number;
  readonly skewMs: number | null;
  readonly #data: string;

  constructor(home: { id: string; municipalityId: string }, row: Row) {
    this.municipalityId = home.municipalityId;
    this.homeId = home.id;
    [
      this.seq,
      this.deviceId,
      this.id,
      this.type,
      this.at,
      this.receivedAt,
      this.skewMs,
      this.#data,
    ] = row;
  }

  get data(): LogEntry['data'] {
    return JSON.parse(this.#data) as LogEntry['data'];
  }
}

async function readHomes(
  db: Kysely<Tables>,
  scope: Scope,
  homeIds: readonly string[] | null,
): Promise<readonly HomeHistory[]> {
  let visible = visibleHomes(db, scope).selectAll('home').orderBy('home.id');
  if (homeIds !== null) visible = visible.where('home.id', 'in', homeIds);
  return readHistories(db, await visible.execute());
}

/** All that people have changed in these homes, in the same order. */
export async function readHistories(
  db: Kysely<Tables>,
  homes: readonly Selectable<Tables['home']>[],
): Promise<readonly HomeHistory[]> {
  const ids = homes.map(({ id }) => id);
  const placed = await db
    .selectFrom('binding')
    .innerJoin('device', 'device.id', 'binding.device_id')
    .select(['home_id', 'device.id', 'name', 'profile', 'placement', 'from_at', 'until_at'])
    .select(['model_id', 'model'])
    .where('home_id', 'in', ids)
    .orderBy('from_at')
    .execute();
  const residents = await db
    .selectFrom('resident')
    .select(['home_id', 'id', 'cohabitant', 'flags'])
    .where('home_id', 'in', ids)
    .execute();
  const consents = await db
    .selectFrom('consent')
    .innerJoin('resident', 'resident.id', 'consent.resident_id')
    .select(['home_id', 'resident_id', 'purpose', 'from_at', 'until_at'])
    .where('home_id', 'in', ids)
    .execute();
  const placedIn = Map.groupBy(placed, ({ home_id }) => home_id);
  const residentsOf = Map.groupBy(residents, ({ home_id }) => home_id);
  const consentsOf = Map.groupBy(consents, ({ home_id }) => home_id);
  return homes.map((home) => ({
    id: home.id,
    municipalityId: home.municipality_id,
    unitId: home.unit_id,
    label: home.label,
    timeZone: home.time_zone,
    flags: flagsOf(residentsOf.get(home.id) ?? []),
    residents: (residentsOf.get(home.id) ?? []).map(({ id, cohabitant }) => ({
      id,
      isCohabitant: cohabitant === 1,
    })),
    consents: (consentsOf.get(home.id) ?? []).map((consent) => ({
      purpose: consent.purpose,
      residentId: consent.resident_id,
      from: consent.from_at,
      until: consent.until_at,
    })),
    placed: (placedIn.get(home.id) ?? []).map((device) => ({
      id: device.id,
      name: device.name,
      profile: device.profile,
      model: modelOf(device),
      placement: device.placement,
      from: device.from_at,
      until: device.until_at,
    })),
  }));
}

function flagsOf(residents: readonly { flags: string }[]): HomeHistory['flags'] {
  return [...new Set(residents.flatMap(({ flags }) => JSON.parse(flags) as HomeHistory['flags']))];
}
