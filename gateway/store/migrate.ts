import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

import * as foundation from './migration/0001-foundation.ts';
import * as rules from './migration/0002-rules.ts';
import * as duty from './migration/0003-duty.ts';
import * as devices from './migration/0004-devices.ts';
import * as telemetry from './migration/0005-telemetry.ts';

const known: Readonly<Record<string, Migration>> = {
  '0001-foundation': foundation,
  '0002-rules': rules,
  '0003-duty': duty,
  '0004-devices': devices,
  '0005-telemetry': telemetry,
};

/**
 * Brings the tables up to date, forward only and in one transaction: whoever comes second waits and finds them made,
 * and a process killed halfway leaves none.
 */
export async function migrate<Database>(db: Kysely<Database>, migrations = known): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...migrations }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw new Error('The database could not be brought up to date.', { cause: error });
}
