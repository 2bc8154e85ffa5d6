import type { Kysely } from 'kysely';

import type { Pulse } from '../domain/pulse.ts';
import type { Tables } from './tables.ts';

export function createPulse(reader: Kysely<Tables>, writer: Kysely<Tables>): Pulse {
  return {
    last: async () => {
      const row = await reader.selectFrom('pulse').select('at').executeTakeFirst();
      return row?.at ?? null;
    },
    beat: async (at) => {
      await writer
        .insertInto('pulse')
        .values({ id: 1, at })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
        .execute();
    },
  };
}
