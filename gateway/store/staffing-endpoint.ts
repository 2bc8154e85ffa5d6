import type { Kysely, Selectable } from 'kysely';

import type { Endpoint, Staffing, VapidKeys } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import type { Tables } from './tables.ts';

/** Where people and machines are reached. */
export function createEndpoints(
  { reader, writer }: { reader: Kysely<Tables>; writer: Kysely<Tables> },
  renamed: () => void,
): Pick<
  Staffing,
  | 'endpoints'
  | 'endpoint'
  | 'saveEndpoint'
  | 'disableEndpoint'
  | 'removeEndpoint'
  | 'saveSubscription'
  | 'endSubscription'
  | 'subscriptions'
  | 'vapidKeys'
> {
  return {
    endpoints: async (municipalityId) => {
      const rows = await reader
        .selectFrom('endpoint')
        .selectAll()
        .where('municipality_id', '=', municipalityId)
        .orderBy('name')
        .orderBy('id')
        .execute();
      return rows.map(endpointOf);
    },
    endpoint: async (id) => {
      const row = await reader
        .selectFrom('endpoint')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : endpointOf(row);
    },
    saveEndpoint: async (endpoint, at) => {
      await saveEndpoint(writer, endpoint, at);
      renamed();
    },
    disableEndpoint: async (id, at, why) => {
      await writer
        .updateTable('endpoint')
        .set({ disabled_at: at, disabled_why: why })
        .where('id', '=', id)
        .where('disabled_at', 'is', null)
        .execute();
    },
    removeEndpoint: async (id) => {
      await removeEndpoint(writer, id);
      renamed();
    },
    saveSubscription: async ({ endpoint, keys, municipalityId, personId, at }) => {
      const row = {
        municipality_id: municipalityId,
        person_id: personId,
        p256dh: keys.p256dh,
        auth: keys.auth,
        created_at: at,
      };
      await writer
        .insertInto('push_subscription')
        .values({ endpoint, ...row })
        .onConflict((conflict) => conflict.column('endpoint').doUpdateSet(row))
        .execute();
    },
    endSubscription: async (endpoint) => {
      await writer.deleteFrom('push_subscription').where('endpoint', '=', endpoint).execute();
    },
    subscriptions: async (personId) => {
      const rows = await reader
        .selectFrom('push_subscription')
        .selectAll()
        .where('person_id', '=', personId)
        .orderBy('created_at')
        .orderBy('endpoint')
        .execute();
      return rows.map((row) => ({
        endpoint: row.endpoint,
        keys: { p256dh: row.p256dh, auth: row.auth },
        municipalityId: row.municipality_id,
        personId: row.person_id,
        at: row.created_at,
      }));
    },
    vapidKeys: (fresh) => keepVapidKeys(reader, writer, fresh),
  };
}

function endpointOf(row: Selectable<Tables['endpoint']>): Endpoint {
  return {
    id: row.id,
    municipalityId: row.municipality_id,
    name: row.name,
    url: row.url,
    secret: row.secret,
    disabledAt: row.disabled_at,
    disabledWhy: row.disabled_why,
  };
}

async function saveEndpoint(writer: Kysely<Tables>, endpoint: Endpoint, at: number): Promise<void> {
  const { id, municipalityId, name, url, secret, disabledAt, disabledWhy } = endpoint;
  const row = { name, url, secret, disabled_at: disabledAt, disabled_why: disabledWhy };
  const { numInsertedOrUpdatedRows } = await writer
    .insertInto('endpoint')
    .values({ id, municipality_id: municipalityId, created_at: at, ...row })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(row).where('endpoint.municipality_id', '=', municipalityId),
    )
    .executeTakeFirstOrThrow();
  if (numInsertedOrUpdatedRows === 0n) {
    throw new AppError('conflict', `There is an endpoint "${id}" already: choose another id.`);
  }
}

export async function removeEndpoint(db: Kysely<Tables>, id: string): Promise<void> {
  const { numDeletedRows } = await db
    .deleteFrom('endpoint')
    .where('id', '=', id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('unit').select('unit.id').whereRef('unit.endpoint_id', '=', 'endpoint.id'),
        ),
      ),
    )
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) return;
  const kept = await db.selectFrom('endpoint').select('id').where('id', '=', id).executeTakeFirst();
  if (kept === undefined) return;
  throw new AppError('conflict', 'A unit is reached there: change the unit first.');
}

async function keepVapidKeys(
  reader: Kysely<Tables>,
  writer: Kysely<Tables>,
  fresh: () => VapidKeys,
): Promise<VapidKeys> {
  const kept = await readVapidKeys(reader);
  if (kept !== null) return kept;
  const { publicKey, privateKey } = fresh();
  await writer
    .insertInto('vapid_key')
    .values({ id: 1, public_key: publicKey, private_key: privateKey })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const first = await readVapidKeys(reader);
  if (first === null) throw new Error('Keys that were kept are gone.');
  return first;
}

async function readVapidKeys(reader: Kysely<Tables>): Promise<VapidKeys | null> {
  const row = await reader.selectFrom('vapid_key').selectAll().executeTakeFirst();
  return row === undefined ? null : { publicKey: row.public_key, privateKey: row.private_key };
}
