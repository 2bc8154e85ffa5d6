import {
  type About,
  abouts,
  measurementsAbout,
  type Retentions,
} from '../domain/series/retention.ts';
import { inBoundedSteps } from './bounded-step.ts';
import { startOfHour } from './roll-up.ts';
import { boundedEnd, removeIfEmpty } from './series-removal.ts';
import type { TelemetryFile } from './telemetry-file.ts';

const dayMs = 86_400_000;

/** How many rows were removed, and series that nothing was left of. */
export interface Trimmed {
  raw: number;
  hour: number;
  day: number;
  series: number;
}

/**
 * Removes what has been kept for long enough, in steps of about 50 ms. Readings go whole hours at a time, and nothing
 * older than what is left is taken any more. `at` is how far in time the log has been read: now, unless lines of it wait
 * to be written; else what waits would be too old when its turn comes.
 */
export async function trim(terms: {
  file: TelemetryFile;
  at: number;
  retentions: Retentions;
}): Promise<Readonly<Record<About, Trimmed>>> {
  const removed: Record<About, Trimmed> = { life: none(), equipment: none(), service: none() };
  for (const about of abouts) await trimAbout(about, terms, removed[about]);
  return removed;
}

function none(): Trimmed {
  return { raw: 0, hour: 0, day: 0, series: 0 };
}

async function trimAbout(
  about: About,
  { file, at, retentions }: { file: TelemetryFile; at: number; retentions: Retentions },
  removed: Trimmed,
): Promise<void> {
  const keep = retentions[about];
  const rawBefore = raiseMark(file, about, startOfHour(at - keep.raw * dayMs));
  const hourBefore = startOfHour(at - keep.hour * dayMs);
  const dayBefore = at - keep.day * dayMs;
  await inBoundedSteps(file, seriesAbout(file, about), (id) => {
    const end = boundedEnd(file, id, Number.MIN_SAFE_INTEGER, rawBefore);
    const rows = {
      raw: file.run('delete from reading where series_id = ? and at < ?', id, end),
      hour: file.run('delete from hour where series_id = ? and at < ?', id, hourBefore),
      day: file.run('delete from day where series_id = ? and at < ?', id, dayBefore),
    };
    removed.raw += rows.raw;
    removed.hour += rows.hour;
    removed.day += rows.day;
    if (end < rawBefore) return 'more';
    if (rows.raw + rows.hour + rows.day > 0 && removeIfEmpty(file, id)) removed.series += 1;
    return 'done';
  });
}

/** Before anything is removed: an hour whose readings are gone is never made anew from those that come later. */
function raiseMark(file: TelemetryFile, about: About, before: number): number {
  const [row] = file.all<{ before: number }>(
    `insert into trimmed values (?, ?)
     on conflict (what) do update set before = max(before, excluded.before) returning before`,
    about,
    before,
  );
  return Math.min(row?.before ?? before, before);
}

function seriesAbout(file: TelemetryFile, about: About): number[] {
  const names = measurementsAbout(about);
  const places = names.map(() => '?').join(', ');
  return file
    .all<{ id: number }>(`select id from series where measurement in (${places})`, ...names)
    .map(({ id }) => id);
}
