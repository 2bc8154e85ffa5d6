import type { Kysely } from 'kysely';

import type { DeviceMore } from '../domain/fleet.ts';
import type { Scope } from '../domain/scope.ts';
import type { Tables } from './tables.ts';
import { visibleHomes } from './visible.ts';

const dayMs = 86_400_000;
const batteryDaysShown = 400;
const quarantineShown = 50;

/** What a device's own page tells besides its facts. The device must be in sight; homes that are not are left out. */
export async function readMore(
  db: Kysely<Tables>,
  scope: Scope,
  id: string,
  at: number,
): Promise<DeviceMore> {
  const own = await db
    .selectFrom('device')
    .leftJoin('device as hub', 'hub.id', 'device.hub_id')
    .leftJoin('device as old', 'old.id', 'device.replaces_id')
    .select(['device.serial', 'device.created_at', 'device.decommissioned_at', 'device.address'])
    .select(['device.hub_id', 'hub.name as hub_name'])
    .select(['device.replaces_id', 'old.name as old_name'])
    .where('device.id', '=', id)
    .executeTakeFirstOrThrow();
  const successor = await db
    .selectFrom('device')
    .select(['id', 'name'])
    .where('replaces_id', '=', id)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  const address = own.address ?? '';
  return {
    serial: own.serial,
    createdAt: own.created_at,
    decommissionedAt: own.decommissioned_at,
    hub: own.hub_id === null ? null : { id: own.hub_id, name: own.hub_name ?? '', address },
    replaces: own.replaces_id === null ? null : { id: own.replaces_id, name: own.old_name ?? '' },
    replacedBy: successor ?? null,
    bindings: await readBindings(db, scope, id),
    battery: await readBattery(db, id, at),
    quarantine: await readQuarantine(db, id),
    notUnderstood: await readPuzzles(db, own.hub_id === null ? [id, ''] : [own.hub_id, address]),
  };
}

async function readBindings(
  db: Kysely<Tables>,
  scope: Scope,
  id: string,
): Promise<DeviceMore['bindings']> {
  const rows = await db
    .selectFrom('binding')
    .innerJoin('home', 'home.id', 'binding.home_id')
    .select(['home.id', 'home.label', 'binding.placement', 'from_at', 'until_at'])
    .where('binding.device_id', '=', id)
    .where('binding.home_id', 'in', visibleHomes(db, scope).select('home.id'))
    .orderBy('from_at', 'desc')
    .execute();
  return rows.map((row) => ({
    homeId: row.id,
    homeLabel: row.label,
    placement: row.placement,
    from: row.from_at,
    until: row.until_at,
  }));
}

async function readBattery(
  db: Kysely<Tables>,
  id: string,
  at: number,
): Promise<DeviceMore['battery']> {
  const rows = await db
    .selectFrom('battery_day')
    .select(['day', 'percent'])
    .where('device_id', '=', id)
    .where('day', '>', Math.floor(at / dayMs) - batteryDaysShown)
    .orderBy('day')
    .execute();
  return rows.map(({ day, percent }) => ({ day: day * dayMs, percent }));
}

function readQuarantine(db: Kysely<Tables>, id: string): Promise<DeviceMore['quarantine']> {
  return db
    .selectFrom('quarantine')
    .select(['at', 'topic', 'reason', 'bytes', 'payload'])
    .where('device_id', '=', id)
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(quarantineShown)
    .execute();
}

function readPuzzles(
  db: Kysely<Tables>,
  [deviceId, address]: readonly [string, string],
): Promise<DeviceMore['notUnderstood']> {
  return db
    .selectFrom('not_understood')
    .select(['what', 'example', 'count', 'last_at as lastAt'])
    .where('device_id', '=', deviceId)
    .where('address', '=', address)
    .orderBy('last_at', 'desc')
    .execute();
}
