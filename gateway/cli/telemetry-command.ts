import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { type Command, InvalidArgumentError } from 'commander';

import { readConfig } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import type { Progress } from '../domain/series/progress.ts';
import { sinkNames } from '../domain/series/sink.ts';
import type { TelemetrySource } from '../domain/series/source.ts';
import { adviceFor, findLeftBehind } from '../services/left-behind.ts';
import { openSqliteTelemetrySource } from '../store/sqlite-telemetry-source.ts';
import type { TelemetryConfig } from '../telemetry-config.ts';
import { openSinks } from '../telemetry-sink.ts';
import { createSqliteProgress } from '../telemetry/sqlite-progress.ts';
import { openTelemetryFile, type TelemetryFile } from '../telemetry/telemetry-file.ts';
import { type CommandContext, withTools } from './context.ts';

const hourMs = 3_600_000;

interface History {
  config: TelemetryConfig;
  file: TelemetryFile;
  source: TelemetrySource;
  progress: Progress;
}

/** The commands about history, also beside a running gateway; each prints JSON. */
export function telemetryCommands(program: Command, context: CommandContext): void {
  const answer = (value: object) => context.print(`${JSON.stringify(value)}\n`);
  const group = program.command('telemetry').description('History: where it is written, and how');

  group
    .command('status')
    .description('How far behind each store that history is written to is.')
    .action(() =>
      withHistory(context, async ({ config, source, progress }) => {
        for (const sink of config.sinks) {
          const cursor = await progress.cursor(sink);
          const since = await source.waitingSince(cursor);
          answer({
            sink,
            ...cursor,
            waitingSince: since === null ? null : new Date(since).toISOString(),
            refused: await progress.refusedCount(sink),
          });
        }
        for (const one of await findLeftBehind(source, progress, config.sinks)) {
          answer({ sink: one.name, homesToErase: one.homes, advice: adviceFor(one) });
        }
      }),
    );

  group
    .command('refused')
    .description('Points that a store will never take, and why; newest first, a line each.')
    .option('--limit <count>', 'so many at the most', countOf, 100)
    .action(({ limit }: { limit: number }) =>
      withHistory(context, async ({ progress }) => {
        const page = { municipalityId: null, before: null, limit };
        for (const { sink, point, reason, refusedAt } of await progress.refused(page)) {
          const { measurement, tags, fields } = point;
          const [at, refused] = [point.at, refusedAt].map((time) => new Date(time).toISOString());
          answer({ sink, at, measurement, tags, fields, reason, refusedAt: refused });
        }
      }),
    );

  group
    .command('forget')
    .description('Forgets what is noted of a store that is not written to any more.')
    .argument('<store>', 'such as influx-1')
    .action((wanted: string) =>
      withHistory(context, async ({ config, progress }) => {
        const sink = sinkNames.find((name) => name === wanted);
        if (sink === undefined) {
          throw new AppError('not-found', `There is no "${wanted}", only ${sinkNames.join(', ')}.`);
        }
        if (config.sinks.includes(sink)) {
          throw new AppError(
            'conflict',
            `${sink} is still written to: take it out of VAKA_TELEMETRY first, and start the gateway again.`,
          );
        }
        if (sink === 'embedded') {
          throw new AppError(
            'conflict',
            'Vaka erases from the embedded history of itself. To be rid of all of it, remove telemetry.db while the gateway is stopped.',
          );
        }
        const { length: homes } = await progress.homes(sink);
        await progress.forgetSink(sink);
        answer({ sink, forgottenHomes: homes });
      }),
    );

  group
    .command('backfill')
    .description('Writes all that has happened since a time once more, to every store or to one.')
    .requiredOption('--from <date>', 'such as 2026-01-01, or a time with its zone')
    .option('--sink <name>', 'only this store')
    .action(({ from: text, sink: wanted }: { from: string; sink?: string }) =>
      withHistory(context, async ({ config, file, source, progress }) => {
        const from = Math.floor((await beginningOf(context, text)) / hourMs) * hourMs;
        const to = await source.cursorAt(from);
        const chosen = openSinks(config, file).filter(
          ({ name }) => wanted === undefined || name === wanted,
        );
        if (chosen.length === 0) {
          throw new AppError(
            'not-found',
            `Nothing is written to "${wanted}". There are: ${config.sinks.join(', ')}.`,
          );
        }
        for (const sink of chosen) {
          await sink.prepareBackfill(from);
          await progress.rewind(sink.name, to);
          await sink.close();
          answer({ sink: sink.name, from: new Date(from).toISOString(), ...to });
        }
        context.warn?.('The gateway writes it as soon as it runs; see `telemetry status`.\n');
      }),
    );
}

async function withHistory(
  context: CommandContext,
  work: (history: History) => Promise<void>,
): Promise<void> {
  const { dataDir, telemetry: config } = readConfig(context.environment);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Brings the database up to date first, for what is read here may be new in it.
  await withTools(context, async () => {});
  const file = openTelemetryFile(join(dataDir, 'telemetry.db'), { readOnly: false });
  const { source, close } = openSqliteTelemetrySource(join(dataDir, 'vaka.db'));
  try {
    await work({ config, file, source, progress: createSqliteProgress(file) });
  } finally {
    close();
    file.close();
  }
}

/** A time, or where a date begins first in any of the municipalities. */
async function beginningOf(context: CommandContext, text: string): Promise<number> {
  try {
    if (text.includes('T')) return Temporal.Instant.from(text).epochMilliseconds;
    const day = Temporal.PlainDate.from(text);
    return await withTools(context, async ({ store }) => {
      const { municipalities } = await store.staffing.arrangements();
      const zones = [...municipalities.values()].map(({ timeZone }) => timeZone);
      const begins = (zone: string) => day.toZonedDateTime(zone).epochMilliseconds;
      return Math.min(begins('UTC'), ...zones.map(begins));
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError(
      'invalid',
      `"${text}" is no time: write a date such as 2026-01-01, or a time such as 2026-01-01T00:00:00+01:00.`,
      { cause: error },
    );
  }
}

function countOf(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0 && count <= 100_000) return count;
  throw new InvalidArgumentError('Give a whole number from 1 to 100000.');
}
