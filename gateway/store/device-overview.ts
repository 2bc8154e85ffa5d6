import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { Overview } from '../domain/overview.ts';
import type { Scope } from '../domain/scope.ts';
import type { DeviceView } from '../protocol/api.ts';
import { silentAfterMs } from '../protocol/profile.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { modelOf } from './device-model.ts';
import type { Tables } from './tables.ts';
import { visibleHomes } from './visible.ts';

/** The part of the overview that is about devices. */
export function createDeviceOverview(db: Kysely<Tables>): Pick<Overview, 'devices'> {
  return {
    devices: async (scope, { cursor, limit }) => {
      let rows = deviceRows(db, scope)
        .orderBy('device.id')
        .limit(limit + 1);
      if (cursor !== undefined) {
        const [id] = readCursor(z.tuple([z.string()]), cursor);
        rows = rows.where('device.id', '>', id);
      }
      const found = await rows.execute();
      const items = found.slice(0, limit).map(presentDevice);
      const last = found.length > limit ? items.at(-1) : undefined;
      return { items, next: last === undefined ? null : writeCursor([last.id]) };
    },
  };
}

/** The devices that are placed in a home now. */
export async function devicesOfHome(
  db: Kysely<Tables>,
  scope: Scope,
  homeId: string,
): Promise<DeviceView[]> {
  const rows = await deviceRows(db, scope)
    .where('binding.home_id', '=', homeId)
    .orderBy('device.name')
    .execute();
  return rows.map(presentDevice);
}

function deviceRows(db: Kysely<Tables>, scope: Scope) {
  return db
    .selectFrom('device')
    .leftJoin('binding', (join) =>
      join.onRef('binding.device_id', '=', 'device.id').on('binding.until_at', 'is', null),
    )
    .leftJoin('home', 'home.id', 'binding.home_id')
    .leftJoin('device_status', 'device_status.device_id', 'device.id')
    .leftJoin('device_status as hub_status', 'hub_status.device_id', 'device.hub_id')
    .select(['device.id', 'device.name', 'profile', 'placement', 'device_status.connected'])
    .select(['device.hub_id', 'model_id', 'model', 'device_status.is_reached'])
    .select('hub_status.connected as hub_connected')
    .select(['home_id', 'home.label as home_label'])
    .select(['device_status.last_seen_at', 'device_status.battery_percent'])
    .select(['device_status.rssi_dbm', 'binding.from_at'])
    .where('device.municipality_id', '=', scope.municipalityId)
    .where('decommissioned_at', 'is', null)
    .where((eb) =>
      scope.units === 'all'
        ? sql<boolean>`true`
        : eb('binding.home_id', 'in', visibleHomes(db, scope).select('home.id')),
    );
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof deviceRows>['execute']>>[number];

function presentDevice(row: DeviceRow): DeviceView {
  const allowedMs = silentAfterMs(row.profile, modelOf(row));
  const since = Math.max(row.last_seen_at ?? 0, row.from_at ?? 0);
  return {
    id: row.id,
    name: row.name,
    profile: row.profile,
    placement: row.placement,
    homeId: row.home_id,
    homeLabel: row.home_label,
    connected: isConnected(row),
    lastSeenAt: row.last_seen_at,
    silentAt: allowedMs === null || row.home_id === null ? null : since + allowedMs,
    batteryPercent: row.battery_percent,
    rssiDbm: row.rssi_dbm,
  };
}

/** One that a hub speaks for is connected as long as the hub is, and does not say that it cannot reach it. */
function isConnected(row: DeviceRow): boolean {
  if (row.hub_id === null) return row.connected === 1;
  return row.hub_connected === 1 && row.is_reached !== 0;
}
