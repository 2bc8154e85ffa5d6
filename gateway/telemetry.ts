import { join } from 'node:path';

import type { Logger } from 'pino';

import type { Config } from './config.ts';
import type { HomeDays } from './domain/series/home-days.ts';
import type { TelemetryQuery } from './domain/series/query.ts';
import type { LeftBehind, SinkStatus, TelemetryDesk } from './domain/series/telemetry.ts';
import type { Picture } from './domain/watch/picture.ts';
import { adviceFor } from './services/left-behind.ts';
import type { Metrics } from './services/metrics.ts';
import { createTelemetryDesk, lagOf } from './services/telemetry-desk.ts';
import { openQuery } from './telemetry-sink.ts';
import { createTelemetryThread } from './telemetry-thread.ts';
import { createSqliteHomeDays } from './telemetry/sqlite-home-days.ts';
import { createSqliteProgress } from './telemetry/sqlite-progress.ts';
import { openTelemetryFile } from './telemetry/telemetry-file.ts';

export interface TelemetryOptions {
  config: Pick<Config, 'dataDir' | 'telemetry'>;
  metrics: Metrics;
  clock: () => number;
  log: Logger;
}

/** History: what writes it, and where it is read. */
export interface Telemetry {
  desk: TelemetryDesk;
  query: TelemetryQuery;
  homeDays: HomeDays;
  /** How far behind it is, for the watch. */
  picture: () => Picture['history'];
  start: () => void;
  /** Resolves when all there is has been written, for those who cannot wait. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Everything that is written is written in a thread; this one only reads. */
export function createTelemetry({ config, metrics, clock, log }: TelemetryOptions): Telemetry {
  const { dataDir, telemetry } = config;
  const historyFile = join(dataDir, 'telemetry.db');
  const file = openTelemetryFile(historyFile, { readOnly: true });
  const query = openQuery(telemetry, file);
  const statuses = new Map<string, SinkStatus>();
  let leftBehind: readonly LeftBehind[] = [];
  const thread = createTelemetryThread({
    database: join(dataDir, 'vaka.db'),
    historyFile,
    config: telemetry,
    clock,
    told: (status) => {
      const { name: sink, trouble, written, refused } = status;
      const before = statuses.get(sink)?.trouble ?? null;
      statuses.set(sink, status);
      if (trouble !== null && before === null) log.warn({ sink, trouble }, 'history waits');
      if (trouble === null && before !== null) log.info({ sink }, 'history is written again');
      metrics.telemetryLagSeconds.set({ sink }, lagOf(status, clock()) / 1_000);
      metrics.telemetryPoints.set({ sink, result: 'written' }, written);
      metrics.telemetryPoints.set({ sink, result: 'refused' }, refused);
    },
    leftBehind: (found) => {
      const known = new Map(leftBehind.map(({ name, homes }) => [name, homes]));
      leftBehind = found;
      for (const one of found) {
        if (one.homes <= (known.get(one.name) ?? 0)) continue;
        const about = { sink: one.name, homes: one.homes, advice: adviceFor(one) };
        log.warn(
          about,
          'homes that withdrew consent are in a store that is not written to any more',
        );
      }
    },
    removed: (removed) => log.info({ removed }, 'history that is old enough was removed'),
    failed: (error) => log.error({ err: error }, 'history could not be written'),
  });
  return {
    desk: createTelemetryDesk({
      sinks: telemetry.sinks,
      statuses: () => [...statuses.values()],
      leftBehind: () => leftBehind,
      progress: createSqliteProgress(file),
      clock,
    }),
    query: query.query,
    homeDays: createSqliteHomeDays(file),
    picture: () => ({ sinks: [...statuses.values()], lagMs: telemetry.lagMs }),
    start: thread.start,
    settle: thread.settle,
    stop: async () => {
      await thread.stop();
      await query.close();
      file.close();
    },
  };
}
