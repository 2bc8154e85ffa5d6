import type { Kysely } from 'kysely';

import type { Duty, Hold } from '../domain/duty/arrangement.ts';
import type { Staffing } from '../domain/duty/staffing.ts';
import type { Tables } from './tables.ts';

/** Who is at work, and what is held back: each until it ends by itself, or is ended. */
export function createHolds(
  writer: Kysely<Tables>,
): Pick<Staffing, 'addDuty' | 'endDuty' | 'addHold' | 'endHold'> {
  return {
    addDuty: (duty) => writer.transaction().execute((trx) => addDuty(trx, duty)),
    endDuty: (id, at) => endDuty(writer, id, at),
    addHold: (hold) => writer.transaction().execute((trx) => addHold(trx, hold)),
    endHold: (id, at, byId) => endHold(writer, id, at, byId),
  };
}

export async function addDuty(trx: Kysely<Tables>, duty: Duty): Promise<void> {
  await trx
    .updateTable('duty')
    .set({ ended_at: duty.from })
    .where('person_id', '=', duty.personId)
    .where('unit_id', 'is', duty.unitId)
    .where('ended_at', 'is', null)
    .where('until_at', '>', duty.from)
    .execute();
  await trx
    .insertInto('duty')
    .values({
      id: duty.id,
      municipality_id: duty.municipalityId,
      person_id: duty.personId,
      unit_id: duty.unitId,
      from_at: duty.from,
      until_at: duty.until,
      by_id: duty.byId,
      ended_at: null,
    })
    .execute();
}

export async function endDuty(db: Kysely<Tables>, id: string, at: number): Promise<void> {
  await db
    .updateTable('duty')
    .set({ ended_at: at })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('until_at', '>', at)
    .execute();
}

export async function addHold(trx: Kysely<Tables>, hold: Hold): Promise<void> {
  const matchers = hold.matchers === null ? null : JSON.stringify(hold.matchers);
  // Devices on trial and the whole home under test do not end one another.
  if (hold.kind !== 'silence') {
    await trx
      .updateTable('hold')
      .set({ ended_at: hold.from, ended_by: hold.byId })
      .where('home_id', '=', hold.homeId)
      .where('kind', '=', hold.kind)
      .where('matchers', 'is', matchers)
      .where('ended_at', 'is', null)
      .where('until_at', '>', hold.from)
      .execute();
  }
  await trx
    .insertInto('hold')
    .values({
      id: hold.id,
      municipality_id: hold.municipalityId,
      kind: hold.kind,
      home_id: hold.homeId,
      matchers,
      from_at: hold.from,
      until_at: hold.until,
      reason: hold.reason,
      by_id: hold.byId,
      ended_at: null,
      ended_by: null,
    })
    .execute();
}

export async function endHold(
  db: Kysely<Tables>,
  id: string,
  at: number,
  byId: string | null,
): Promise<void> {
  await db
    .updateTable('hold')
    .set({ ended_at: at, ended_by: byId })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('until_at', '>', at)
    .execute();
}
