import { type Kysely, sql } from 'kysely';

import type { FleetStore } from '../domain/fleet.ts';
import type { BatteryDay } from '../domain/fleet/battery-forecast.ts';
import type { DeviceFacts, HubFacts } from '../domain/fleet/device-facts.ts';
import type { Scope } from '../domain/scope.ts';
import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { Matchers } from '../protocol/duty/hold.ts';
import { modelOf } from './device-model.ts';
import { readMore } from './fleet-device.ts';
import type { Tables } from './tables.ts';
import { visibleHomes } from './visible.ts';

const weekMs = 7 * 86_400_000;

/** Equipment by its health, as one municipality or the homes of some units see it. */
export function createFleetStore(db: Kysely<Tables>): FleetStore {
  return {
    devices: async (scope, at) => {
      const rows = await deviceRows(db, scope)
        .where('device.decommissioned_at', 'is', null)
        .execute();
      return presentRows(rows, await readTroubles(db, scope, at));
    },
    device: async (scope, id, at) => {
      const rows = await deviceRows(db, scope).where('device.id', '=', id).execute();
      const [facts] = presentRows(rows, await readTroubles(db, scope, at));
      return facts === undefined ? null : { facts, more: await readMore(db, scope, id, at) };
    },
    batteryDays: async (deviceIds, sinceDay) => {
      const rows = await db
        .selectFrom('battery_day')
        .selectAll()
        .where('device_id', 'in', deviceIds)
        .where('day', '>=', sinceDay)
        .orderBy('device_id')
        .orderBy('day')
        .execute();
      const found = new Map<string, BatteryDay[]>();
      for (const { device_id: id, day, percent } of rows) {
        const days = found.get(id);
        if (days === undefined) found.set(id, [{ day, percent }]);
        else days.push({ day, percent });
      }
      return found;
    },
  };
}

function deviceRows(db: Kysely<Tables>, scope: Scope) {
  return db
    .selectFrom('device')
    .leftJoin('binding', (join) =>
      join.onRef('binding.device_id', '=', 'device.id').on('binding.until_at', 'is', null),
    )
    .leftJoin('home', 'home.id', 'binding.home_id')
    .leftJoin('unit', 'unit.id', 'home.unit_id')
    .leftJoin('device_status as status', 'status.device_id', 'device.id')
    .leftJoin('device as hub', 'hub.id', 'device.hub_id')
    .leftJoin('device_status as hub_status', 'hub_status.device_id', 'device.hub_id')
    .leftJoin('found', (join) =>
      join
        .onRef('found.hub_id', '=', 'device.hub_id')
        .onRef('found.address', '=', 'device.address'),
    )
    .select(['device.id', 'device.name', 'device.profile', 'device.model_id', 'device.model'])
    .select(['device.hub_id', 'device.address', 'placement', 'home_id', 'binding.from_at'])
    .select(['home.label as home_label', 'home.unit_id', 'unit.name as unit_name'])
    .select(['status.connected', 'status.last_seen_at', 'status.battery_percent'])
    .select(['status.rssi_dbm', 'status.lqi', 'status.skew_ms', 'status.is_reached'])
    .select((eb) => eb.fn.coalesce('status.firmware', 'found.firmware').as('firmware'))
    .select(['hub.profile as hub_profile', 'hub.is_steady as hub_is_steady'])
    .select(['hub_status.connected as hub_connected', 'hub_status.last_seen_at as hub_seen_at'])
    .select('found.dialect')
    .where('device.municipality_id', '=', scope.municipalityId)
    .where((eb) =>
      scope.units === 'all'
        ? sql<boolean>`true`
        : eb('binding.home_id', 'in', visibleHomes(db, scope).select('home.id')),
    );
}

type DeviceRow = Awaited<ReturnType<ReturnType<typeof deviceRows>['execute']>>[number];

/** What few devices have, read apart from the many. */
interface Troubles {
  quarantined: ReadonlyMap<string, number>;
  /** `sender address`, the address empty for the sender itself. */
  puzzling: ReadonlySet<string>;
  /** Installations that are not signed and are the last of their device, by device. */
  unsigned: ReadonlyMap<string, { homeId: string; startedAt: number }>;
  onTrial: ReadonlySet<string>;
}

async function readTroubles(
  db: Kysely<Tables>,
  { municipalityId }: Scope,
  at: number,
): Promise<Troubles> {
  const quarantine = await db
    .selectFrom('quarantine')
    .select(['device_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('municipality_id', '=', municipalityId)
    .where('at', '>', at - weekMs)
    .groupBy('device_id')
    .execute();
  const puzzling = await db
    .selectFrom('not_understood')
    .select(['device_id', 'address'])
    .distinct()
    .where('municipality_id', '=', municipalityId)
    .execute();
  return {
    quarantined: new Map(quarantine.map(({ device_id, count }) => [device_id, count])),
    puzzling: new Set(puzzling.map(({ device_id, address }) => `${device_id} ${address}`)),
    unsigned: await readUnsigned(db, municipalityId),
    onTrial: await readTrials(db, municipalityId, at),
  };
}

async function readUnsigned(
  db: Kysely<Tables>,
  municipalityId: string,
): Promise<Troubles['unsigned']> {
  const rows = await db
    .selectFrom('installation')
    .select(['device_id', 'home_id', 'started_at'])
    .where('municipality_id', '=', municipalityId)
    .where('device_id', 'is not', null)
    .where('state', '<>', 'signed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('installation as later')
            .select('later.id')
            .whereRef('later.device_id', '=', 'installation.device_id')
            .whereRef('later.started_at', '>', 'installation.started_at'),
        ),
      ),
    )
    .execute();
  return new Map(
    rows.map(({ device_id, home_id: homeId, started_at: startedAt }) => [
      device_id ?? '',
      { homeId, startedAt },
    ]),
  );
}

/** Devices whose alerts are tests for now. */
async function readTrials(
  db: Kysely<Tables>,
  municipalityId: string,
  at: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('hold')
    .select('matchers')
    .where('municipality_id', '=', municipalityId)
    .where('kind', '=', 'test')
    .where('matchers', 'is not', null)
    .where('ended_at', 'is', null)
    .where('until_at', '>', at)
    .execute();
  return new Set(
    rows.flatMap(({ matchers }) => Matchers.parse(JSON.parse(matchers ?? '{}')).deviceIds ?? []),
  );
}

function presentRows(rows: readonly DeviceRow[], troubles: Troubles): DeviceFacts[] {
  const models = new Map<string, DeviceProfile | null>();
  const readModel = (row: DeviceRow) => {
    const text = `${row.model_id ?? ''} ${row.model ?? ''}`;
    const known = models.get(text);
    if (known !== undefined) return known;
    const model = modelOf(row);
    models.set(text, model);
    return model;
  };
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    profile: row.profile,
    model: readModel(row),
    placement: row.placement,
    homeId: row.home_id,
    homeLabel: row.home_label,
    unitId: row.unit_id,
    unitName: row.unit_name,
    placedAt: row.from_at,
    connected: row.connected === 1,
    lastSeenAt: row.last_seen_at,
    batteryPercent: row.battery_percent,
    rssiDbm: row.rssi_dbm,
    lqi: row.lqi,
    skewMs: row.skew_ms,
    firmware: row.firmware,
    hub: hubOf(row),
    quarantined: troubles.quarantined.get(row.id) ?? 0,
    isPuzzling: troubles.puzzling.has(
      row.hub_id === null ? `${row.id} ` : `${row.hub_id} ${row.address ?? ''}`,
    ),
    isUnfinished: isUnfinished(row, troubles),
  }));
}

function hubOf(row: DeviceRow): HubFacts | null {
  if (row.hub_id === null) return null;
  return {
    id: row.hub_id,
    profile: row.hub_profile ?? 'hub',
    connected: row.hub_connected === 1,
    isSteady: row.hub_is_steady === 1,
    lastSeenAt: row.hub_seen_at,
    dialect: row.dialect,
    reaches: row.is_reached === null ? null : row.is_reached === 1,
  };
}

/** An installation that has placed nothing, or whose device has since been placed elsewhere, left nothing unfinished. */
function isUnfinished(row: DeviceRow, { unsigned, onTrial }: Troubles): boolean {
  const last = unsigned.get(row.id);
  if (last === undefined || onTrial.has(row.id)) return false;
  return last.homeId === row.home_id && last.startedAt <= (row.from_at ?? -1);
}
