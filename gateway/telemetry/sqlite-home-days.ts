import type { HomeDays, KeptDay } from '../domain/series/home-days.ts';
import type { TelemetryFile } from './telemetry-file.ts';

/** Keeps worked-out days in `telemetry.db`. */
export function createSqliteHomeDays(file: TelemetryFile): HomeDays {
  return {
    read: async (homeId, from, to) =>
      file
        .all<{ body: string }>(
          'select body from home_day where home_id = ? and day between ? and ? order by day',
          homeId,
          from,
          to,
        )
        .map(({ body }) => JSON.parse(body) as KeptDay),
    save: async (homeId, days) =>
      file.transaction(() => {
        for (const day of days)
          file.run(
            'insert or replace into home_day values (?, ?, ?)',
            homeId,
            day.day,
            JSON.stringify(day),
          );
      }),
    markDirty: async (days, eventCursor) =>
      file.transaction(() => {
        for (const { homeId, day } of days)
          file.run('insert or ignore into dirty_day (home_id, day) values (?, ?)', homeId, day);
        file.run('insert or replace into rhythm_cursor values (1, ?)', eventCursor);
      }),
    dirty: async (limit) =>
      file
        .all<{ home_id: string; day: string }>(
          'select home_id, day from dirty_day order by id limit ?',
          limit,
        )
        .map(({ home_id: homeId, day }) => ({ homeId, day })),
    clean: async (homeId, day) => {
      file.run('delete from dirty_day where home_id = ? and day = ?', homeId, day);
    },
    eventCursor: async () =>
      file.all<{ event: number }>('select event from rhythm_cursor')[0]?.event ?? 0,
    eraseHome: async (homeId) =>
      file.transaction(() => {
        file.run('delete from home_day where home_id = ?', homeId);
        file.run('delete from dirty_day where home_id = ?', homeId);
      }),
    homes: async () =>
      file
        .all<{ id: string }>(
          'select home_id as id from home_day union select home_id from dirty_day order by 1',
        )
        .map(({ id }) => id),
  };
}
