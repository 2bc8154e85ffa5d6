import type { Kysely } from 'kysely';

import type { FleetStore } from '../domain/fleet.ts';
import type { BatteryDay } from '../domain/fleet/battery-forecast.ts';
import type { DeviceFacts, HubFacts } from '../domain/fleet/device-facts.ts';
import type { Scope } from '../domain/scope.ts';
import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { modelOf } from './device-model.ts';
import { readMore } from './fleet-device.ts';
import { type DeviceRow, type FleetRows, readFleetRows } from './fleet-row.ts';
import { readTroubles, type Troubles } from './fleet-trouble.ts';
import type { Tables } from './tables.ts';

/** Equipment by its health, as one municipality or the homes of some units see it. */
export function createFleetStore(db: Kysely<Tables>): FleetStore {
  async function open(scope: Scope, at: number) {
    const rows = await readFleetRows(db, scope);
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
    const binding = rows.bindings.get(row.id);
    const home = binding === undefined ? undefined : rows.homes.get(binding.home_id);
    const status = rows.statuses.get(row.id);
    const behind = row.hub_id === null ? null : `${row.hub_id} ${row.address ?? ''}`;
    return {
      id: row.id,
      name: row.name,
      profile: row.profile,
      model: readModel(row),
      isLongRange: behind !== null && rows.longRange.has(behind),
      placement: binding?.placement ?? null,
      homeId: home?.id ?? null,
      homeLabel: home?.label ?? null,
      unitId: home?.unit_id ?? null,
      unitName: home?.unit_name ?? null,
      placedAt: binding?.from_at ?? null,
      ...conditionOf(status),
      hub: row.hub_id === null ? null : hubOf(row.hub_id, rows, status?.is_reached ?? null),
      quarantined: troubles.quarantined.get(row.id) ?? 0,
      isPuzzling: troubles.puzzling.has(behind ?? `${row.id} `),
      isUnfinished: isUnfinished(row.id, binding, troubles),
    };
  };
}

type StatusRow = FleetRows['statuses'] extends Map<string, infer Row> ? Row : never;
type BindingRow = FleetRows['bindings'] extends Map<string, infer Row> ? Row : never;

function conditionOf(status: StatusRow | undefined) {
  return {
    connected: status?.connected === 1,
    lastSeenAt: status?.last_seen_at ?? null,
    batteryPercent: status?.battery_percent ?? null,
    rssiDbm: status?.rssi_dbm ?? null,
    lqi: status?.lqi ?? null,
    skewMs: status?.skew_ms ?? null,
    firmware: status?.firmware ?? null,
  };
}

function hubOf(id: string, { devices, statuses }: FleetRows, isReached: number | null): HubFacts {
  const hub = devices.get(id);
  const status = statuses.get(id);
  return {
    id,
    profile: hub?.profile ?? 'hub',
    connected: status?.connected === 1,
    isSteady: hub?.is_steady !== 0,
    lastSeenAt: status?.last_seen_at ?? null,
    reaches: isReached === null ? null : isReached === 1,
  };
}

/** An installation that has placed nothing, or whose device has since been placed elsewhere, left nothing unfinished. */
function isUnfinished(
  id: string,
  binding: BindingRow | undefined,
  { unsigned, onTrial }: Troubles,
): boolean {
  const last = unsigned.get(id);
  if (last === undefined || binding === undefined || onTrial.has(id)) return false;
  return last.homeId === binding.home_id && last.startedAt <= binding.from_at;
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
