import { z } from 'zod';

import type { AnsweredSeries, SeriesQuestion } from '../domain/series/query.ts';
import type { SeriesPoint } from '../protocol/series/series.ts';
import { reading } from './reading.ts';
import { offsetOf, type Stretch, stretchesOf } from './stretch.ts';

/** Text as InfluxQL writes it; ours, for the client's own leaves backslashes as they are. */
export function influxqlString(text: string): string {
  return `'${escaped(text, /['\\\n]/g)}'`;
}

function identifier(name: string): string {
  return `"${escaped(name, /["\\\n]/g)}"`;
}

function escaped(text: string, characters: RegExp): string {
  return text.replace(characters, (character) => (character === '\n' ? '\\n' : `\\${character}`));
}

/** Statements whose answers together are the answer. */
export function influxqlOf(question: SeriesQuestion): string {
  const { step } = question;
  if (step === 'raw') {
    return `SELECT ${identifier(question.field)} AS "value" ${fromWhere(question, question)}${groupBy(question.by.map(identifier))}`;
  }
  return stretchesOf(question, step)
    .map((stretch) => stepStatement(question, stretch))
    .join('; ');
}

/** Asks how many readings there are to be in the answer. */
export function countingOf(question: SeriesQuestion): string {
  return `SELECT count(${identifier(question.field)}) AS "count" ${fromWhere(question, question)}`;
}

/** How many readings an answer is made of. */
export function countIn(series: readonly AnsweredSeries[]): number {
  return series.flatMap(({ points }) => points).reduce((sum, { count }) => sum + count, 0);
}

function stepStatement(question: SeriesQuestion, stretch: Stretch): string {
  const field = identifier(question.field);
  const asked = ['count', 'min', 'max', 'sum', 'last'].map(
    (name) => `${name}(${field}) AS "${name}"`,
  );
  const time = `time(${stretch.stepMs}ms, ${offsetOf(stretch)}ms)`;
  const groups = groupBy([time, ...question.by.map(identifier)]);
  return `SELECT ${asked.join(', ')} ${fromWhere(question, stretch)}${groups} fill(none)`;
}

function fromWhere(
  { measurement, municipalityId, where }: SeriesQuestion,
  { from, to }: { from: number; to: number },
): string {
  const tags = [['municipality', municipalityId] as const, ...Object.entries(where)];
  const conditions = [
    `time >= ${from}ms`,
    `time < ${to}ms`,
    ...tags.map(([name, value]) => `${identifier(name)} = ${influxqlString(value)}`),
  ];
  return `FROM ${identifier(measurement)} WHERE ${conditions.join(' AND ')}`;
}

function groupBy(what: readonly string[]): string {
  return what.length === 0 ? '' : ` GROUP BY ${what.join(', ')}`;
}

const Cell = z.union([z.number(), z.string(), z.null()]);
const Answer = z.object({
  error: z.string().optional(),
  results: z
    .array(
      z.object({
        error: z.string().optional(),
        series: z
          .array(
            z.object({
              tags: z.record(z.string(), z.string()).default({}),
              columns: z.array(z.string()),
              values: z.array(z.array(Cell)),
              partial: z.boolean().default(false),
            }),
          )
          .default([]),
        partial: z.boolean().default(false),
      }),
    )
    .default([]),
});

export interface Reply {
  series: AnsweredSeries[];
  /** Whether it may be cut: InfluxDB says so of what is long and of what is over its `max-row-limit`, and not of which. */
  isDoubtful: boolean;
}

/** Reads what the server answered, its times in milliseconds; throws what it says against the question. */
export function replyOf(body: unknown): Reply {
  const answer = Answer.safeParse(body);
  if (!answer.success) throw new Error('What answers is no InfluxDB.', { cause: answer.error });
  const { error, results } = answer.data;
  const wrong = error ?? results.find((result) => result.error !== undefined)?.error;
  if (wrong !== undefined) throw new Error(`InfluxDB does not answer: ${wrong}`);
  const found = new Map<string, { tags: Record<string, string>; points: SeriesPoint[] }>();
  for (const { tags, columns, values } of results.flatMap(({ series }) => series)) {
    const having = Object.fromEntries(Object.entries(tags).filter(([, value]) => value !== ''));
    const key = JSON.stringify(Object.entries(having));
    const series = found.get(key) ?? { tags: having, points: [] };
    found.set(key, series);
    for (const row of values) series.points.push(pointOf(columns, row));
  }
  const isDoubtful = results.some(
    (result) => result.partial || result.series.some(({ partial }) => partial),
  );
  return { series: [...found.values()], isDoubtful };
}

function pointOf(columns: readonly string[], row: readonly z.infer<typeof Cell>[]): SeriesPoint {
  const cell = (name: string) => Number(row[columns.indexOf(name)]);
  const at = cell('time');
  if (columns.includes('value')) return reading(at, cell('value'));
  const [count, sum] = [cell('count'), cell('sum')];
  return {
    at,
    count,
    mean: sum / count,
    min: cell('min'),
    max: cell('max'),
    sum,
    last: cell('last'),
  };
}
