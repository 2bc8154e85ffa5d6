import type { Point } from '../domain/series/point.ts';
import { type TagName, tagNames } from '../protocol/series/measurement.ts';
import type { TelemetryFile } from './telemetry-file.ts';

const seriesKept = 100_000;

export interface KnownSeries {
  id: number;
  timeZone: string;
}

/** Which number each series has in the file; makes those that are new. To be asked within a transaction. */
export interface SeriesBook {
  /** Forgets what it remembers if series have been removed since, by whomever. */
  refresh: () => void;
  seriesOf: (point: Point) => readonly { series: KnownSeries; value: number }[];
}

export function createSeriesBook(file: TelemetryFile): SeriesBook {
  const known = new Map<string, KnownSeries>();
  let removed = -1;

  const find = (point: Point, field: string, tags: string): KnownSeries => {
    const { measurement, timeZone } = point;
    const [row] = file.all<{ id: number; time_zone: string }>(
      'select id, time_zone from series where measurement = ? and field = ? and tags = ?',
      measurement,
      field,
      tags,
    );
    if (row !== undefined) return { id: row.id, timeZone: row.time_zone };
    const [made] = file.all<{ id: number }>(
      `insert into series
       (measurement, field, tags, municipality_id, home_id, device_id, time_zone)
       values (?, ?, ?, ?, ?, ?, ?) returning id`,
      measurement,
      field,
      tags,
      point.tags.municipality ?? null,
      point.tags.home ?? null,
      point.tags.device ?? null,
      timeZone,
    );
    if (made === undefined) throw new Error('A series was made and has no number.');
    return { id: made.id, timeZone };
  };

  return {
    refresh: () => {
      const count = file.all<{ count: number }>('select count from series_removed')[0]?.count ?? 0;
      if (count !== removed) known.clear();
      removed = count;
    },
    seriesOf: (point) => {
      const tags = JSON.stringify(point.tags, sortedTags);
      return Object.entries(point.fields).map(([field, value]) => {
        const key = `${point.measurement} ${field} ${tags}`;
        let series = known.get(key);
        if (series === undefined) {
          series = find(point, field, tags);
          if (known.size >= seriesKept) known.clear();
          known.set(key, series);
        }
        return { series, value };
      });
    },
  };
}

/** As JSON.stringify takes it: only these, always in this order. */
const sortedTags: TagName[] = [...tagNames];
