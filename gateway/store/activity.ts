import { type Kysely, sql } from 'kysely';

import type { Scope } from '../domain/scope.ts';
import { type Activity, activityLanes } from '../protocol/api.ts';
import type { EventType } from '../protocol/catalogue.ts';
import type { Tables } from './tables.ts';

const bucketMs = 15 * 60_000;
const buckets = 96;

const lanes: Readonly<Record<(typeof activityLanes)[number], readonly EventType[]>> = {
  motion: ['motion.detected', 'person.seen', 'person.left-room'],
  door: ['door.opened', 'door.closed'],
  bed: ['bed.left', 'bed.entered', 'person.out-of-bed'],
  presence: ['presence.detected', 'presence.cleared'],
};

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
        if ((lanes[lane] as readonly string[]).includes(type)) {
          counts[bucket] = (counts[bucket] ?? 0) + count;
        }
      }
      return { lane, counts };
    }),
  };
}
