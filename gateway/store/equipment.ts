import { Kysely } from 'kysely';

import type { EquipmentLedger, Equipped, NewEquipment } from '../domain/equipment.ts';
import { AppError } from '../domain/errors.ts';
import { silentAfterMs } from '../protocol/profile.ts';
import { createEquipmentRegister } from './equipment-search.ts';
import { createInstallations } from './installations.ts';
import { type SqliteConnection, sqliteDialect } from './sqlite-connection.ts';
import type { Tables } from './tables.ts';
import { wakeHome } from './wake-home.ts';

/** Equipment, written within the transaction that is open on the connection. */
export interface EquipmentAtHand {
  equipment: EquipmentLedger;
  /** To be called after the commit: what others remember of devices and homes may be other now. */
  committed: () => void;
}

export function equipmentLedger(
  connection: SqliteConnection,
  changed: () => void,
): EquipmentAtHand {
  // The turn is the transaction's already.
  const within = { ...connection, acquire: async () => () => {} };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(within) });
  let isChanged = false;
  const writing = <T extends unknown[]>(work: (db: Kysely<Tables>, ...given: T) => Promise<void>) =>
    async function write(...given: T): Promise<void> {
      isChanged = true;
      await work(db, ...given);
    };

  return {
    equipment: {
      ...createEquipmentRegister(db),
      ...createInstallations(db),
      add: writing(add),
      place: writing(place),
      unplace: writing(unplace),
      arm: writing((trx, id: string, at: number | null) => update(trx, id, { armed_at: at })),
      replace: writing(replace),
      decommission: writing(decommission),
    },
    committed: () => {
      if (isChanged) changed();
      isChanged = false;
    },
  };
}

async function add(db: Kysely<Tables>, device: NewEquipment): Promise<void> {
  const { id, municipalityId: municipality_id, profile, modelId, model, behind } = device;
  const { search } = createEquipmentRegister(db);
  const known = await search(municipality_id, {
    ids: [id],
    serials: device.serial === null ? [] : [device.serial],
    addresses: behind === null ? [] : [behind.address],
  });
  if (known.some((one) => isSame(one, device))) {
    throw new AppError('conflict', `There is a device "${device.name}" in use already.`);
  }
  await db
    .insertInto('device')
    .values({
      id,
      municipality_id,
      name: device.name,
      profile,
      blocked_at: null,
      created_at: device.at,
      hub_id: behind?.hubId ?? null,
      address: behind?.address ?? null,
      serial: device.serial,
      model_id: modelId,
      model: model === null ? null : JSON.stringify(model),
      is_steady: Number(silentAfterMs(profile, model) !== null),
    })
    .execute();
  if (device.secretHash === null) return;
  await db
    .insertInto('credential')
    .values({
      id: `first-${id}`,
      municipality_id,
      device_id: id,
      kind: 'secret',
      hash: device.secretHash,
      created_at: device.at,
    })
    .execute();
}

function isSame(known: Equipped, { id, serial, behind }: NewEquipment): boolean {
  if (known.id === id || (serial !== null && known.serial === serial)) return true;
  return behind !== null && known.behind?.hubId === behind.hubId;
}

async function place(
  db: Kysely<Tables>,
  { deviceId, homeId, placement, name }: Parameters<EquipmentLedger['place']>[0],
  at: number,
): Promise<void> {
  const { municipalityId: municipality_id, decommissionedAt } = await deviceOf(db, deviceId);
  if (decommissionedAt !== null) {
    throw new AppError('conflict', 'The device is out of use: enter it anew as another device.');
  }
  const home = await db
    .selectFrom('home')
    .select('id')
    .where('id', '=', homeId)
    .where('municipality_id', '=', municipality_id)
    .executeTakeFirst();
  if (home === undefined) throw new AppError('not-found', 'There is no such home.');
  await unplace(db, deviceId, at);
  await db
    .insertInto('binding')
    .values({
      municipality_id,
      device_id: deviceId,
      home_id: homeId,
      placement,
      from_at: at,
      until_at: null,
    })
    .execute();
  await update(db, deviceId, { name });
  await wakeHome(db, { homeId, municipalityId: municipality_id }, at);
}

async function unplace(db: Kysely<Tables>, deviceId: string, at: number): Promise<void> {
  const { municipalityId, place: left } = await deviceOf(db, deviceId);
  if (left === null) return;
  await db
    .updateTable('binding')
    .set({ until_at: at })
    .where('device_id', '=', deviceId)
    .where('until_at', 'is', null)
    .execute();
  await wakeHome(db, { homeId: left.homeId, municipalityId }, at);
}

async function replace(db: Kysely<Tables>, deviceId: string, oldId: string): Promise<void> {
  const { behind } = createEquipmentRegister(db);
  const taken = new Set((await behind(deviceId)).map((one) => one.behind?.address));
  const moved = (await behind(oldId)).filter((one) => !taken.has(one.behind?.address));
  for (const { id } of moved) await update(db, id, { hub_id: deviceId });
  await update(db, deviceId, { replaces_id: oldId });
}

async function decommission(
  db: Kysely<Tables>,
  deviceId: string,
  why: string,
  at: number,
): Promise<void> {
  const { decommissionedAt } = await deviceOf(db, deviceId);
  if (decommissionedAt !== null) return;
  const behind = await createEquipmentRegister(db).behind(deviceId);
  refuseWhileSpeaking(behind);
  for (const id of [...behind.map((one) => one.id), deviceId]) {
    await unplace(db, id, at);
    await update(db, id, { decommissioned_at: at, decommissioned_why: why, armed_at: null });
    await db
      .updateTable('credential')
      .set({ revoked_at: at, revoked_why: 'decommissioned' })
      .where('device_id', '=', id)
      .where('revoked_at', 'is', null)
      .execute();
  }
}

/** @throws AppError `conflict` */
function refuseWhileSpeaking(behind: readonly Equipped[]): void {
  const placed = behind.filter(({ place: where }) => where !== null);
  if (placed.length === 0) return;
  const names = placed.slice(0, 5).map(({ name }) => name);
  const rest = placed.length > 5 ? ` and ${placed.length - 5} more` : '';
  throw new AppError(
    'conflict',
    `It speaks for ${names.join(', ')}${rest}: move or decommission those first, or exchange the hub.`,
  );
}

async function deviceOf(db: Kysely<Tables>, id: string): Promise<Equipped> {
  const device = await createEquipmentRegister(db).device(id);
  if (device === null) throw new AppError('not-found', 'There is no such device.');
  return device;
}

type Changes = Partial<{
  name: string;
  hub_id: string;
  replaces_id: string;
  armed_at: number | null;
  decommissioned_at: number;
  decommissioned_why: string;
}>;

async function update(db: Kysely<Tables>, id: string, changes: Changes): Promise<void> {
  await db.updateTable('device').set(changes).where('id', '=', id).execute();
}
