import type { Kysely } from 'kysely';

import type { Samples } from '../domain/series/samples.ts';
import type { Tables } from './tables.ts';

const keptMs = 31 * 24 * 3_600_000;

export function createSamples(reader: Kysely<Tables>, writer: Kysely<Tables>): Samples {
  return {
    add: async (at, values) => {
      await writer.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('system_sample')
          .where('at', '<', at - keptMs)
          .execute();
        await trx
          .insertInto('system_sample')
          .values({ at, vals: JSON.stringify(values) })
          .execute();
      });
    },
    liveAlerts: async () => {
      const row = await reader
        .selectFrom('alert')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('state', '<>', 'resolved')
        .executeTakeFirst();
      return row?.count ?? 0;
    },
  };
}
