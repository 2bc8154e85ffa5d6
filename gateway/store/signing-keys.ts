import type { Kysely } from 'kysely';

import type { SigningKeys } from '../domain/signing-key.ts';
import type { Tables } from './tables.ts';

export function createSigningKeys(reader: Kysely<Tables>, writer: Kysely<Tables>): SigningKeys {
  const own: SigningKeys['own'] = async (municipalityId) => {
    const row = await reader
      .selectFrom('signing_key')
      .select(['public_key', 'private_key'])
      .where('municipality_id', '=', municipalityId)
      .executeTakeFirst();
    if (row === undefined) return null;
    return { publicKey: row.public_key, privateKey: Buffer.from(row.private_key) };
  };

  return {
    own,
    keepOwn: async (municipalityId, { publicKey, privateKey }, at) => {
      await writer
        .insertInto('signing_key')
        .values({
          municipality_id: municipalityId,
          public_key: publicKey,
          private_key: privateKey,
          created_at: at,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const kept = await own(municipalityId);
      if (kept === null) throw new Error('A key that was kept is gone.');
      return kept;
    },
    knows: async (municipalityId, { publicKey, name }) => {
      const row = await reader
        .selectFrom('known_key')
        .select('at')
        .where('municipality_id', '=', municipalityId)
        .where('public_key', '=', publicKey)
        .where('name', '=', name)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
