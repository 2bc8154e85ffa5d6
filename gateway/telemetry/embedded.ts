import { AppError } from '../domain/errors.ts';
import type { Point } from '../domain/series/point.ts';
import type { Refusal, TelemetrySink } from '../domain/series/sink.ts';
import { measurements } from '../protocol/series/measurement.ts';
import { createDayClock, type DayClock } from './day-clock.ts';
import { faultOf } from './point-check.ts';
import { nanosPerMs, rollUp, startOfHour } from './roll-up.ts';
import { createSeriesBook, type KnownSeries } from './series-book.ts';
import { eraseHome, removeFrom } from './series-removal.ts';
import type { TelemetryFile } from './telemetry-file.ts';

/** The history that Vaka keeps itself: readings, hours and days in `telemetry.db`. It does not close the file. */
export function createEmbeddedSink(file: TelemetryFile): TelemetrySink {
  const dayOf = createDayClock();
  const book = createSeriesBook(file);

  const write = (points: readonly Point[], isAnew: boolean): readonly Refusal[] => {
    book.refresh();
    // Nothing is there that it could be taken for a repeat of.
    const marks: Marks = isAnew ? new Map() : marksOf(file);
    const refused: Refusal[] = [];
    const touched = new Map<KnownSeries, Set<number>>();
    for (const point of points) {
      const reason = faultOf(point) ?? faultOfTime(point, marks, dayOf);
      if (reason === null) writePoint(point, touched);
      else refused.push({ point, reason });
    }
    for (const [series, hours] of touched) rollUp(file, dayOf, series, hours);
    return refused;
  };

  const writePoint = (point: Point, touched: Map<KnownSeries, Set<number>>) => {
    for (const { series, value } of book.seriesOf(point)) {
      const changed = file.run(
        `insert into reading values (?, ?, ?, ?) on conflict (series_id, at, seq)
         do update set value = excluded.value where value <> excluded.value`,
        series.id,
        point.at,
        point.seq % nanosPerMs,
        value,
      );
      if (changed === 0) continue;
      const hours = touched.get(series);
      if (hours === undefined) touched.set(series, new Set([startOfHour(point.at)]));
      else hours.add(startOfHour(point.at));
    }
  };

  return {
    name: 'embedded',
    write: async (points, isAnew = false) => {
      try {
        return { kind: 'written', refused: file.transaction(() => write(points, isAnew)) };
      } catch (error) {
        return { kind: 'later', reason: outageIn(error), afterMs: null };
      }
    },
    eraseHome: async (homeId) => {
      try {
        await eraseHome(file, homeId);
        return null;
      } catch (error) {
        return outageIn(error);
      }
    },
    prepareBackfill: (from) => removeFrom(file, dayOf, from),
    close: async () => {},
  };
}

type Marks = ReadonlyMap<string, number>;

function marksOf(file: TelemetryFile): Marks {
  const rows = file.all<{ what: string; before: number }>('select what, before from trimmed');
  return new Map(rows.map(({ what, before }) => [what, before]));
}

function faultOfTime({ measurement, at, timeZone }: Point, marks: Marks, dayOf: DayClock) {
  const before = marks.get(measurements[measurement].about);
  if (before !== undefined && at < before) {
    const since = new Date(before).toISOString();
    return `It is older than ${since}, since when single readings are kept, and could not be told from a repeat.`;
  }
  try {
    dayOf(at, timeZone);
    return null;
  } catch (error) {
    if (error instanceof RangeError) return `Its time, or its time zone ${timeZone}, is none.`;
    throw error;
  }
}

/** Why the file could not be written to: it is taken, the disk is full, or it is damaged. All else is a bug of ours. */
function outageIn(error: unknown): string {
  if (error instanceof AppError || (error instanceof Error && 'errcode' in error))
    return error.message;
  throw error;
}
