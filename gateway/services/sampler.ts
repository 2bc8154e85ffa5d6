import type { Samples } from '../domain/series/samples.ts';
import type { Metrics } from './metrics.ts';

const everyMs = 60_000;

export interface SamplerOptions {
  samples: Samples;
  metrics: Metrics;
  clock: () => number;
  /** Bytes that this process holds. */
  memory: () => number;
}

/** Keeps what the gateway measures of itself, once a minute; to be called more often than that. */
export function createSampler({ samples, metrics, clock, memory }: SamplerOptions) {
  let sampledAt = -Infinity;
  let eventsBefore = 0;
  return async (): Promise<void> => {
    const at = clock();
    if (Math.abs(at - sampledAt) < everyMs) return;
    sampledAt = at;
    const events = await total(metrics.events);
    const diskFree = await total(metrics.diskFreeBytes);
    await samples.add(at, {
      events: events - eventsBefore,
      alerts_live: await samples.liveAlerts(),
      homes_connected: await total(metrics.homesConnected),
      screens_connected: await total(metrics.screensConnected),
      outbox_waiting: await total(metrics.outboxWaiting),
      sweep_late_seconds: await total(metrics.sweepLateSeconds),
      memory_bytes: memory(),
      ...(diskFree > 0 ? { disk_free_bytes: diskFree } : {}),
    });
    eventsBefore = events;
  };
}

/** Over all labels. */
async function total(metric: {
  get: () => Promise<{ values: readonly { value: number }[] }>;
}): Promise<number> {
  const { values } = await metric.get();
  return values.reduce((sum, { value }) => sum + value, 0);
}
