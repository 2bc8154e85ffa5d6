import type { Kysely, Selectable } from 'kysely';

import type { Authority, Credentials } from '../domain/credentials.ts';
import type { CredentialView } from '../protocol/device/identity.ts';
import type { Tables } from './tables.ts';

const hourMs = 3_600_000;
/** SQLite takes a limited number of values in one statement. */
const idsAtOnce = 500;

/** `changed` is called after each change, so that what was remembered is read again. */
export function createCredentials(
  { reader, writer }: { reader: Kysely<Tables>; writer: Kysely<Tables> },
  changed: () => void,
): Credentials {
  return {
    device: (id) => readDevice(reader, id),
    list: async (deviceId) => {
      const rows = await reader
        .selectFrom('credential')
        .selectAll()
        .where('device_id', '=', deviceId)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute();
      return rows.map(present);
    },
    addSecret: async (secret, othersUntil) => {
      const until = await writer.transaction().execute(async (trx) => {
        const secrets = await trx
          .selectFrom('credential')
          .select(['id', 'created_at', 'expires_at', 'revoked_at', 'last_used_at'])
          .where('device_id', '=', secret.deviceId)
          .where('kind', '=', 'secret')
          .execute();
        const inUse = inUseOf(secrets, secret.at);
        await trx
          .updateTable('credential')
          .set({ expires_at: othersUntil })
          .where('id', '<>', inUse)
          .where('device_id', '=', secret.deviceId)
          .where('kind', '=', 'secret')
          .where('revoked_at', 'is', null)
          .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', othersUntil)]))
          .execute();
        // Which secret is the newer one must be plain, also when two are made in the same millisecond.
        const at = Math.max(secret.at, ...secrets.map(({ created_at }) => created_at + 1));
        await addRow(trx, { ...secret, at }, 'secret');
        const ends = secrets
          .filter(({ id, revoked_at }) => revoked_at === null && id !== inUse)
          .map(({ expires_at }) => Math.min(expires_at ?? othersUntil, othersUntil))
          .filter((end) => end > secret.at);
        return ends.length === 0 ? null : Math.max(...ends);
      });
      changed();
      return until;
    },
    addCertificate: async ({ serial, expiresAt, ...certificate }) => {
      const more = { serial, expires_at: expiresAt };
      await addRow(writer, certificate, 'certificate', more);
      changed();
    },
    supersede: async (deviceId, credentialId, at) => {
      await writer
        .updateTable('credential')
        .set({ revoked_at: at, revoked_why: 'superseded' })
        .where('device_id', '=', deviceId)
        .where('kind', '=', 'secret')
        .where('revoked_at', 'is', null)
        .where('created_at', '<', (eb) =>
          eb
            .selectFrom('credential as newer')
            .select('newer.created_at')
            .where('newer.id', '=', credentialId),
        )
        .execute();
      changed();
    },
    used: async (credentialIds, at) => {
      await writer.transaction().execute(async (trx) => {
        for (let from = 0; from < credentialIds.length; from += idsAtOnce) {
          await trx
            .updateTable('credential')
            .set({ last_used_at: at })
            .where('id', 'in', credentialIds.slice(from, from + idsAtOnce))
            .where((eb) =>
              eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', at - hourMs)]),
            )
            .execute();
        }
      });
    },
    revoke: async (deviceId, credentialId, why, at) => {
      await writer
        .updateTable('credential')
        .set({ revoked_at: at, revoked_why: why })
        .where('id', '=', credentialId)
        .where('device_id', '=', deviceId)
        .where('revoked_at', 'is', null)
        .execute();
      changed();
      const row = await reader
        .selectFrom('credential')
        .selectAll()
        .where('id', '=', credentialId)
        .where('device_id', '=', deviceId)
        .executeTakeFirst();
      return row === undefined ? null : present(row);
    },
    lapsed: async (since, at) => {
      const rows = await reader
        .selectFrom('credential')
        .select('device_id')
        .distinct()
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', since)
        .where('expires_at', '<=', at)
        .execute();
      return rows.map(({ device_id }) => device_id);
    },
    certificate: async (serial) => {
      const row = await reader
        .selectFrom('credential')
        .innerJoin('device', 'device.id', 'credential.device_id')
        .select(['credential.id', 'device_id', 'hash', 'revoked_at'])
        .select(['blocked_at', 'decommissioned_at'])
        .where('credential.serial', '=', serial)
        .where('kind', '=', 'certificate')
        .executeTakeFirst();
      if (row === undefined) return null;
      const ends = [row.revoked_at, row.blocked_at, row.decommissioned_at];
      return {
        id: row.id,
        deviceId: row.device_id,
        hash: Buffer.from(row.hash),
        isRevoked: ends.some((end) => end !== null),
      };
    },
    ...createAuthorities(reader, writer),
  };
}

async function readDevice(db: Kysely<Tables>, id: string) {
  const row = await db
    .selectFrom('device')
    .select(['municipality_id', 'serial', 'hub_id', 'blocked_at', 'decommissioned_at'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    id,
    municipalityId: row.municipality_id,
    serial: row.serial,
    isBehindHub: row.hub_id !== null,
    blockedAt: row.blocked_at,
    decommissionedAt: row.decommissioned_at,
  };
}

/** A secret as a row; a device's secrets are told apart by when they were made. */
export async function addRow(
  db: Kysely<Tables>,
  credential: { id: string; deviceId: string; municipalityId: string; hash: Buffer; at: number },
  kind: 'secret' | 'certificate',
  more: { serial?: string; expires_at?: number } = {},
): Promise<void> {
  await db
    .insertInto('credential')
    .values({
      id: credential.id,
      municipality_id: credential.municipalityId,
      device_id: credential.deviceId,
      kind,
      hash: credential.hash,
      created_at: credential.at,
      ...more,
    })
    .execute();
}

function present(row: Selectable<Tables['credential']>): CredentialView {
  return {
    id: row.id,
    kind: row.kind,
    serial: row.serial,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
    revokedWhy: row.revoked_why,
  };
}

function createAuthorities(
  reader: Kysely<Tables>,
  writer: Kysely<Tables>,
): Pick<Credentials, 'authority' | 'authorityOf' | 'addAuthority' | 'revoked'> {
  return {
    authority: async (municipalityId) => {
      const row = await reader
        .selectFrom('authority')
        .selectAll()
        .where('municipality_id', '=', municipalityId)
        .executeTakeFirst();
      return row === undefined ? null : authorityOf(row);
    },
    authorityOf: async (deviceId) => {
      const row = await reader
        .selectFrom('authority')
        .innerJoin('device', 'device.municipality_id', 'authority.municipality_id')
        .selectAll('authority')
        .where('device.id', '=', deviceId)
        .executeTakeFirst();
      return row === undefined ? null : authorityOf(row);
    },
    addAuthority: async (municipalityId, authority) => {
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('authority')
        .values({
          municipality_id: municipalityId,
          certificate: authority.certificate,
          private_key: authority.privateKey,
          fingerprint: authority.fingerprint,
          created_at: authority.createdAt,
          expires_at: authority.expiresAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    revoked: async (municipalityId, at) => {
      const rows = await reader
        .selectFrom('credential')
        .select(['serial', 'revoked_at'])
        .where('municipality_id', '=', municipalityId)
        .where('kind', '=', 'certificate')
        .where('revoked_at', 'is not', null)
        .where('expires_at', '>', at)
        .orderBy('revoked_at')
        .execute();
      return rows.flatMap(({ serial, revoked_at }) =>
        serial === null || revoked_at === null ? [] : [{ serial, at: revoked_at }],
      );
    },
  };
}

function authorityOf(row: Selectable<Tables['authority']>): Authority {
  return {
    certificate: row.certificate,
    privateKey: row.private_key,
    fingerprint: row.fingerprint,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  };
}

/** The secret that the device has, as far as that is known: the one used last, or else the oldest; none is an empty text. */
function inUseOf(
  secrets: readonly Pick<
    Selectable<Tables['credential']>,
    'id' | 'created_at' | 'expires_at' | 'revoked_at' | 'last_used_at'
  >[],
  at: number,
): string {
  const [first] = secrets
    .filter(({ revoked_at, expires_at }) => revoked_at === null && (expires_at ?? Infinity) > at)
    .toSorted(
      (a, b) => (b.last_used_at ?? 0) - (a.last_used_at ?? 0) || a.created_at - b.created_at,
    );
  return first?.id ?? '';
}
