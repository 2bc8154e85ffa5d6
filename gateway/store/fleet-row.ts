import type { Kysely } from 'kysely';

import type { Scope } from '../domain/scope.ts';
import type { Tables } from './tables.ts';
import { visibleHomes } from './visible.ts';

/** The tables that a fleet is made of, each read by itself: ten thousand rows of a join of all cost thrice as much. */
export async function readFleetRows(db: Kysely<Tables>, scope: Scope) {
  const { municipalityId } = scope;
  const devices = await db
    .selectFrom('device')
    .select(['id', 'name', 'profile', 'model_id', 'model', 'hub_id', 'address', 'is_steady'])
    .select('decommissioned_at')
    .where('municipality_id', '=', municipalityId)
    .execute();
  const bindings = await db
    .selectFrom('binding')
    .select(['device_id', 'home_id', 'placement', 'from_at'])
    .where('municipality_id', '=', municipalityId)
    .where('until_at', 'is', null)
    .execute();
  const statuses = await db
    .selectFrom('device_status')
    .select(['device_id', 'connected', 'last_seen_at', 'battery_percent', 'rssi_dbm', 'lqi'])
    .select(['skew_ms', 'is_reached', 'firmware'])
    .where('municipality_id', '=', municipalityId)
    .execute();
  const homes = await visibleHomes(db, scope)
    .innerJoin('unit', 'unit.id', 'home.unit_id')
    .select(['home.id', 'label', 'unit_id', 'unit.name as unit_name'])
    .execute();
  const longRange = await db
    .selectFrom('found')
    .select(['hub_id', 'address'])
    .where('municipality_id', '=', municipalityId)
    .where('dialect', 'in', ['chirpstack', 'tts'])
    .execute();
  return {
    devices: by(devices, ({ id }) => id),
    bindings: by(bindings, ({ device_id: id }) => id),
    statuses: by(statuses, ({ device_id: id }) => id),
    /** Those in sight. */
    homes: by(homes, ({ id }) => id),
    /** `hub address` of what a network server of LoRaWAN speaks for. */
    longRange: new Set(longRange.map(({ hub_id, address }) => `${hub_id} ${address}`)),
  };
}

function by<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) found.set(idOf(row), row);
  return found;
}

export type FleetRows = Awaited<ReturnType<typeof readFleetRows>>;
export type DeviceRow = FleetRows['devices'] extends Map<string, infer Row> ? Row : never;
