import { type Kysely, sql } from 'kysely';

import type { Scope } from '../domain/scope.ts';
import { laneTypes, quarterMs as bucketMs } from '../domain/series/lane.ts';
import { type Activity, activityLanes } from '../protocol/api.ts';
import type { Tables } from './tables.ts';

const buckets = 96;

/** How lively a home was in each quarter of an hour of the last day. */
export async function readActivity(
  db: Kysely<Tables>,
  scope: Scope,
  homeId: string,
  at: number,
): Promise<Activity> {
  const to = (Math.floor(at / bucketMs) + 1) * bucketMs;
  const from = to - buckets * bucketMs;
  const rows = await db
    .selectFrom('event')
    .select([
      'type',
      sql<number>`cast((at - ${from}) / ${bucketMs} as integer)`.as('bucket'),
      sql<number>`count(*)`.as('count'),
    ])
    .where('municipality_id', '=', scope.municipalityId)
    .where('home_id', '=', homeId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .groupBy(['type', 'bucket'])
    .execute();
  return {
    from,
    bucketMs,
    lanes: activityLanes.map((lane) => {
      const counts = Array.from({ length: buckets }, () => 0);
      for (const { type, bucket, count } of rows) {
        if ((laneTypes[lane] as readonly string[]).includes(type)) {
          counts[bucket] = (counts[bucket] ?? 0) + count;
        }
      }
      return { lane, counts };
    }),
  };
}
