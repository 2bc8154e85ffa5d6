import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import { namesOf } from '../domain/alert/names.ts';
import { presentAlert, presentEvent } from '../domain/alert/present.ts';
import type { Directory } from '../domain/directory.ts';
import type { Overview } from '../domain/overview.ts';
import type { Scope } from '../domain/scope.ts';
import { type AlertView, severities } from '../protocol/alert.ts';
import type { AlertPage, AlertQuery } from '../protocol/api.ts';
import { readAlert, readAlertEvent } from './alert-body.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Tables } from './tables.ts';
import { isAsked, maySee, servedBy, visibleAlerts } from './visible.ts';

const urgency = sql<number>`case alert.severity ${sql.join(
  severities.map((severity, rank) => sql`when ${severity} then ${rank}`),
  sql` `,
)} end`;

/** The half of the overview that is about alerts. */
export function createAlertOverview(
  db: Kysely<Tables>,
  directory: Directory,
): Pick<Overview, 'alerts' | 'alert' | 'changesAfter' | 'lastSeq' | 'served'> {
  const lastSeq = () => readLastSeq(db);

  return {
    lastSeq,
    served: (scope) => servedBy(db, scope),
    alerts: async (scope, query, at) => {
      const seq = await lastSeq();
      const isLive = query.state !== 'all' && query.state !== 'resolved';
      const rows = await (isLive ? liveRows(db, scope, query, at) : pastRows(db, scope, query, at));
      return { ...(await pageOf(directory, scope, rows, query.limit, isLive)), seq };
    },
    alert: async (scope, id, at) => {
      const row = await visibleAlerts(db, scope, at)
        .select(['body', 'seq'])
        .where('alert.id', '=', id)
        .executeTakeFirst();
      if (row === undefined) return null;
      const events = await readEvents(db, id);
      const alert = readAlert(row.body);
      const told = events.map(({ event }) => event);
      const names = (await namesOf(directory, [alert], told))(alert);
      return {
        ...presentAlert(alert, row.seq, names, scope),
        timeline: events.map(({ seq, event }) => presentEvent(event, seq, names)),
      };
    },
    changesAfter: async (scope, cursor, limit, at) => {
      const rows = await visibleAlerts(db, scope, at)
        .innerJoin('alert_event', 'alert_event.alert_id', 'alert.id')
        .select(['alert_event.seq', 'alert_event.body as event', 'alert.body', 'alert.seq as last'])
        .where('alert_event.seq', '>', cursor)
        .where('alert_event.type', '<>', 'delivered')
        .orderBy('alert_event.seq')
        .limit(limit + 1)
        .execute();
      if (rows.length > limit) return null;
      const changes = rows.map((row) => ({
        seq: row.seq,
        last: row.last,
        event: readAlertEvent(row.event),
        alert: readAlert(row.body),
      }));
      const alerts = changes.map(({ alert }) => alert);
      const told = changes.map(({ event }) => event);
      const names = await namesOf(directory, alerts, told);
      return {
        changes: changes.map(({ seq, last, event, alert }) => ({
          seq,
          event: presentEvent(event, seq, names(alert)),
          alert: presentAlert(alert, last, names(alert), scope),
        })),
        gone: await readGone(db, scope, cursor, at),
      };
    },
  };
}

async function readLastSeq(db: Kysely<Tables>): Promise<number> {
  const row = await db
    .selectFrom('alert_event')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

/** By these an alert may cease to be somebody's to see. */
const leaving = ['assigned', 'handed-over', 'taken-over', 'returned', 'resolved'];

/** Live or not, what this reader has once been asked, has changed since, and is no longer theirs. */
async function readGone(
  db: Kysely<Tables>,
  scope: Scope,
  cursor: number,
  at: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alert')
    .innerJoin('alert_event', 'alert_event.alert_id', 'alert.id')
    .select('alert.id')
    .distinct()
    .where('alert_event.seq', '>', cursor)
    .where('alert_event.type', 'in', leaving)
    .where((eb) =>
      eb.or([
        isAsked(eb, scope, -1),
        eb(sql`alert_event.body ->> '$.from'`, '=', scope.userId),
        eb(sql`alert_event.body ->> '$.by'`, '=', scope.userId),
      ]),
    )
    .where((eb) => sql<boolean>`(${maySee(eb, scope, at)}) is not true`)
    .execute();
  return rows.map(({ id }) => id);
}

async function readEvents(db: Kysely<Tables>, alertId: string) {
  const rows = await db
    .selectFrom('alert_event')
    .select(['seq', 'body'])
    .where('alert_id', '=', alertId)
    .orderBy('seq')
    .execute();
  return rows.map(({ seq, body }) => ({ seq, event: readAlertEvent(body) }));
}

interface AlertRow {
  id: string;
  body: string;
  seq: number;
  raised_at: number;
  urgency: number;
}

function matching(db: Kysely<Tables>, scope: Scope, query: AlertQuery, at: number) {
  return visibleAlerts(db, scope, at)
    .select(['alert.id', 'body', 'seq', 'raised_at', urgency.as('urgency')])
    .$if(query.queue !== undefined, (some) => some.where('queue', '=', query.queue ?? 'care'))
    .$if(query.homeId !== undefined, (some) => some.where('home_id', '=', query.homeId ?? ''))
    .limit(query.limit + 1);
}

/** Most severe first, oldest first within a severity. */
async function liveRows(
  db: Kysely<Tables>,
  scope: Scope,
  query: AlertQuery,
  at: number,
): Promise<readonly AlertRow[]> {
  let rows = matching(db, scope, query, at)
    .where('state', '<>', 'resolved')
    .orderBy(urgency)
    .orderBy('raised_at')
    .orderBy('alert.id');
  if (query.state !== undefined && query.state !== 'live')
    rows = rows.where('state', '=', query.state);
  if (query.cursor !== undefined) {
    const position = z.tuple([z.number(), z.number(), z.string()]);
    const [rank, raisedAt, id] = readCursor(position, query.cursor);
    rows = rows.where(
      sql<boolean>`(${urgency}, raised_at, alert.id) > (${rank}, ${raisedAt}, ${id})`,
    );
  }
  return rows.execute();
}

/** Newest first. */
async function pastRows(
  db: Kysely<Tables>,
  scope: Scope,
  query: AlertQuery,
  at: number,
): Promise<readonly AlertRow[]> {
  let rows = matching(db, scope, query, at)
    .orderBy('raised_at', 'desc')
    .orderBy('alert.id', 'desc');
  if (query.state === 'resolved') rows = rows.where('state', '=', 'resolved');
  if (query.cursor !== undefined) {
    const [raisedAt, id] = readCursor(z.tuple([z.number(), z.string()]), query.cursor);
    rows = rows.where(sql<boolean>`(raised_at, alert.id) < (${raisedAt}, ${id})`);
  }
  return rows.execute();
}

async function pageOf(
  directory: Directory,
  scope: Scope,
  rows: readonly AlertRow[],
  limit: number,
  isLive: boolean,
): Promise<Pick<AlertPage, 'items' | 'next'>> {
  const shown = rows.slice(0, limit);
  const items = await presentRows(directory, scope, shown);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { items, next: null };
  const position = isLive ? [last.urgency, last.raised_at, last.id] : [last.raised_at, last.id];
  return { items, next: writeCursor(position) };
}

/** Rows of alerts as somebody with this scope may see them. */
export async function presentRows(
  directory: Directory,
  scope: Scope,
  rows: readonly { body: string; seq: number }[],
): Promise<AlertView[]> {
  const alerts = rows.map(({ body }) => readAlert(body));
  const names = await namesOf(directory, alerts);
  return alerts.map((alert, index) =>
    presentAlert(alert, rows[index]?.seq ?? 0, names(alert), scope),
  );
}
