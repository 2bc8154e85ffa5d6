import type { Kysely } from 'kysely';

import { Matchers } from '../protocol/duty/hold.ts';
import type { Tables } from './tables.ts';

const weekMs = 7 * 86_400_000;

/** What few devices have, read apart from the many. */
export interface Troubles {
  quarantined: ReadonlyMap<string, number>;
  /** `sender address`, the address empty for the sender itself. */
  puzzling: ReadonlySet<string>;
  /** Installations that are not signed and are the last of their device, by device. */
  unsigned: ReadonlyMap<string, { homeId: string; startedAt: number }>;
  onTrial: ReadonlySet<string>;
}

export async function readTroubles(
  db: Kysely<Tables>,
  municipalityId: string,
  at: number,
): Promise<Troubles> {
  const quarantine = await db
    .selectFrom('quarantine')
    .select(['device_id', ({ fn }) => fn.countAll<number>().as('count')])
    .where('municipality_id', '=', municipalityId)
    .where('at', '>', at - weekMs)
    .groupBy('device_id')
    .execute();
  const puzzling = await db
    .selectFrom('not_understood')
    .select(['device_id', 'address'])
    .distinct()
    .where('municipality_id', '=', municipalityId)
    .execute();
  return {
    quarantined: new Map(quarantine.map(({ device_id, count }) => [device_id, count])),
    puzzling: new Set(puzzling.map(({ device_id, address }) => `${device_id} ${address}`)),
    unsigned: await readUnsigned(db, municipalityId),
    onTrial: await readTrials(db, municipalityId, at),
  };
}

async function readUnsigned(
  db: Kysely<Tables>,
  municipalityId: string,
): Promise<Troubles['unsigned']> {
  const rows = await db
    .selectFrom('installation')
    .select(['device_id', 'home_id', 'started_at'])
    .where('municipality_id', '=', municipalityId)
    .where('device_id', 'is not', null)
    .where('state', '<>', 'signed')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('installation as later')
            .select('later.id')
            .whereRef('later.device_id', '=', 'installation.device_id')
            .whereRef('later.started_at', '>', 'installation.started_at'),
        ),
      ),
    )
    .execute();
  return new Map(
    rows.map(({ device_id, home_id: homeId, started_at: startedAt }) => [
      device_id ?? '',
      { homeId, startedAt },
    ]),
  );
}

/** Devices whose alerts are tests for now. */
async function readTrials(
  db: Kysely<Tables>,
  municipalityId: string,
  at: number,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('hold')
    .select('matchers')
    .where('municipality_id', '=', municipalityId)
    .where('kind', '=', 'test')
    .where('matchers', 'is not', null)
    .where('ended_at', 'is', null)
    .where('until_at', '>', at)
    .execute();
  return new Set(
    rows.flatMap(({ matchers }) => Matchers.parse(JSON.parse(matchers ?? '{}')).deviceIds ?? []),
  );
}
