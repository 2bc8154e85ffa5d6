import { type Kysely, type Selectable, sql } from 'kysely';

import { AppError } from '../domain/errors.ts';
import {
  type Installation,
  InstallationBody,
  type Installations,
} from '../domain/installation/installation.ts';
import type { Tables } from './tables.ts';

const shown = 200;

/** Installations, as this connection sees and writes them. */
export function createInstallations(db: Kysely<Tables>): Installations {
  return {
    installations: async (municipalityId, { id, homeId, deviceId, state }) => {
      let rows = db
        .selectFrom('installation')
        .selectAll()
        .where('municipality_id', '=', municipalityId);
      if (id !== undefined) rows = rows.where('id', '=', id);
      if (homeId !== undefined) rows = rows.where('home_id', '=', homeId);
      if (deviceId !== undefined) rows = rows.where('device_id', '=', deviceId);
      if (state !== undefined) rows = rows.where('state', '=', state);
      const found = await rows
        .orderBy(sql`state = 'open'`, 'desc')
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(shown)
        .execute();
      return found.map(present);
    },
    addInstallation: async (installation) => {
      await refuseOtherOf(db, installation);
      await db.insertInto('installation').values(rowOf(installation)).execute();
    },
    saveInstallation: async (installation, changedAt) => {
      await refuseOtherOf(db, installation);
      const { id, ...changes } = rowOf(installation);
      const { numUpdatedRows } = await db
        .updateTable('installation')
        .set(changes)
        .where('id', '=', id)
        .where('changed_at', '=', changedAt)
        .where('state', '=', 'open')
        .executeTakeFirst();
      if (numUpdatedRows === 1n) return;
      throw new AppError('conflict', 'Somebody has changed the installation: look at it again.');
    },
  };
}

/** One installation at a time is open of a device. */
async function refuseOtherOf(
  db: Kysely<Tables>,
  { id, deviceId, state }: Installation,
): Promise<void> {
  if (deviceId === null || state !== 'open') return;
  const other = await db
    .selectFrom('installation')
    .leftJoin('person', 'person.id', 'installation.by_id')
    .leftJoin('home', 'home.id', 'installation.home_id')
    .select(['person.name', 'home.label'])
    .where('device_id', '=', deviceId)
    .where('state', '=', 'open')
    .where('installation.id', '<>', id)
    .executeTakeFirst();
  if (other === undefined) return;
  const who = other.name ?? 'Somebody';
  throw new AppError(
    'conflict',
    `${who} is installing this device at ${other.label ?? 'another home'}: finish or abandon that first.`,
  );
}

function rowOf(installation: Installation): Tables['installation'] {
  return {
    id: installation.id,
    municipality_id: installation.municipalityId,
    home_id: installation.homeId,
    device_id: installation.deviceId,
    by_id: installation.byId,
    state: installation.state,
    body: JSON.stringify(installation.body),
    started_at: installation.startedAt,
    changed_at: installation.changedAt,
  };
}

function present(row: Selectable<Tables['installation']>): Installation {
  return {
    id: row.id,
    municipalityId: row.municipality_id,
    homeId: row.home_id,
    deviceId: row.device_id,
    byId: row.by_id,
    state: row.state,
    startedAt: row.started_at,
    changedAt: row.changed_at,
    body: InstallationBody.parse(JSON.parse(row.body)),
  };
}
