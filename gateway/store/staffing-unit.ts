import type { Kysely } from 'kysely';

import type { UnitFile } from '../domain/duty/arrangement.ts';
import type { Staffing } from '../domain/duty/staffing.ts';
import { AppError } from '../domain/errors.ts';
import type { Tables } from './tables.ts';

export function createUnits(
  writer: Kysely<Tables>,
  renamed: () => void,
): Pick<Staffing, 'addUnit' | 'changeUnit'> {
  return {
    addUnit: async (unit, at) => {
      await writer.transaction().execute((trx) => addUnit(trx, unit, at));
      renamed();
    },
    changeUnit: async (unit) => {
      await writer.transaction().execute((trx) => changeUnit(trx, unit));
      renamed();
    },
  };
}

export async function addUnit(trx: Kysely<Tables>, unit: UnitFile, at: number): Promise<void> {
  const { id, municipalityId } = unit;
  const known = await trx.selectFrom('unit').select('id').where('id', '=', id).executeTakeFirst();
  if (known !== undefined) throw new AppError('conflict', `There is a unit "${id}" already.`);
  await requireReferences(trx, unit);
  await trx
    .insertInto('unit')
    .values({ ...rowOf(unit), id, municipality_id: municipalityId, created_at: at })
    .execute();
  await keepServices(trx, unit);
}

export async function changeUnit(trx: Kysely<Tables>, unit: UnitFile): Promise<void> {
  await requireUnit(trx, unit.id, unit.municipalityId);
  await requireReferences(trx, unit);
  await trx.updateTable('unit').set(rowOf(unit)).where('id', '=', unit.id).execute();
  await trx.deleteFrom('unit_service').where('unit_id', '=', unit.id).execute();
  await keepServices(trx, unit);
}

export async function requireUnit(
  trx: Kysely<Tables>,
  unitId: string,
  municipalityId: string,
): Promise<void> {
  const unit = await trx
    .selectFrom('unit')
    .select('id')
    .where('id', '=', unitId)
    .where('municipality_id', '=', municipalityId)
    .executeTakeFirst();
  if (unit === undefined) throw new AppError('not-found', 'There is no such unit.');
}

function rowOf({ name, kind, duty, endpointId }: UnitFile) {
  return { name, kind, duty, endpoint_id: endpointId };
}

async function requireReferences(trx: Kysely<Tables>, unit: UnitFile): Promise<void> {
  if (unit.endpointId !== null) {
    const endpoint = await trx
      .selectFrom('endpoint')
      .select('id')
      .where('id', '=', unit.endpointId)
      .where('municipality_id', '=', unit.municipalityId)
      .executeTakeFirst();
    if (endpoint === undefined) throw new AppError('not-found', 'There is no such endpoint.');
  }
  const wanted = new Set([unit.municipalityId, ...unit.serves]);
  const found = await trx
    .selectFrom('municipality')
    .select('id')
    .where('id', 'in', [...wanted])
    .execute();
  if (found.length < wanted.size) {
    throw new AppError('not-found', 'There is no such municipality.');
  }
}

async function keepServices(trx: Kysely<Tables>, { id, serves }: UnitFile): Promise<void> {
  for (const municipality_id of new Set(serves)) {
    await trx.insertInto('unit_service').values({ unit_id: id, municipality_id }).execute();
  }
}
