import type { Kysely } from 'kysely';

import type { Usage, UsageStore } from '../domain/report/usage.ts';
import type { Tables } from './tables.ts';

interface Sources {
  reader: Kysely<Tables>;
  writer: Kysely<Tables>;
}

interface Period {
  from: number;
  until: number;
}

/** What municipalities use, counted when it is asked for. */
export function createUsage({ reader, writer }: Sources): UsageStore {
  return {
    members: () =>
      reader
        .selectFrom('cost_agreement')
        .innerJoin('municipality', 'municipality.id', 'cost_agreement.municipality_id')
        .select(['municipality.id', 'name', 'time_zone as timeZone', 'joined_at as joinedAt'])
        .orderBy('name')
        .orderBy('municipality.id')
        .execute(),
    municipality: async (municipalityId) =>
      (await reader
        .selectFrom('municipality')
        .select(['id', 'name', 'time_zone as timeZone'])
        .where('id', '=', municipalityId)
        .executeTakeFirst()) ?? null,
    join: async (municipality_id, joined_at) => {
      const { numInsertedOrUpdatedRows } = await writer
        .insertInto('cost_agreement')
        .values({ municipality_id, joined_at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    leave: async (municipalityId) => {
      const { numDeletedRows } = await writer
        .deleteFrom('cost_agreement')
        .where('municipality_id', '=', municipalityId)
        .executeTakeFirstOrThrow();
      return numDeletedRows === 1n;
    },
    usage: async (seenBy, municipalityId, period) => {
      if (!(await mayKnow(reader, seenBy.municipalityId, municipalityId))) return null;
      const placed = await readPlaced(reader, municipalityId, period);
      const alerts = await readAlerts(reader, municipalityId, period);
      const residents = await readResidents(reader, municipalityId);
      return usageOf({ placed, alerts, residents }, period);
    },
  };
}

async function mayKnow(db: Kysely<Tables>, reader: string, about: string): Promise<boolean> {
  if (reader === about) return true;
  const rows = await db
    .selectFrom('cost_agreement')
    .select('municipality_id')
    .where('municipality_id', 'in', [reader, about])
    .execute();
  return rows.length === 2;
}

function readPlaced(db: Kysely<Tables>, municipalityId: string, { from, until }: Period) {
  return db
    .selectFrom('binding')
    .innerJoin('home', 'home.id', 'binding.home_id')
    .select(['home.id as homeId', 'from_at', 'until_at'])
    .where('home.municipality_id', '=', municipalityId)
    .where('from_at', '<', until)
    .where((eb) => eb.or([eb('until_at', 'is', null), eb('until_at', '>', from)]))
    .orderBy('home.id')
    .orderBy('from_at')
    .execute();
}

function readAlerts(db: Kysely<Tables>, municipalityId: string, { from, until }: Period) {
  return db
    .selectFrom('alert')
    .innerJoin('home', 'home.id', 'alert.home_id')
    .select(['home.id as homeId', ({ fn }) => fn.countAll<number>().as('count')])
    .where('home.municipality_id', '=', municipalityId)
    .where('raised_at', '>=', from)
    .where('raised_at', '<', until)
    .where('queue', '<>', 'test')
    .groupBy('home.id')
    .execute();
}

async function readResidents(
  db: Kysely<Tables>,
  municipalityId: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('resident')
    .innerJoin('home', 'home.id', 'resident.home_id')
    .select(['home.id as homeId', ({ fn }) => fn.countAll<number>().as('count')])
    .where('home.municipality_id', '=', municipalityId)
    .where('cohabitant', '=', 0)
    .groupBy('home.id')
    .execute();
  return new Map(rows.map(({ homeId, count }) => [homeId, count]));
}

interface Found {
  /** By home, and in it by when they began. */
  placed: Awaited<ReturnType<typeof readPlaced>>;
  alerts: Awaited<ReturnType<typeof readAlerts>>;
  residents: ReadonlyMap<string, number>;
}

function usageOf({ placed, alerts, residents }: Found, period: Period): Usage {
  const usage = { homeMs: 0, residentMs: 0, deviceMs: 0 };
  const homes = new Set(alerts.map(({ homeId }) => homeId));
  let covered = { homeId: '', until: 0 };
  for (const { homeId, from_at, until_at } of placed) {
    const from = Math.max(from_at, period.from);
    const until = Math.min(until_at ?? Infinity, period.until);
    homes.add(homeId);
    usage.deviceMs += until - from;
    if (covered.homeId !== homeId) covered = { homeId, until: from };
    // Only what no device before it has covered: a home with two of them is one home.
    const added = Math.max(0, until - Math.max(from, covered.until));
    covered.until = Math.max(covered.until, until);
    usage.homeMs += added;
    usage.residentMs += added * (residents.get(homeId) ?? 0);
  }
  const raised = alerts.reduce((sum, { count }) => sum + count, 0);
  return { ...usage, alerts: raised, homes: homes.size };
}
