import type { DayClock } from './day-clock.ts';
import type { KnownSeries } from './series-book.ts';
import type { TelemetryFile } from './telemetry-file.ts';

export const hourMs = 3_600_000;
export const nanosPerMs = 1_000_000;

const hourSql = `insert or replace into hour
  select ?1, ?2, count(*), sum(value), min(value), max(value),
    (select value from reading where series_id = ?1 and at >= ?2 and at < ?3
     order by at desc, seq desc limit 1),
    max((at - ?2) * ${nanosPerMs} + seq)
  from reading where series_id = ?1 and at >= ?2 and at < ?3 having count(*) > 0`;

const daySql = `insert or replace into day
  select ?1, ?2, sum(count), sum(sum), min(min), max(max),
    (select last from hour where series_id = ?1 and at >= ?2 and at < ?3 order by at desc limit 1),
    max((at - ?2) * ${nanosPerMs} + last_ns)
  from hour where series_id = ?1 and at >= ?2 and at < ?3 having count(*) > 0`;

export function startOfHour(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

/** Makes the hours that begin at these times, and the days they are of, anew from the readings. */
export function rollUp(
  file: TelemetryFile,
  dayOf: DayClock,
  series: KnownSeries,
  hours: Iterable<number>,
): void {
  const days = new Map<number, number>();
  for (const hour of hours) {
    file.run(hourSql, series.id, hour, hour + hourMs);
    const { from, to } = dayOf(hour, series.timeZone);
    days.set(from, to);
  }
  for (const [from, to] of days) file.run(daySql, series.id, from, to);
}

/** Makes the days from the one that `from` is of anew, from the hours there are. */
export function rollUpDays(
  file: TelemetryFile,
  dayOf: DayClock,
  series: KnownSeries,
  from: number,
): void {
  const first = dayOf(from, series.timeZone).from;
  file.run('delete from day where series_id = ? and at >= ?', series.id, first);
  const hours = file.all<{ at: number }>(
    'select at from hour where series_id = ? and at >= ?',
    series.id,
    first,
  );
  const days = new Map(
    hours.map(({ at }) => {
      const day = dayOf(at, series.timeZone);
      return [day.from, day.to];
    }),
  );
  for (const [start, end] of days) file.run(daySql, series.id, start, end);
}
