import { inBoundedSteps } from './bounded-step.ts';
import type { DayClock } from './day-clock.ts';
import { hourMs, rollUpDays, startOfHour } from './roll-up.ts';
import type { KnownSeries } from './series-book.ts';
import type { TelemetryFile } from './telemetry-file.ts';

const readingsAtOnce = 5_000;
const beginningOfTime = Number.MIN_SAFE_INTEGER;
const endOfTime = Number.MAX_SAFE_INTEGER;

/** Removes a home's series and all that is in them. */
export async function eraseHome(file: TelemetryFile, homeId: string): Promise<void> {
  const ids = file.all<{ id: number }>('select id from series where home_id = ?', homeId);
  await inBoundedSteps(file, ids, ({ id }) => {
    if (removeHours(file, id, beginningOfTime) === 'more') return 'more';
    file.run('delete from day where series_id = ?', id);
    file.run('delete from series where id = ?', id);
    return 'done';
  });
}

/**
 * Removes all from the beginning of an hour on, and lets it be written again. What the gateway measured of itself stays:
 * its log lasts a month only, and all of that is newer than what is trimmed here.
 */
export async function removeFrom(file: TelemetryFile, dayOf: DayClock, from: number) {
  const rows = file.all<{ id: number; time_zone: string }>(
    `select id, time_zone from series where measurement <> 'system'`,
  );
  const all = rows.map(({ id, time_zone: timeZone }): KnownSeries => ({ id, timeZone }));
  await inBoundedSteps(file, all, (series) => {
    if (removeHours(file, series.id, from) === 'more') return 'more';
    rollUpDays(file, dayOf, series, from);
    removeIfEmpty(file, series.id);
    return 'done';
  });
  // Last, so that nothing is written into an hour whose readings are trimmed while the hour still stands.
  file.run('update trimmed set before = min(before, ?)', from);
}

/** Whether the series was removed, for nothing is in it any more. */
export function removeIfEmpty(file: TelemetryFile, id: number): boolean {
  const removed = file.run(
    `delete from series where id = ?1
     and not exists (select 1 from reading where series_id = ?1)
     and not exists (select 1 from hour where series_id = ?1)
     and not exists (select 1 from day where series_id = ?1)`,
    id,
  );
  return removed > 0;
}

/** Where to stop, on the hour, so that not many more than `readingsAtOnce` readings lie before; `to` at the latest. */
export function boundedEnd(file: TelemetryFile, id: number, from: number, to: number): number {
  const [row] = file.all<{ at: number }>(
    `select at from reading where series_id = ? and at >= ? and at < ?
     order by at limit 1 offset ${readingsAtOnce}`,
    id,
    from,
    to,
  );
  return row === undefined ? to : Math.min(to, startOfHour(row.at) + hourMs);
}

/** Hours go together with their readings, or what is written meanwhile would be taken for a repeat. */
function removeHours(file: TelemetryFile, id: number, from: number): 'done' | 'more' {
  const end = boundedEnd(file, id, from, endOfTime);
  const terms = [id, from, end] as const;
  file.run('delete from reading where series_id = ? and at >= ? and at < ?', ...terms);
  file.run('delete from hour where series_id = ? and at >= ? and at < ?', ...terms);
  return end === endOfTime ? 'done' : 'more';
}
