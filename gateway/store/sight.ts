import { type Kysely, sql } from 'kysely';

import type { Sight } from '../domain/watch/sight.ts';
import { profiles, silentAfterMs } from '../protocol/profile.ts';
import type { Tables } from './tables.ts';

/** Those that say that they live stay connected; others come and go, and their absence says nothing. */
const steady = Object.keys(profiles).filter((profile) => silentAfterMs(profile) !== null);

/** What watchdogs ask the database, a few times a minute. */
export function createSight(db: Kysely<Tables>): Sight {
  return {
    homes: async () => {
      const rows = await db
        .selectFrom('home')
        .select(['id', 'municipality_id', 'unit_id', 'label', 'time_zone'])
        .select((eb) =>
          eb
            .exists(
              eb
                .selectFrom('binding')
                .innerJoin('device_status', 'device_status.device_id', 'binding.device_id')
                .innerJoin('device', 'device.id', 'binding.device_id')
                .select('binding.device_id')
                .whereRef('binding.home_id', '=', 'home.id')
                .where('binding.until_at', 'is', null)
                .where('device_status.connected', '=', 1)
                .where('device.profile', 'in', steady)
                .where('device.is_steady', '=', 1),
            )
            .as('is_connected'),
        )
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        municipalityId: row.municipality_id,
        unitId: row.unit_id,
        label: row.label,
        timeZone: row.time_zone,
        isConnected: Number(row.is_connected) === 1,
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
