import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { Directory } from '../domain/directory.ts';
import type { Overview } from '../domain/overview.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { HomeView } from '../protocol/api.ts';
import { readActivity } from './activity.ts';
import { presentRows } from './alert-overview.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { devicesOfHome } from './device-overview.ts';
import type { Tables } from './tables.ts';
import { visibleAlerts, visibleHomes } from './visible.ts';

const weekMs = 7 * 24 * 3_600_000;
/** A home answers when something in it was heard this recently; battery sensors speak once an hour. */
const answeringMs = 65 * 60_000;

/** The half of the overview that is about homes. */
export function createHomeOverview(
  db: Kysely<Tables>,
  directory: Directory,
): Pick<Overview, 'homes' | 'home' | 'status'> {
  return {
    homes: async (scope, { cursor, limit }, at) => {
      let rows = homeRows(db, scope)
        .orderBy('home.label')
        .orderBy('home.id')
        .limit(limit + 1);
      if (cursor !== undefined) {
        const [label, id] = readCursor(z.tuple([z.string(), z.string()]), cursor);
        rows = rows.where(sql<boolean>`(home.label, home.id) > (${label}, ${id})`);
      }
      const found = await rows.execute();
      const shown = found.slice(0, limit);
      const last = found.length > limit ? shown.at(-1) : undefined;
      return {
        items: await presentHomes({ db, directory, scope, at }, shown),
        next: last === undefined ? null : writeCursor([last.label, last.id]),
      };
    },
    home: async (scope, id, at) => {
      const row = await homeRows(db, scope).where('home.id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const [view] = await presentHomes({ db, directory, scope, at }, [row]);
      if (view === undefined) return null;
      const alerts = await visibleAlerts(db, scope, at)
        .select(['body', 'seq'])
        .where('home_id', '=', id)
        .where('raised_at', '>', at - weekMs)
        .orderBy('raised_at', 'desc')
        .limit(100)
        .execute();
      return {
        ...view,
        timeZone: row.time_zone,
        devices: await devicesOfHome(db, scope, id),
        activity: permissions[scope.role].residents ? await readActivity(db, scope, id, at) : null,
        alerts: await presentRows(directory, scope, alerts),
      };
    },
    status: async (scope, at) => {
      const row = await visibleHomes(db, scope)
        .leftJoin('binding', (join) =>
          join.onRef('binding.home_id', '=', 'home.id').on('binding.until_at', 'is', null),
        )
        .leftJoin('device_status', 'device_status.device_id', 'binding.device_id')
        .select([
          sql<number>`count(distinct home.id)`.as('homes'),
          sql<number>`count(distinct case when last_seen_at > ${at - answeringMs} then home.id end)`.as(
            'answering',
          ),
          sql<number | null>`max(last_seen_at)`.as('last'),
        ])
        .executeTakeFirst();
      return {
        homes: row?.homes ?? 0,
        homesAnswering: row?.answering ?? 0,
        lastEventAt: row?.last ?? null,
        isFlood: await isFlood(db, scope),
      };
    },
  };
}

/** Whether the watchdogs have found a flood in a unit of the reader's, and it goes on. */
async function isFlood(
  db: Kysely<Tables>,
  { municipalityId, units }: Pick<Scope, 'municipalityId' | 'units'>,
): Promise<boolean> {
  let floods = db
    .selectFrom('alert')
    .select('id')
    .where(sql<boolean>`coalesce(home_id, municipality_id) = ${municipalityId}`)
    .where('home_id', 'is', null)
    .where('need', '>=', 'alert-flood/')
    .where('need', '<', 'alert-flood0')
    .where('state', '<>', 'resolved')
    .where(sql<boolean>`body ->> '$.clearedAt' is null`);
  if (units !== 'all') floods = floods.where('unit_id', 'in', units);
  return (await floods.limit(1).executeTakeFirst()) !== undefined;
}

function homeRows(db: Kysely<Tables>, scope: Scope) {
  const queues = permissions[scope.role].queues;
  return visibleHomes(db, scope)
    .innerJoin('unit', 'unit.id', 'home.unit_id')
    .select(['home.id', 'home.label', 'home.time_zone', 'home.unit_id', 'unit.name as unit_name'])
    .select((eb) => [
      eb
        .selectFrom('binding')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('binding.home_id', '=', 'home.id')
        .where('until_at', 'is', null)
        .as('devices'),
      eb
        .selectFrom('binding')
        .innerJoin('device_status', 'device_status.device_id', 'binding.device_id')
        .select(({ fn }) => fn.max('last_seen_at').as('last'))
        .whereRef('binding.home_id', '=', 'home.id')
        .where('until_at', 'is', null)
        .as('last_event_at'),
      eb
        .selectFrom('alert')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .whereRef('alert.home_id', '=', 'home.id')
        .where('state', '<>', 'resolved')
        .where('queue', 'in', queues)
        .as('live_alerts'),
    ]);
}

type HomeRow = Awaited<ReturnType<ReturnType<typeof homeRows>['execute']>>[number];

interface Presenting {
  db: Kysely<Tables>;
  directory: Directory;
  scope: Scope;
  at: number;
}

async function presentHomes(
  { db, directory, scope, at }: Presenting,
  rows: readonly HomeRow[],
): Promise<HomeView[]> {
  const ids = rows.map(({ id }) => id);
  const files = await directory.homes(ids);
  const holds = await holdsOf(db, ids, at);
  const mayKnow = permissions[scope.role].residents;
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    unit: { id: row.unit_id, name: row.unit_name },
    residents: mayKnow ? (files.get(row.id)?.residents ?? []).map(({ name }) => ({ name })) : [],
    deviceCount: row.devices ?? 0,
    lastEventAt: row.last_event_at,
    liveAlerts: row.live_alerts ?? 0,
    holds: holds
      .filter(({ homeId }) => homeId === row.id)
      .map(({ kind, until }) => ({ kind, until })),
  }));
}

/** The pauses and test modes of these homes in force at an instant. */
async function holdsOf(db: Kysely<Tables>, homeIds: readonly string[], at: number) {
  const rows = await db
    .selectFrom('hold')
    .select(['home_id', 'kind', 'until_at'])
    .where('ended_at', 'is', null)
    .where('from_at', '<=', at)
    .where('until_at', '>', at)
    .where('home_id', 'is not', null)
    // A device on trial leaves the rest of its home as it is.
    .where('matchers', 'is', null)
    .orderBy('kind')
    .execute();
  const wanted = new Set(homeIds);
  return rows.flatMap(({ home_id: homeId, kind, until_at: until }) =>
    homeId !== null && wanted.has(homeId) && kind !== 'silence' ? [{ homeId, kind, until }] : [],
  );
}
