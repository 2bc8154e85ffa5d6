import type { Kysely } from 'kysely';

import type { ConsentChange, HomeAgreement } from '../domain/registry.ts';
import type { Tables } from './tables.ts';
import { wakeHome } from './wake-home.ts';

/** Who lives in a home and what they have agreed to, in order of time; null for a home that is not there. */
export async function readAgreement(
  db: Kysely<Tables>,
  homeId: string,
): Promise<HomeAgreement | null> {
  const home = await db
    .selectFrom('home')
    .select('municipality_id')
    .where('id', '=', homeId)
    .executeTakeFirst();
  if (home === undefined) return null;
  const residents = await db
    .selectFrom('resident')
    .select(['id', 'name', 'cohabitant'])
    .where('home_id', '=', homeId)
    .orderBy('cohabitant')
    .orderBy('id')
    .execute();
  const consents = await db
    .selectFrom('consent')
    .innerJoin('resident', 'resident.id', 'consent.resident_id')
    .select(['resident_id', 'purpose', 'from_at', 'until_at'])
    .where('home_id', '=', homeId)
    .orderBy('from_at')
    .execute();
  return {
    municipalityId: home.municipality_id,
    residents: residents.map((row) => ({ ...row, cohabitant: row.cohabitant === 1 })),
    consents: consents.map((row) => ({
      purpose: row.purpose,
      residentId: row.resident_id,
      from: row.from_at,
      until: row.until_at,
    })),
  };
}

/** A consent that stands already is left as it is, or begins earlier. */
export async function giveConsent(trx: Kysely<Tables>, change: ConsentChange): Promise<void> {
  for (const residentId of change.residentIds) {
    for (const purpose of change.purposes) {
      const standing = await trx
        .selectFrom('consent')
        .select('from_at')
        .where('resident_id', '=', residentId)
        .where('purpose', '=', purpose)
        .where('until_at', 'is', null)
        .orderBy('from_at')
        .executeTakeFirst();
      if (standing === undefined) {
        await trx
          .insertInto('consent')
          .values({
            municipality_id: change.municipalityId,
            resident_id: residentId,
            purpose,
            from_at: change.at,
            until_at: null,
          })
          .execute();
      } else if (standing.from_at > change.at) {
        await trx
          .updateTable('consent')
          .set({ from_at: change.at })
          .where('resident_id', '=', residentId)
          .where('purpose', '=', purpose)
          .where('until_at', 'is', null)
          .execute();
      }
    }
  }
  await wakeHome(trx, change, change.now);
}

/** What does not stand is left as it was. */
export async function withdrawConsent(trx: Kysely<Tables>, change: ConsentChange): Promise<void> {
  await trx
    .updateTable('consent')
    .set({ until_at: change.at })
    .where('resident_id', 'in', change.residentIds)
    .where('purpose', 'in', change.purposes)
    .where('until_at', 'is', null)
    .execute();
  await wakeHome(trx, change, change.now);
}
