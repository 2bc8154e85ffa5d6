import type { Kysely, Transaction } from 'kysely';

import { AppError } from '../domain/errors.ts';
import type { NewDevice, NewHome, NewUser, Registry } from '../domain/registry.ts';
import { giveConsent, readAgreement, withdrawConsent } from './consent.ts';
import { giveStandardRules, type ReadStandardRules } from './standard-rule.ts';
import type { Tables } from './tables.ts';
import { wakeHome } from './wake-home.ts';

type Named = 'municipality' | 'unit' | 'home' | 'resident' | 'device' | 'person';

/** `changed` is called after each change, so that what was remembered is read again. */
export function createRegistry(
  db: Kysely<Tables>,
  { readStandardRules, changed }: { readStandardRules: ReadStandardRules; changed: () => void },
): Registry {
  async function write(work: (trx: Transaction<Tables>) => Promise<void>): Promise<void> {
    await db.transaction().execute(work);
    changed();
  }

  return {
    addMunicipality: async ({ id, name, timeZone, at }) => {
      const rules = await readStandardRules();
      await write(async (trx) => {
        await refuseExisting(trx, 'municipality', id);
        await trx
          .insertInto('municipality')
          .values({ id, name, time_zone: timeZone, created_at: at })
          .execute();
        await giveStandardRules(trx, { id, created_at: at }, rules);
      });
    },
    addUnit: ({ id, municipalityId, name, duty = 'always', at }) =>
      write(async (trx) => {
        await refuseExisting(trx, 'unit', id);
        await requireRow(trx, 'municipality', municipalityId);
        await trx
          .insertInto('unit')
          .values({ id, municipality_id: municipalityId, name, duty, created_at: at })
          .execute();
      }),
    addHome: (home) => write((trx) => addHome(trx, home)),
    addDevice: (device) => write((trx) => addDevice(trx, device)),
    addUser: (user) => write((trx) => addUser(trx, user)),
    agreement: (homeId) => readAgreement(db, homeId),
    giveConsent: (change) => write((trx) => giveConsent(trx, change)),
    withdrawConsent: (change) => write((trx) => withdrawConsent(trx, change)),
    someHomes: async (limit) => {
      const rows = await db.selectFrom('home').select('id').orderBy('id').limit(limit).execute();
      return rows.map(({ id }) => id);
    },
    municipality: async (id) => {
      const row = await db
        .selectFrom('municipality')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined ? null : { id: row.id, name: row.name, timeZone: row.time_zone };
    },
  };
}

async function find(trx: Kysely<Tables>, table: Named, id: string) {
  return trx.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
}

async function refuseExisting(trx: Kysely<Tables>, table: Named, id: string): Promise<void> {
  if ((await find(trx, table, id)) === undefined) return;
  throw new AppError('conflict', `There is a ${table} "${id}" already: choose another id.`);
}

async function requireRow(trx: Kysely<Tables>, table: Named, id: string): Promise<void> {
  if ((await find(trx, table, id)) !== undefined) return;
  throw new AppError('not-found', `There is no ${table} "${id}": add it first, or check the id.`);
}

async function requireUnit(trx: Kysely<Tables>, unitId: string, municipalityId: string) {
  const unit = await trx
    .selectFrom('unit')
    .select('id')
    .where('id', '=', unitId)
    .where('municipality_id', '=', municipalityId)
    .executeTakeFirst();
  if (unit !== undefined) return;
  throw new AppError('not-found', `There is no unit "${unitId}" in "${municipalityId}".`);
}

async function addHome(trx: Kysely<Tables>, home: NewHome): Promise<void> {
  const municipality_id = home.municipalityId;
  await refuseExisting(trx, 'home', home.id);
  await requireRow(trx, 'municipality', municipality_id);
  await requireUnit(trx, home.unitId, municipality_id);
  await trx
    .insertInto('home')
    .values({
      id: home.id,
      municipality_id,
      unit_id: home.unitId,
      label: home.label,
      time_zone: home.timeZone,
      created_at: home.at,
    })
    .execute();
  for (const resident of home.residents) {
    await refuseExisting(trx, 'resident', resident.id);
    await trx
      .insertInto('resident')
      .values({
        id: resident.id,
        municipality_id,
        home_id: home.id,
        name: resident.name,
        cohabitant: Number(resident.cohabitant),
        flags: JSON.stringify(resident.flags ?? []),
      })
      .execute();
    for (const purpose of home.consents) {
      await trx
        .insertInto('consent')
        .values({
          municipality_id,
          resident_id: resident.id,
          purpose,
          from_at: home.at,
          until_at: null,
        })
        .execute();
    }
  }
}

async function addDevice(trx: Kysely<Tables>, device: NewDevice): Promise<void> {
  await refuseExisting(trx, 'device', device.id);
  const home = await trx
    .selectFrom('home')
    .select('municipality_id')
    .where('id', '=', device.homeId)
    .executeTakeFirst();
  if (home === undefined) {
    throw new AppError('not-found', `There is no home "${device.homeId}": add it first.`);
  }
  const { municipality_id } = home;
  await trx
    .insertInto('device')
    .values({
      id: device.id,
      municipality_id,
      name: device.name,
      profile: device.profile,
      blocked_at: null,
      created_at: device.at,
    })
    .execute();
  await trx
    .insertInto('credential')
    .values({
      id: `first-${device.id}`,
      municipality_id,
      device_id: device.id,
      kind: 'secret',
      hash: device.secretHash,
      created_at: device.at,
    })
    .execute();
  await trx
    .insertInto('binding')
    .values({
      municipality_id,
      device_id: device.id,
      home_id: device.homeId,
      placement: device.placement,
      from_at: device.at,
      until_at: null,
    })
    .execute();
  await wakeHome(trx, { homeId: device.homeId, municipalityId: municipality_id }, device.at);
}

async function addUser(trx: Kysely<Tables>, user: NewUser & { at: number }): Promise<void> {
  await refuseExisting(trx, 'person', user.id);
  const email = user.email.toLowerCase();
  const taken = await trx
    .selectFrom('person')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirst();
  if (taken !== undefined) {
    throw new AppError('conflict', `Somebody signs in as "${user.email}" already.`);
  }
  await requireRow(trx, 'municipality', user.municipalityId);
  await trx
    .insertInto('person')
    .values({
      id: user.id,
      municipality_id: user.municipalityId,
      email,
      name: user.name,
      role: user.role,
      all_units: Number(user.units.length === 0),
      password_hash: user.passwordHash,
      created_at: user.at,
    })
    .execute();
  for (const unit of user.units) {
    await requireUnit(trx, unit, user.municipalityId);
    await trx
      .insertInto('person_unit')
      .values({ municipality_id: user.municipalityId, person_id: user.id, unit_id: unit })
      .execute();
  }
}
