import type { Kysely } from 'kysely';

import type { FleetStore } from '../domain/fleet.ts';
import type { BatteryDay } from '../domain/fleet/battery-forecast.ts';
import type { DeviceFacts, HubFacts } from '../domain/fleet/device-facts.ts';
import type { Scope } from '../domain/scope.ts';
import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { modelOf } from './device-model.ts';
import { readMore } from './fleet-device.ts';
import { createFleetRows, type DeviceRow, type FleetRows, type FleetSources } from './fleet-row.ts';
import { readTroubles, type Troubles } from './fleet-trouble.ts';
import type { DeviceStatus } from './sqlite-device-status.ts';
import type { Tables } from './tables.ts';

/** Equipment by its health, as one municipality or the homes of some units see it. */
export function createFleetStore(db: Kysely<Tables>, sources: FleetSources): FleetStore {
  const readRows = createFleetRows(db, sources);

  async function open(scope: Scope, at: number) {
    const rows = await readRows(scope);
    const troubles = await readTroubles(db, scope.municipalityId, at);
    const present = createPresent(rows, troubles);
    const isInSight = ({ id }: DeviceRow) =>
      scope.units === 'all' || rows.homes.has(rows.bindings.get(id)?.home_id ?? '');
    return { rows, present, isInSight };
  }

  return {
    devices: async (scope, at) => {
      const { rows, present, isInSight } = await open(scope, at);
      return [...rows.devices.values()]
        .filter((row) => row.decommissioned_at === null && isInSight(row))
        .map(present);
    },
    device: async (scope, id, at) => {
      const { rows, present, isInSight } = await open(scope, at);
      const row = rows.devices.get(id);
      if (row === undefined || !isInSight(row)) return null;
      return { facts: present(row), more: await readMore(db, scope, id, at) };
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

function createPresent(rows: FleetRows, troubles: Troubles): (row: DeviceRow) => DeviceFacts {
  const readModel = createModels();
  return (row) => {
    const binding = rows.bindings.get(row.id) ?? notPlaced;
    const status = rows.statuses.get(row.id) ?? unheard;
    const behind = row.hub_id === null ? null : `${row.hub_id} ${row.address ?? ''}`;
    const home = homeOf(binding.home_id, rows);
    // Each field by its name: spreading another object into ten thousand of these costs as much as all the rest.
    return {
      id: row.id,
      name: row.name,
      profile: row.profile,
      model: readModel(row),
      isLongRange: behind !== null && rows.longRange.has(behind),
      placement: binding.placement,
      homeId: home.id,
      homeLabel: home.label,
      unitId: home.unit_id,
      unitName: home.unit_name,
      placedAt: binding.from_at,
      connected: status.connected,
      lastSeenAt: status.lastSeenAt,
      batteryPercent: status.batteryPercent,
      rssiDbm: status.rssiDbm,
      lqi: status.lqi,
      skewMs: status.skewMs,
      firmware: status.firmware,
      hub: hubOf(row.hub_id, rows, status.isReached),
      quarantined: troubles.quarantined.get(row.id) ?? 0,
      isPuzzling: troubles.puzzling.has(behind ?? `${row.id} `),
      isUnfinished: isUnfinished(row.id, binding, troubles),
    };
  };
}

const unheard: DeviceStatus = {
  connected: false,
  lastSeenAt: null,
  batteryPercent: null,
  rssiDbm: null,
  lqi: null,
  skewMs: null,
  isReached: null,
  firmware: null,
};
const notPlaced = { home_id: null, placement: null, from_at: null };

const noHome = { id: null, label: null, unit_id: null, unit_name: null };

function homeOf(id: string | null, { homes }: FleetRows) {
  return (id === null ? undefined : homes.get(id)) ?? noHome;
}

function hubOf(
  id: string | null,
  { devices, statuses }: FleetRows,
  reaches: boolean | null,
): HubFacts | null {
  if (id === null) return null;
  const hub = devices.get(id);
  const status = statuses.get(id);
  return {
    id,
    profile: hub?.profile ?? 'hub',
    connected: status?.connected ?? false,
    isSteady: hub?.is_steady !== 0,
    lastSeenAt: status?.lastSeenAt ?? null,
    reaches,
  };
}

/** An installation that has placed nothing, or whose device has since been placed elsewhere, left nothing unfinished. */
function isUnfinished(
  id: string,
  { home_id: homeId, from_at: placedAt }: { home_id: string | null; from_at: number | null },
  { unsigned, onTrial }: Troubles,
): boolean {
  const last = unsigned.get(id);
  if (last === undefined || placedAt === null || onTrial.has(id)) return false;
  return last.homeId === homeId && last.startedAt <= placedAt;
}

/** Thousands of devices are of few models, and each description is read once. */
function createModels(): (row: DeviceRow) => DeviceProfile | null {
  const models = new Map<string, DeviceProfile | null>();
  return (row) => {
    if (row.model === null && row.model_id === null) return null;
    const text = `${row.model_id ?? ''} ${row.model ?? ''}`;
    const known = models.get(text);
    if (known !== undefined) return known;
    const model = modelOf(row);
    models.set(text, model);
    return model;
  };
}
