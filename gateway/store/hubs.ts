import type { Kysely } from 'kysely';

import type { Hubs } from '../domain/hub-desk.ts';
import { DeviceProfile } from '../protocol/device/device-profile.ts';
import type { FoundView, HubView, NotUnderstoodView } from '../protocol/device/hub.ts';
import type { Tables } from './tables.ts';

/** What is kept of hubs, and of what they speak for. */
export function createHubs(db: Kysely<Tables>): Hubs {
  return {
    list: async (municipalityId) => {
      const rows = await hubRows(db, municipalityId).execute();
      const counts = Map.groupBy(await countRows(db, municipalityId), ({ hub_id }) => hub_id);
      return { items: rows.map((row) => presentHub(row, counts.get(row.id) ?? [])) };
    },
    hub: async (municipalityId, id) => {
      const row = await hubRows(db, municipalityId).where('device.id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const counts = (await countRows(db, municipalityId)).filter(({ hub_id }) => hub_id === id);
      const found = await foundRows(db, municipalityId).where('found.hub_id', '=', id).execute();
      const unread = await notUnderstoodOf(db, [id]);
      return {
        ...presentHub(row, counts),
        found: found
          .map((each) => presentFound(each, unread))
          .toSorted((a, b) => Number(a.deviceId !== null) - Number(b.deviceId !== null)),
        notUnderstood: unread.get(keyOf(id, '')) ?? [],
      };
    },
    notPlaced: async (municipalityId, homeId) => {
      let rows = foundRows(db, municipalityId).where('placed.id', 'is', null);
      if (homeId !== null) {
        rows = rows.where('found.hub_id', 'in', (eb) =>
          eb
            .selectFrom('binding')
            .select('binding.device_id')
            .where('binding.home_id', '=', homeId)
            .where('binding.until_at', 'is', null),
        );
      }
      const found = await rows.execute();
      const unread = await notUnderstoodOf(db, [...new Set(found.map(({ hub_id }) => hub_id))]);
      return { items: found.map((each) => presentFound(each, unread)) };
    },
    inUse: async (deviceIds) => {
      const rows = await db
        .selectFrom('device')
        .select('id')
        .where('id', 'in', deviceIds)
        .where('blocked_at', 'is', null)
        .where('decommissioned_at', 'is', null)
        .execute();
      return new Set(rows.map(({ id }) => id));
    },
  };
}

/** Hubs, and whatever else speaks for devices; not those that are out of use. */
function hubRows(db: Kysely<Tables>, municipalityId: string) {
  return db
    .selectFrom('device')
    .leftJoin('binding', (join) =>
      join.onRef('binding.device_id', '=', 'device.id').on('binding.until_at', 'is', null),
    )
    .leftJoin('home', 'home.id', 'binding.home_id')
    .leftJoin('device_status', 'device_status.device_id', 'device.id')
    .select(['device.id', 'device.name', 'home_id', 'home.label as home_label'])
    .select(['connected', 'last_seen_at'])
    .where('device.municipality_id', '=', municipalityId)
    .where('device.decommissioned_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('device.profile', '=', 'hub'),
        eb('device.id', 'in', eb.selectFrom('found').select('found.hub_id')),
      ]),
    )
    .orderBy('device.name')
    .orderBy('device.id');
}

/** What is found, with the device that it is placed as; the latest heard first. */
function foundRows(db: Kysely<Tables>, municipalityId: string) {
  return withPlaced(db)
    .selectAll('found')
    .select('placed.id as device_id')
    .where('found.municipality_id', '=', municipalityId)
    .orderBy('found.last_seen_at', 'desc')
    .orderBy('found.address');
}

function countRows(db: Kysely<Tables>, municipalityId: string) {
  return withPlaced(db)
    .select(['found.hub_id', 'found.dialect'])
    .select(({ fn }) => [
      fn.countAll<number>().as('count'),
      fn.count<number>('placed.id').as('placed'),
    ])
    .where('found.municipality_id', '=', municipalityId)
    .groupBy(['found.hub_id', 'found.dialect'])
    .orderBy('found.dialect')
    .execute();
}

function withPlaced(db: Kysely<Tables>) {
  return db
    .selectFrom('found')
    .leftJoin('device as placed', (join) =>
      join
        .onRef('placed.hub_id', '=', 'found.hub_id')
        .onRef('placed.address', '=', 'found.address')
        .on('placed.decommissioned_at', 'is', null),
    );
}

type Unread = ReadonlyMap<string, NotUnderstoodView[]>;

/** By hub and address; what the hub said of itself has no address. */
async function notUnderstoodOf(db: Kysely<Tables>, hubIds: readonly string[]): Promise<Unread> {
  if (hubIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('not_understood')
    .select(['device_id', 'address', 'what', 'example', 'count', 'last_at'])
    .where('device_id', 'in', hubIds)
    .orderBy('last_at', 'desc')
    .orderBy('what')
    .execute();
  const byKey = new Map<string, NotUnderstoodView[]>();
  for (const { device_id, address, what, example, count, last_at } of rows) {
    const key = keyOf(device_id, address);
    const known = byKey.get(key) ?? [];
    known.push({ what, example, count, lastAt: last_at });
    byKey.set(key, known);
  }
  return byKey;
}

function keyOf(hubId: string, address: string): string {
  return `${hubId} ${address}`;
}

type HubRow = Awaited<ReturnType<ReturnType<typeof hubRows>['execute']>>[number];
type FoundRow = Awaited<ReturnType<ReturnType<typeof foundRows>['execute']>>[number];

function presentHub(row: HubRow, counts: Awaited<ReturnType<typeof countRows>>): HubView {
  const placed = counts.reduce((sum, each) => sum + each.placed, 0);
  return {
    id: row.id,
    name: row.name,
    homeId: row.home_id,
    homeLabel: row.home_label,
    connected: row.connected === 1,
    lastSeenAt: row.last_seen_at,
    placed,
    notPlaced: counts.reduce((sum, each) => sum + each.count, 0) - placed,
    dialects: counts.map(({ dialect }) => dialect),
  };
}

function presentFound(row: FoundRow, unread: Unread): FoundView {
  return {
    hubId: row.hub_id,
    address: row.address,
    dialect: row.dialect,
    label: row.label,
    vendor: row.vendor,
    model: row.model,
    firmware: row.firmware,
    profile: profileOf(row.profile),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    messages: row.messages,
    lastType: row.last_type,
    batteryPercent: row.battery_percent,
    lqi: row.lqi,
    rssiDbm: row.rssi_dbm,
    isGone: row.gone_at !== null,
    deviceId: row.device_id,
    notUnderstood: unread.get(keyOf(row.hub_id, row.address)) ?? [],
  };
}

/** What an earlier release has worked out may mean nothing to this one; the hub will describe it again. */
function profileOf(text: string | null): DeviceProfile | null {
  return text === null ? null : (DeviceProfile.safeParse(JSON.parse(text)).data ?? null);
}
