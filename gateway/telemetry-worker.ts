import { parentPort, workerData } from 'node:worker_threads';

import { retentionsWith } from './domain/series/retention.ts';
import type { TelemetrySink } from './domain/series/sink.ts';
import type { LeftBehind, SinkStatus } from './domain/series/telemetry.ts';
import { createHistorian, type Historian } from './services/historian.ts';
import { findLeftBehind } from './services/left-behind.ts';
import { createRhythm } from './services/rhythm.ts';
import { createPump } from './services/telemetry-pump.ts';
import { openSqliteRhythmSource } from './store/sqlite-rhythm-source.ts';
import { openSqliteTelemetrySource } from './store/sqlite-telemetry-source.ts';
import type { TelemetryConfig } from './telemetry-config.ts';
import { openSinks } from './telemetry-sink.ts';
import { createEmbeddedSink } from './telemetry/embedded.ts';
import { trim } from './telemetry/retention.ts';
import { createSqliteHomeBases } from './telemetry/sqlite-home-bases.ts';
import { createSqliteHomeDays } from './telemetry/sqlite-home-days.ts';
import { createSqliteProgress } from './telemetry/sqlite-progress.ts';
import { openTelemetryFile } from './telemetry/telemetry-file.ts';

/** What it is started with: the database, the file of history, and where to write. */
export interface TelemetryWorkerData {
  database: string;
  historyFile: string;
  config: TelemetryConfig;
  at: number;
}

/** What is said to it; `time` is what the gateway's clock shows. */
export type ToTelemetryWorker =
  | { type: 'time'; at: number }
  | { type: 'settle'; id: number }
  | { type: 'stop' };

/** Rows of the embedded history, by what they were about. */
export type Removed = Awaited<ReturnType<typeof trim>>;

export type FromTelemetryWorker =
  | { type: 'status'; status: SinkStatus }
  | { type: 'settled'; id: number; trouble: string | null }
  | { type: 'left-behind'; leftBehind: readonly LeftBehind[] }
  | { type: 'failed'; error: unknown }
  | { type: 'removed'; removed: Removed };

const trimEveryMs = 3_600_000;
const rhythmEveryMs = 10_000;
const eraseEveryMs = 30_000;

const port = parentPort;
const { database, historyFile, config, at: startedAt } = workerData as TelemetryWorkerData;
const say = (message: FromTelemetryWorker) => port?.postMessage(message);
const failed = (error: unknown) => say({ type: 'failed', error });
const ending = new AbortController();
const dozing = new Set<() => void>();
let now = startedAt;
let trimmedAt = -Infinity;

/** For so long, or until the thread is to end. */
async function pause(ms: number): Promise<void> {
  if (ending.signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  dozing.add(resolve);
  await promise;
  dozing.delete(resolve);
  clearTimeout(timer);
}

async function settle(historian: Historian, id: number): Promise<void> {
  try {
    await historian.settle();
    say({ type: 'settled', id, trouble: null });
  } catch (error) {
    say({ type: 'settled', id, trouble: error instanceof Error ? error.message : String(error) });
  }
}

async function run(): Promise<void> {
  const file = openTelemetryFile(historyFile, { readOnly: false });
  const logs = openSqliteTelemetrySource(database);
  const rhythmLog = openSqliteRhythmSource(database);
  const progress = createSqliteProgress(file);
  const sinks = openSinks(config, file);
  const rhythm = createRhythm({
    source: rhythmLog.source,
    homeDays: createSqliteHomeDays(file),
    bases: createSqliteHomeBases(file),
  });
  const clock = () => now;
  const pumpTo = (sink: TelemetrySink) =>
    createPump({ sink, source: logs.source, progress, clock, dice: Math.random });
  // What it holds from when it was among the sinks is ours to erase for as long as the file is there.
  const formerly = pumpTo(createEmbeddedSink(file));
  const historian = createHistorian({
    pumps: sinks.map((sink) => ({
      name: sink.name,
      pump: pumpTo(sink),
      refused: () => progress.refusedCount(sink.name),
    })),
    chores: [
      {
        everyMs: eraseEveryMs,
        run: async () => {
          const reason = config.sinks.includes('embedded') ? null : await formerly.erase();
          if (reason !== null) failed(new Error(`A home could not be erased here: ${reason}`));
          const turn = await formerly.turnAnew();
          if (turn.kind === 'later')
            failed(new Error(`A home could not be written again: ${turn.reason}`));
          return turn.kind === 'moved' && turn.isMore;
        },
      },
      {
        everyMs: eraseEveryMs,
        run: async () => {
          const leftBehind = await findLeftBehind(logs.source, progress, config.sinks);
          say({ type: 'left-behind', leftBehind });
          return false;
        },
      },
      { everyMs: rhythmEveryMs, run: async (at) => (await rhythm.run(at)).isMore },
      {
        everyMs: trimEveryMs,
        run: async (at) => {
          if (at - trimmedAt < trimEveryMs) return false;
          trimmedAt = at;
          // What still waits is not old yet: it would be refused as older than what is kept. Where nothing is written here
          // any more, nothing waits.
          const waiting = config.sinks.includes('embedded')
            ? await logs.source.waitingSince(await progress.cursor('embedded'))
            : null;
          const retentions = retentionsWith(config.rawDays);
          await progress.forgetRefused(at);
          const removed = await trim({ file, at: Math.min(at, waiting ?? at), retentions });
          if (isAny(removed)) say({ type: 'removed', removed });
          return false;
        },
      },
    ],
    clock,
    pause,
    told: (status) => say({ type: 'status', status }),
    failed,
  });
  port?.on('message', (message: ToTelemetryWorker) => {
    switch (message.type) {
      case 'time':
        now = message.at;
        return;
      case 'settle':
        void settle(historian, message.id);
        return;
      case 'stop':
        ending.abort();
        for (const wake of dozing) wake();
    }
  });
  await historian.run(ending.signal);
  for (const sink of sinks) await sink.close();
  logs.close();
  rhythmLog.close();
  file.close();
  port?.close();
}

function isAny(removed: Removed): boolean {
  return Object.values(removed).some((rows) => Object.values(rows).some((count) => count > 0));
}

await run();
