import type { Kysely } from 'kysely';

import type { Tables } from './tables.ts';

/** Makes a home due, so that what is expected in it is judged anew; what falls due earlier wakes it as well. */
export async function wakeHome(
  db: Kysely<Tables>,
  { homeId, municipalityId }: { homeId: string; municipalityId: string },
  at: number,
): Promise<void> {
  await db
    .insertInto('home_state')
    .values({
      home_id: homeId,
      municipality_id: municipalityId,
      state: '{"waits":[],"silences":{},"traces":{}}',
      due_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .column('home_id')
        .doUpdateSet({ due_at: at })
        .where((eb) =>
          eb.or([eb('home_state.due_at', 'is', null), eb('home_state.due_at', '>', at)]),
        ),
    )
    .execute();
}
