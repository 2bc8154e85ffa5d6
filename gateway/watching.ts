import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';

import type { Logger } from 'pino';

import type { Config } from './config.ts';
import type { TermsFor } from './domain/duty/terms.ts';
import type { Hub } from './domain/hub.ts';
import type { Scope } from './domain/scope.ts';
import type { Store } from './domain/store.ts';
import type { Picture } from './domain/watch/picture.ts';
import { createDeadManWebhook } from './notify/dead-man.ts';
import { createDeadMan } from './services/dead-man.ts';
import type { Metrics } from './services/metrics.ts';
import { createSampler } from './services/sampler.ts';
import { createWatch, type Watch } from './services/watch.ts';

export interface WatchingOptions {
  config: Pick<Config, 'dataDir' | 'deadmanUrl'>;
  store: Store;
  hub: Hub;
  metrics: Metrics;
  termsFor: TermsFor;
  clock: () => number;
  log: Logger;
  /** What each connected screen may see. */
  screens: () => readonly Scope[];
  externalBroker: () => Picture['externalBroker'];
  history: () => Picture['history'];
}

export interface Watching extends Pick<Watch, 'begin' | 'beforeSweep' | 'noteUnusable'> {
  /** To be called after each sweep: it has come to its end, and the service looks at itself. */
  swept: () => Promise<void>;
  /** Begins to tell somebody outside that all is well, where the configuration names one; answers how to end that. */
  startDeadMan: () => () => Promise<void>;
}

/** The service's eye on itself, with this machine's own clock and disk. */
export function createWatching(options: WatchingOptions): Watching {
  const { config, clock, log } = options;
  const steady = () => performance.now();
  const offset = clock() - steady();
  let sweptAt = steady();
  let longestGapMs = 0;
  const watch = createWatch({
    ...options,
    newId: randomUUID,
    sweepGapMs: () => {
      const gapMs = longestGapMs;
      longestGapMs = 0;
      return gapMs;
    },
    // Only the machine's own clock can be set behind our back.
    clockAheadMs: () => (clock === Date.now ? clock() - steady() - offset : 0),
    disk: () => readDisk(config.dataDir),
    failed: (error) => log.error({ err: error }, 'the service could not look at itself'),
  });

  const sample = createSampler({
    ...options,
    samples: options.store.samples,
    memory: () => process.memoryUsage.rss(),
  });

  return {
    begin: watch.begin,
    beforeSweep: watch.beforeSweep,
    noteUnusable: watch.noteUnusable,
    swept: async () => {
      const now = steady();
      longestGapMs = Math.max(longestGapMs, now - sweptAt);
      sweptAt = now;
      await watch.run();
      await sample();
    },
    startDeadMan: () => {
      if (config.deadmanUrl === null) return () => Promise.resolve();
      const deadMan = createDeadMan({
        ...options,
        signOfLife: createDeadManWebhook(config.deadmanUrl),
        sweptAgoMs: () => steady() - sweptAt,
        trouble: watch.trouble,
        changed: (trouble) =>
          trouble === null
            ? log.info('the watch outside hears us')
            : log.error({ trouble }, 'the watch outside does not hear that all is well'),
      });
      deadMan.start();
      return deadMan.stop;
    },
  };
}

/** How much room is left where the data is; null where it cannot be told. */
async function readDisk(folder: string): Promise<Picture['disk']> {
  try {
    const { bsize, bavail, blocks } = await statfs(folder);
    return { freeBytes: bsize * bavail, totalBytes: bsize * blocks };
  } catch {
    return null;
  }
}
