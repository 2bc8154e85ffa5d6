import { type Kysely, sql } from 'kysely';

import type { Sight } from '../domain/watch/sight.ts';
import type { Tables } from './tables.ts';

/** What watchdogs ask the database, a few times a minute. */
export function createSight(db: Kysely<Tables>): Sight {
  return {
    homes: async () => {
      const rows = await db
        .selectFrom('home')
        .leftJoin('binding', (join) =>
          join.onRef('binding.home_id', '=', 'home.id').on('binding.until_at', 'is', null),
        )
        .leftJoin('device_status', 'device_status.device_id', 'binding.device_id')
        .select(['home.id', 'home.municipality_id', 'home.unit_id', 'home.label', 'home.time_zone'])
        .select(({ fn }) => fn.max('device_status.connected').as('connected'))
        .groupBy('home.id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        municipalityId: row.municipality_id,
        unitId: row.unit_id,
        label: row.label,
        timeZone: row.time_zone,
        isConnected: row.connected === 1,
      }));
    },
    unheard: async () => {
      const rows = await db
        .selectFrom('home_state')
        .select(['home_id', 'municipality_id'])
        .select(sql<number>`state ->> '$.aways[#-1].from'`.as('from_at'))
        .where(
          sql<boolean>`json_array_length(state, '$.aways') > 0 and state ->> '$.aways[#-1].to' is null`,
        )
        .execute();
      return rows.map((row) => ({
        id: row.home_id,
        municipalityId: row.municipality_id,
        from: row.from_at,
      }));
    },
    raised: async (since) => {
      const rows = await db
        .selectFrom('alert')
        .select(['unit_id', ({ fn }) => fn.countAll<number>().as('count')])
        .where('municipality_id', 'in', (eb) => eb.selectFrom('municipality').select('id'))
        .where('raised_at', '>', since)
        .where('queue', '=', 'care')
        .where('unit_id', 'is not', null)
        .groupBy('unit_id')
        .execute();
      return rows.map(({ unit_id, count }) => ({ unitId: unit_id ?? '', count }));
    },
  };
}
