import type { Kysely, Transaction } from 'kysely';

import type {
  Provisioning,
  ProvisioningClaim,
  ProvisioningOutcome,
} from '../domain/provisioning.ts';
import { addRow } from './credentials.ts';
import type { Tables } from './tables.ts';

type Key = Pick<Tables['provisioning_key'], 'id' | 'municipality_id' | 'profile' | 'model_id'>;

/** `changed` is called after each change of a device, so that what was remembered is read again. */
export function createProvisioning(
  { reader, writer }: { reader: Kysely<Tables>; writer: Kysely<Tables> },
  changed: () => void,
): Provisioning {
  return {
    keys: (municipalityId) => readKeys(reader, municipalityId),
    addKey: async ({ municipalityId, byId, at, ...key }) => {
      await writer
        .insertInto('provisioning_key')
        .values({
          id: key.id,
          municipality_id: municipalityId,
          name: key.name,
          hash: key.hash,
          profile: key.profile,
          model_id: key.modelId,
          uses: key.uses,
          expires_at: key.expiresAt,
          created_at: at,
          by_id: byId,
        })
        .execute();
      const added = (await readKeys(reader, municipalityId)).find(({ id }) => id === key.id);
      if (added === undefined) throw new Error('A key that was kept is gone.');
      return added;
    },
    revokeKey: async (municipalityId, id, at) => {
      await writer
        .updateTable('provisioning_key')
        .set({ revoked_at: at })
        .where('id', '=', id)
        .where('municipality_id', '=', municipalityId)
        .where('revoked_at', 'is', null)
        .execute();
      return (await readKeys(reader, municipalityId)).some((key) => key.id === id);
    },
    provision: async (claim) => {
      const outcome = await writer.transaction().execute((trx) => provision(trx, claim));
      if (outcome.result === 'provisioned') changed();
      return outcome;
    },
    allowAgain: async (deviceId, until) => {
      await writer
        .updateTable('device')
        .set({ reprovision_until: until })
        .where('id', '=', deviceId)
        .where('decommissioned_at', 'is', null)
        .execute();
    },
  };
}

async function readKeys(db: Kysely<Tables>, municipalityId: string) {
  const rows = await db
    .selectFrom('provisioning_key')
    .leftJoin('person', 'person.id', 'provisioning_key.by_id')
    .select(['provisioning_key.id', 'provisioning_key.name', 'profile', 'model_id', 'uses', 'used'])
    .select(['expires_at', 'provisioning_key.created_at', 'revoked_at', 'by_id'])
    .select('person.name as by_name')
    .where('provisioning_key.municipality_id', '=', municipalityId)
    .orderBy('provisioning_key.created_at', 'desc')
    .orderBy('provisioning_key.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    profile: row.profile,
    modelId: row.model_id,
    uses: row.uses,
    used: row.used,
    expiresAt: row.expires_at,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    by: { id: row.by_id, name: row.by_name ?? '' },
  }));
}

async function provision(
  trx: Transaction<Tables>,
  claim: ProvisioningClaim,
): Promise<ProvisioningOutcome> {
  const key = await trx
    .selectFrom('provisioning_key')
    .selectAll()
    .where('hash', '=', claim.keyHash)
    .executeTakeFirst();
  if (key === undefined) return { result: 'refused', why: 'unknown', keyId: null };
  const refused = (why: 'revoked' | 'expired' | 'used-up'): ProvisioningOutcome => ({
    result: 'refused',
    why,
    keyId: key.id,
  });
  if (key.revoked_at !== null) return refused('revoked');
  const known = await trx
    .selectFrom('device')
    .select('id')
    .where('municipality_id', '=', key.municipality_id)
    .where('serial', '=', claim.serial)
    .where('decommissioned_at', 'is', null)
    .executeTakeFirst();
  // A technician has said that it may come again, so the key need not be good for a new device any more.
  if (known !== undefined && (await comeAgain(trx, known.id, claim))) {
    await giveSecret(trx, { id: known.id, municipalityId: key.municipality_id }, claim);
    return provisioned(known.id, key, true);
  }
  if (claim.at >= key.expires_at) return refused('expired');
  if (key.used >= key.uses) return refused('used-up');
  if (known !== undefined) return { result: 'conflict', deviceId: known.id, keyId: key.id };
  if (!(await takeUse(trx, key.id))) return refused('used-up');
  return provisioned(await addDevice(trx, key, claim), key, false);
}

function provisioned(
  deviceId: string,
  { municipality_id }: Key,
  isAgain: boolean,
): ProvisioningOutcome {
  return { result: 'provisioned', deviceId, municipalityId: municipality_id, isAgain };
}

/** Uses up the word of a technician, if there is one that still holds. */
async function comeAgain(
  trx: Transaction<Tables>,
  deviceId: string,
  { at }: ProvisioningClaim,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('device')
    .set({ reprovision_until: null })
    .where('id', '=', deviceId)
    .where('reprovision_until', '>', at)
    .where('blocked_at', 'is', null)
    .where('hub_id', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n) return false;
  await trx
    .updateTable('credential')
    .set({ revoked_at: at, revoked_why: 'reprovisioned' })
    .where('device_id', '=', deviceId)
    .where('revoked_at', 'is', null)
    .execute();
  return true;
}

async function takeUse(trx: Transaction<Tables>, keyId: string): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('provisioning_key')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('id', '=', keyId)
    .whereRef('used', '<', 'uses')
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

async function addDevice(
  trx: Transaction<Tables>,
  key: Key,
  claim: ProvisioningClaim,
): Promise<string> {
  const { id, name } = claim.newDevice(key);
  await trx
    .insertInto('device')
    .values({
      id,
      municipality_id: key.municipality_id,
      name,
      profile: key.profile,
      blocked_at: null,
      created_at: claim.at,
      serial: claim.serial,
      model_id: key.model_id,
      provisioned_by: key.id,
    })
    .execute();
  await giveSecret(trx, { id, municipalityId: key.municipality_id }, claim);
  return id;
}

async function giveSecret(
  trx: Transaction<Tables>,
  device: { id: string; municipalityId: string },
  { credentialId, secretHash, at }: ProvisioningClaim,
): Promise<void> {
  const { id: deviceId, municipalityId } = device;
  const secret = { id: credentialId, deviceId, municipalityId, hash: secretHash, at };
  await addRow(trx, secret, 'secret');
}
