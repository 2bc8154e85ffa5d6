import { type Kysely, sql } from 'kysely';
import { z } from 'zod';

import type { Overview } from '../domain/overview.ts';
import type { Scope } from '../domain/scope.ts';
import type { DeviceView } from '../protocol/api.ts';
import { silentAfterMs } from '../protocol/profile.ts';
import { readCursor, writeCursor } from './cursor.ts';
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
    .select(['device.id', 'device.name', 'profile', 'placement', 'connected'])
    .select(['home_id', 'home.label as home_label'])
    .select(['last_seen_at', 'battery_percent', 'rssi_dbm', 'binding.from_at'])
    .where('device.municipality_id', '=', scope.municipalityId)
    .where((eb) =>
      scope.units === 'all'
        ? sql<boolean>`true`
        : eb('binding.home_id', 'in', visibleHomes(db, scope).select('home.id')),
    );
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof deviceRows>['execute']>>[number];

function presentDevice(row: DeviceRow): DeviceView {
  const allowedMs = silentAfterMs(row.profile);
  const since = Math.max(row.last_seen_at ?? 0, row.from_at ?? 0);
  return {
    id: row.id,
    name: row.name,
    profile: row.profile,
    placement: row.placement,
    homeId: row.home_id,
    homeLabel: row.home_label,
    connected: row.connected === 1,
    lastSeenAt: row.last_seen_at,
    silentAt: allowedMs === null || row.home_id === null ? null : since + allowedMs,
    batteryPercent: row.battery_percent,
    rssiDbm: row.rssi_dbm,
  };
}
