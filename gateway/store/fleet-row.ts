import type { Kysely } from 'kysely';

import type { Scope } from '../domain/scope.ts';
import type { DeviceStatus } from './sqlite-device-status.ts';
import type { Tables } from './tables.ts';

/** How many municipalities' equipment is kept at hand. */
const entriesKept = 20;

/** What people have entered of a municipality's equipment; it seldom changes. */
async function readEntered(db: Kysely<Tables>, municipalityId: string) {
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
  const homes = await db
    .selectFrom('home')
    .innerJoin('unit', 'unit.id', 'home.unit_id')
    .select(['home.id', 'label', 'unit_id', 'unit.name as unit_name'])
    .where('home.municipality_id', '=', municipalityId)
    .execute();
  return {
    // Rows of the database are slow to read from; these are read from again and again.
    devices: by(
      devices.map((row) => ({ ...row })),
      ({ id }) => id,
    ),
    bindings: by(
      bindings.map((row) => ({ ...row })),
      ({ device_id: id }) => id,
    ),
    homes: by(homes, ({ id }) => id),
  };
}

type Entered = Awaited<ReturnType<typeof readEntered>>;

/** What a network server of LoRaWAN speaks for, as `hub address`. */
async function readLongRange(db: Kysely<Tables>, municipalityId: string) {
  const longRange = await db
    .selectFrom('found')
    .select(['hub_id', 'address'])
    .where('municipality_id', '=', municipalityId)
    .where('dialect', 'in', ['chirpstack', 'tts'])
    .execute();
  return new Set(longRange.map(({ hub_id, address }) => `${hub_id} ${address}`));
}

export interface FleetSources {
  /** Another one whenever what people have entered may have changed. */
  stamp: () => number;
  statuses: (municipalityId: string) => ReadonlyMap<string, DeviceStatus>;
}

/**
 * The tables that a fleet is made of, each read by itself: ten thousand rows of a join of all cost thrice as much. What
 * people have entered is kept until `stamp` is another.
 */
export function createFleetRows(db: Kysely<Tables>, { stamp, statuses }: FleetSources) {
  const kept = new Map<string, { stamp: number; entered: Entered }>();

  async function enteredOf(municipalityId: string): Promise<Entered> {
    const now = stamp();
    const known = kept.get(municipalityId);
    if (known?.stamp === now) return known.entered;
    const entered = await readEntered(db, municipalityId);
    kept.delete(municipalityId);
    const [oldest] = kept.keys();
    if (kept.size >= entriesKept && oldest !== undefined) kept.delete(oldest);
    kept.set(municipalityId, { stamp: now, entered });
    return entered;
  }

  return async ({ municipalityId, units }: Scope) => {
    const { homes, ...entered } = await enteredOf(municipalityId);
    const isInSight = (unitId: string) => units === 'all' || units.includes(unitId);
    return {
      ...entered,
      statuses: statuses(municipalityId),
      longRange: await readLongRange(db, municipalityId),
      /** Those in sight. */
      homes: new Map([...homes].filter(([, { unit_id: unitId }]) => isInSight(unitId))),
    };
  };
}

function by<Row>(rows: readonly Row[], idOf: (row: Row) => string): Map<string, Row> {
  const found = new Map<string, Row>();
  for (const row of rows) found.set(idOf(row), row);
  return found;
}

export type FleetRows = Awaited<ReturnType<ReturnType<typeof createFleetRows>>>;
export type DeviceRow = FleetRows['devices'] extends Map<string, infer Row> ? Row : never;
