import type { Kysely } from 'kysely';

import type { HistorySight } from '../domain/history-sight.ts';
import { readAlert } from './alert-body.ts';
import type { Tables } from './tables.ts';
import { visibleAlerts } from './visible.ts';

/** More than anybody reads in two weeks. */
const mostMarks = 2_000;

export function createHistorySight(db: Kysely<Tables>): HistorySight {
  return {
    marks: async (scope, homeId, { from, to }, at) => {
      const rows = await visibleAlerts(db, scope, at)
        .select(['body'])
        .where('home_id', '=', homeId)
        .where('queue', '=', 'care')
        .where('raised_at', '>=', from)
        .where('raised_at', '<', to)
        .orderBy('raised_at')
        .orderBy('id')
        .limit(mostMarks)
        .execute();
      return rows.map(({ body }) => {
        const { id, raisedAt, severity, rule } = readAlert(body);
        return { id, at: raisedAt, severity, title: rule.title };
      });
    },
    timeZone: async (municipalityId) => {
      const { time_zone: timeZone } = await db
        .selectFrom('municipality')
        .select('time_zone')
        .where('id', '=', municipalityId)
        .executeTakeFirstOrThrow();
      return timeZone;
    },
  };
}
