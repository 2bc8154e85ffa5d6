import { toFluxValue } from '@influxdata/influxdb-client';

import type { AnsweredSeries, SeriesQuestion } from '../domain/series/query.ts';
import type { TagName } from '../protocol/series/measurement.ts';
import type { SeriesPoint } from '../protocol/series/series.ts';
import type { Row } from './influx-v2-client.ts';
import { reading } from './reading.ts';
import { offsetOf, type Stretch, stretchesOf } from './stretch.ts';

const functions = ['count', 'min', 'max', 'sum', 'last'] as const;

/** The Flux whose results together are the answer; each is named after its function. */
export function fluxOf(bucket: string, question: SeriesQuestion): string {
  const { step } = question;
  if (step === 'raw') return `${readingsOf(bucket, question, question)} |> yield(name: "raw")`;
  return stretchesOf(question, step)
    .map((stretch, index) => stepsOf(bucket, question, stretch, index))
    .join('\n');
}

function stepsOf(
  bucket: string,
  question: SeriesQuestion,
  stretch: Stretch,
  index: number,
): string {
  const name = `stretch${index}`;
  const window = `every: ${stretch.stepMs}ms, offset: ${offsetOf(stretch)}ms`;
  return [
    `${name} = ${readingsOf(bucket, question, stretch)}`,
    ...functions.map(
      (fn) =>
        `${name} |> aggregateWindow(${window}, fn: ${fn}, timeSrc: "_start", createEmpty: false) |> yield(name: "${fn} ${index}")`,
    ),
  ].join('\n');
}

/** Readings in the order of time, a table for each combination of tags. */
function readingsOf(
  bucket: string,
  { measurement, field, municipalityId, where, by }: SeriesQuestion,
  { from, to }: { from: number; to: number },
): string {
  const wanted = [
    ['_measurement', measurement],
    ['_field', field],
    ['municipality', municipalityId],
    ...Object.entries(where),
  ] as const;
  const test = wanted
    .map(([name, value]) => `r[${toFluxValue(name)}] == ${toFluxValue(value)}`)
    .join(' and ');
  const groups = by.map((name) => toFluxValue(name)).join(', ');
  return [
    `from(bucket: ${toFluxValue(bucket)})`,
    `range(start: ${timeOf(from)}, stop: ${timeOf(to)})`,
    `filter(fn: (r) => ${test})`,
    `group(columns: [${groups}])`,
    'sort(columns: ["_time"])',
  ].join(' |> ');
}

function timeOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString();
}

/** Puts the rows of all results together; throws what the server says in the midst of them. */
export function seriesOf({ by, step }: SeriesQuestion, rows: readonly Row[]): AnsweredSeries[] {
  const found = new Map<string, { tags: AnsweredSeries['tags']; rows: Row[] }>();
  for (const row of rows) {
    const { error } = row;
    if (typeof error === 'string') throw new Error(`InfluxDB breaks off its answer: ${error}`);
    const tags = tagsIn(row, by);
    const key = JSON.stringify(tags);
    const series = found.get(key) ?? { tags, rows: [] };
    found.set(key, series);
    series.rows.push(row);
  }
  return [...found.values()].map((series) => ({
    tags: series.tags,
    points: step === 'raw' ? series.rows.map(readingIn) : stepsIn(series.rows),
  }));
}

function tagsIn(row: Row, by: readonly TagName[]): AnsweredSeries['tags'] {
  const having = by.flatMap((name) => {
    const value = row[name];
    return typeof value === 'string' && value !== '' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(having);
}

function readingIn(row: Row): SeriesPoint {
  return reading(timeIn(row), valueIn(row));
}

function stepsIn(rows: readonly Row[]): SeriesPoint[] {
  const steps = new Map<number, Map<string, number>>();
  for (const row of rows) {
    const at = timeIn(row);
    const step = steps.get(at) ?? new Map<string, number>();
    steps.set(at, step);
    step.set(String(row['result']).split(' ')[0] ?? '', valueIn(row));
  }
  return [...steps]
    .toSorted(([one], [other]) => one - other)
    .map(([at, step]) => {
      const of = (name: (typeof functions)[number]) => step.get(name) ?? Number.NaN;
      const [count, sum] = [of('count'), of('sum')];
      return {
        at,
        count,
        mean: sum / count,
        min: of('min'),
        max: of('max'),
        sum,
        last: of('last'),
      };
    });
}

function timeIn(row: Row): number {
  return Temporal.Instant.from(String(row['_time'])).epochMilliseconds;
}

function valueIn(row: Row): number {
  return Number(row['_value']);
}
