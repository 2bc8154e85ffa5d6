import type { AnsweredSeries, SeriesQuestion, TelemetryQuery } from '../domain/series/query.ts';
import { type TagName, tagNames } from '../protocol/series/measurement.ts';
import { createDayClock, type DayClock } from './day-clock.ts';
import { hourMs, nanosPerMs } from './roll-up.ts';
import type { KnownSeries } from './series-book.ts';
import { gather, type Portion } from './series-portion.ts';
import type { TelemetryFile } from './telemetry-file.ts';

const quarterMs = hourMs / 4;

type Tags = Readonly<Partial<Record<TagName, string>>>;
type TaggedSeries = KnownSeries & { tags: Tags };

/** Answers from `telemetry.db`; nothing while it has not been made yet. */
export function createEmbeddedQuery(file: TelemetryFile): TelemetryQuery {
  const dayOf = createDayClock();
  return {
    series: async (question) => {
      const answers: AnsweredSeries[] = [];
      for (const [key, group] of grouped(matching(file, question), question.by)) {
        const portions = group.flatMap((series) => portionsOf(file, dayOf, series, question));
        const points = gather(portions, question.step !== 'raw');
        if (points.length > 0) answers.push({ tags: JSON.parse(key) as Tags, points });
      }
      return answers;
    },
  };
}

interface SeriesRow {
  id: number;
  tags: string;
  time_zone: string;
}

function matching(file: TelemetryFile, question: SeriesQuestion): TaggedSeries[] {
  const { municipalityId, measurement, field, where } = question;
  const asked: Tags = { ...where, municipality: where.municipality ?? municipalityId };
  const terms = [municipalityId, measurement, field];
  // The unary plus keeps SQLite from reading a whole municipality for what one home or device has.
  let sql = `select id, tags, time_zone from series
    where +municipality_id = ? and +measurement = ? and +field = ?`;
  if (where.device !== undefined) {
    sql += ' and device_id = ?';
    terms.push(where.device);
  } else if (where.home !== undefined) {
    sql += ' and home_id = ?';
    terms.push(where.home);
  } else {
    sql = sql.replaceAll('+', '');
  }
  return file
    .all<SeriesRow>(sql, ...terms)
    .map(({ id, tags, time_zone: timeZone }) => ({ id, timeZone, tags: JSON.parse(tags) as Tags }))
    .filter(({ tags }) => tagNames.every((tag) => (asked[tag] ?? tags[tag]) === tags[tag]));
}

/** By what their tags are, in the order of that. */
function grouped(all: readonly TaggedSeries[], by: readonly TagName[]): [string, TaggedSeries[]][] {
  const order = tagNames.filter((tag) => by.includes(tag));
  const groups = Map.groupBy(all, ({ tags }) => JSON.stringify(tags, order));
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}

function portionsOf(
  file: TelemetryFile,
  dayOf: DayClock,
  series: TaggedSeries,
  { step, timeZone, from, to }: SeriesQuestion,
): Portion[] {
  const span = [series.id, from, to] as const;
  switch (step) {
    case 'raw':
      return readings(file, span, (at) => at);
    case 'quarter':
      return readings(file, span, (at) => Math.floor(at / quarterMs) * quarterMs);
    case 'hour':
      return rolledUp(file, 'hour', span, (at) => at);
    case 'day':
      return timeZone === series.timeZone
        ? rolledUp(file, 'day', span, (at) => at)
        : rolledUp(file, 'hour', span, (at) => dayOf(at, timeZone).from);
  }
}

type Span = readonly [id: number, from: number, to: number];

function readings(file: TelemetryFile, span: Span, stepOf: (at: number) => number): Portion[] {
  const sql = 'select at, seq, value from reading where series_id = ? and at >= ? and at < ?';
  return file.numbers(sql, ...span).map(([lastAt = 0, lastSeq = 0, value = 0]) => ({
    at: stepOf(lastAt),
    count: 1,
    sum: value,
    min: value,
    max: value,
    last: value,
    lastAt,
    lastSeq,
  }));
}

function rolledUp(
  file: TelemetryFile,
  table: 'hour' | 'day',
  span: Span,
  stepOf: (at: number) => number,
): Portion[] {
  const sql = `select at, count, sum, min, max, last, last_ns from ${table}
    where series_id = ? and at >= ? and at < ?`;
  return file
    .numbers(sql, ...span)
    .map(([at = 0, count = 0, sum = 0, min = 0, max = 0, last = 0, nanos = 0]) => ({
      at: stepOf(at),
      count,
      sum,
      min,
      max,
      last,
      lastAt: at + Math.floor(nanos / nanosPerMs),
      lastSeq: nanos % nanosPerMs,
    }));
}
