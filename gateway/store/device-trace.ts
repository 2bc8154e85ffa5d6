import { type Kysely, sql } from 'kysely';

import type { Alarm, TraceOf } from '../domain/installation/installation.ts';
import { type EventType, isEventType } from '../protocol/catalogue.ts';
import type { Tables } from './tables.ts';

/** That a connection came or went is not something the device told, unless it is a hub, which may tell nothing else of itself. */
const presence = ['device.connected', 'device.disconnected'];

/** Reads what a device has told in a home, and what became of its test alarms. */
export function createTraceOf(db: Kysely<Tables>): TraceOf {
  return async ({ id, homeId }, { afterSeq, armedAt }) => {
    const notTold = await presenceOf(db, id);
    const told = await db
      .selectFrom('event')
      .select(['type', ({ fn }) => fn.min('received_at').as('first')])
      .where('device_id', '=', id)
      .where('seq', '>', afterSeq)
      .where('home_id', '=', homeId)
      .where('type', 'not in', notTold)
      // What it had stored from before shows nothing of now.
      .where(sql<boolean>`data ->> '$.history' is null`)
      .groupBy('type')
      .execute();
    const alarms = armedAt === null ? [] : await alarmsOf(db, { id, homeId, armedAt });
    const seen = new Map<EventType, number>();
    for (const { type, first } of told) if (isEventType(type)) seen.set(type, first);
    return {
      firstAt: told.length === 0 ? null : Math.min(...told.map(({ first }) => first)),
      seen,
      ...(await standing(db, id)),
      alarms,
    };
  };
}

/** The types by which nothing is told of a device: of a hub, that it is gone. */
async function presenceOf(db: Kysely<Tables>, id: string): Promise<readonly string[]> {
  const device = await db
    .selectFrom('device')
    .select('profile')
    .where('id', '=', id)
    .executeTakeFirst();
  return device?.profile === 'hub' ? ['device.disconnected'] : presence;
}

async function standing(db: Kysely<Tables>, deviceId: string) {
  const last = await db
    .selectFrom('event')
    .select('seq')
    .where('device_id', '=', deviceId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const status = await db
    .selectFrom('device_status')
    .select(['connected', 'last_seen_at as lastSeenAt', 'battery_percent as batteryPercent'])
    .select(['rssi_dbm as rssiDbm', 'lqi', 'firmware', 'dropped_without_consent as dropped'])
    .where('device_id', '=', deviceId)
    .executeTakeFirst();
  const { connected, ...rest } = status ?? unheard;
  return { lastSeq: last?.seq ?? 0, connected: connected === 1, ...rest };
}

const unheard = {
  connected: 0,
  lastSeenAt: null,
  batteryPercent: null,
  rssiDbm: null,
  lqi: null,
  firmware: null,
  dropped: 0,
};

/** Answers by which somebody takes an alarm on themselves. */
const taking = ['accepted', 'taken-over', 'arrived'];

/**
 * The tests that it has raised since then, or raised again, oldest first, and who took each of them first. One that it
 * had raised before, and that nobody has ended, is not raised anew.
 */
async function alarmsOf(
  db: Kysely<Tables>,
  { id, homeId, armedAt }: { id: string; homeId: string; armedAt: number },
): Promise<readonly Alarm[]> {
  const raised = await db
    .selectFrom('alert')
    .innerJoin('alert_event as called', 'called.alert_id', 'alert.id')
    .innerJoin('alert_event as began', 'began.alert_id', 'alert.id')
    .select(['alert.id', ({ fn }) => fn.min('called.at').as('at')])
    .where('home_id', '=', homeId)
    .where('called.type', 'in', ['raised', 'repeated'])
    .where('called.at', '>=', armedAt)
    .where(sql<boolean>`called.body ->> '$.deviceId' = ${id}`)
    .where('began.type', '=', 'raised')
    // As it was raised: a test that nobody took in time is a test no longer.
    .where(sql<boolean>`began.body ->> '$.isTest' = 1`)
    .groupBy('alert.id')
    .orderBy('at')
    .execute();
  if (raised.length === 0) return [];
  const taken = await db
    .selectFrom('alert_event')
    .leftJoin('person', (join) => join.on(sql<boolean>`person.id = alert_event.body ->> '$.by'`))
    .select(['alert_id', 'at', 'person.name'])
    .where(
      'alert_id',
      'in',
      raised.map((alert) => alert.id),
    )
    .where('type', 'in', taking)
    .where('person.name', 'is not', null)
    .orderBy('seq')
    .execute();
  return raised.map((alert) => {
    const first = taken.find(({ alert_id }) => alert_id === alert.id);
    return {
      alertId: alert.id,
      raisedAt: alert.at,
      acceptedAt: first?.at ?? null,
      acceptedBy: first?.name ?? null,
    };
  });
}
