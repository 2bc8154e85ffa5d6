import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';

import * as foundation from './migration/0001-foundation.ts';

/** Brings the tables up to date, under a lock; forward only. */
export async function migrate<Database>(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ '0001-foundation': foundation }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('The database could not be brought up to date.', { cause: error });
}
