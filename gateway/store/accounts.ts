import type { Kysely } from 'kysely';

import type { Account, Accounts } from '../domain/account.ts';
import type { Tables } from './tables.ts';

export function createAccounts(reader: Kysely<Tables>, writer: Kysely<Tables>): Accounts {
  const account = (userId: string) => readAccount(reader, userId);

  async function municipalityOf(userId: string): Promise<string> {
    const { municipality_id } = await writer
      .selectFrom('person')
      .select('municipality_id')
      .where('id', '=', userId)
      .executeTakeFirstOrThrow();
    return municipality_id;
  }

  return {
    passwordOf: async (email) => {
      const row = await reader
        .selectFrom('person')
        .select(['id', 'password_hash'])
        .where('email', '=', email)
        .executeTakeFirst();
      return row === undefined ? null : { userId: row.id, passwordHash: row.password_hash };
    },
    account,
    useLink: async (tokenHash, at) => {
      const used = await writer
        .updateTable('sign_in_link')
        .set({ used_at: at })
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', at)
        .returning('person_id')
        .executeTakeFirst();
      return used?.person_id ?? null;
    },
    addLink: async ({ tokenHash, userId, at, expiresAt }) => {
      await writer
        .insertInto('sign_in_link')
        .values({
          token_hash: tokenHash,
          municipality_id: await municipalityOf(userId),
          person_id: userId,
          created_at: at,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute();
    },
    addSession: async ({ tokenHash, userId, at, expiresAt }) => {
      await writer
        .insertInto('session')
        .values({
          token_hash: tokenHash,
          municipality_id: await municipalityOf(userId),
          person_id: userId,
          created_at: at,
          expires_at: expiresAt,
        })
        .execute();
    },
    session: async (tokenHash, at) => {
      const row = await reader
        .selectFrom('session')
        .select('person_id')
        .where('token_hash', '=', tokenHash)
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return row === undefined ? null : account(row.person_id);
    },
    endSession: async (tokenHash) => {
      await writer.deleteFrom('session').where('token_hash', '=', tokenHash).execute();
    },
  };
}

async function readAccount(db: Kysely<Tables>, userId: string): Promise<Account | null> {
  const person = await db
    .selectFrom('person')
    .innerJoin('municipality', 'municipality.id', 'person.municipality_id')
    .select(['person.id', 'person.name', 'role', 'all_units', 'municipality_id', 'time_zone'])
    .select('municipality.name as municipality_name')
    .where('person.id', '=', userId)
    .executeTakeFirst();
  if (person === undefined) return null;
  const units = await db
    .selectFrom('unit')
    .select(['id', 'name'])
    .where('municipality_id', '=', person.municipality_id)
    .orderBy('name')
    .execute();
  const own = await db
    .selectFrom('person_unit')
    .select('unit_id')
    .where('person_id', '=', userId)
    .execute();
  const ownIds = own.map(({ unit_id }) => unit_id);
  const isCarer = person.role === 'carer';
  const worksIn = units.filter(
    ({ id }) => !isCarer || person.all_units === 1 || ownIds.includes(id),
  );
  return {
    scope: {
      userId,
      municipalityId: person.municipality_id,
      role: person.role,
      units: isCarer ? worksIn.map(({ id }) => id) : 'all',
    },
    me: {
      id: person.id,
      name: person.name,
      role: person.role,
      municipality: {
        id: person.municipality_id,
        name: person.municipality_name,
        timeZone: person.time_zone,
      },
      units: worksIn,
    },
  };
}
