import type { Dialect, Interpretation } from '../domain/dialect.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { Hub } from '../domain/hub.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import type { Store } from '../domain/store.ts';
import { isOwnTopic, parseUplink } from '../protocol/topic.ts';
import { evaluateBatch } from './evaluate-batch.ts';
import type { Message } from './message.ts';
import type { Metrics } from './metrics.ts';

export interface IngestOptions {
  store: Store;
  rulebook: Rulebook;
  termsFor: TermsFor;
  dialects: readonly Dialect[];
  hub: Hub;
  metrics: Metrics;
  clock: () => number;
  /** Told of a batch that could not be kept as a whole, and how many of its messages could not be kept alone. */
  failed: (error: unknown, lost: number) => void;
  gatherMs?: number;
  batchLimit?: number;
}

/** Nobody waits for presence, so a fleet that comes back shares its commits. */
const presenceGatherMs = 100;

/** The way of every message into the store. */
export interface Ingest {
  /**
   * Resolves once the message is stored and evaluated, with the reason if some of it was refused.
   * Rejects when it could not be stored: then it must not be acknowledged.
   */
  accept: (
    deviceId: string,
    topic: string,
    payload: Uint8Array,
  ) => Promise<{ refused: string | null }>;
  /** A device came or went. */
  presence: (presence: { deviceId: string; connected: boolean; at: number }) => void;
  /** Resolves when everything that was accepted before is stored. */
  drain: () => Promise<void>;
}

interface Waiting extends Message {
  kept: () => void;
  lost: (error: unknown) => void;
}

/**
 * Gathers messages into one transaction: at once when little comes, and under load whatever came during the last one.
 * The order of arrival is kept. A full batch costs half as much a message as one of 256: most of a commit is its pages.
 */
export function createIngest(options: IngestOptions): Ingest {
  const { clock, metrics, gatherMs = 1, batchLimit = 1_024 } = options;
  let coming: Message[] = [];
  let presenceTimer: NodeJS.Timeout | null = null;
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let lastEnd = -Infinity;

  function add(message: Message): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    waiting.push({ ...message, kept: resolve, lost: reject });
    running ??= run();
    return promise;
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // One turn of the event loop at the least, so that the sockets are read for the next batch.
      const isFull = waiting.length >= batchLimit;
      await pause(isFull ? 0 : Math.max(0, lastEnd + gatherMs - performance.now()));
      await keep(waiting.splice(0, batchLimit));
      lastEnd = performance.now();
    }
    running = null;
  }

  async function keep(batch: readonly Waiting[]): Promise<void> {
    const began = performance.now();
    try {
      await evaluateBatch(options, batch);
      for (const { kept } of batch) kept();
    } catch (error) {
      await keepOneByOne(batch, error);
    }
    metrics.batchEvents.observe(batch.length);
    metrics.commitSeconds.observe((performance.now() - began) / 1000);
  }

  /** One message that cannot be evaluated must not take its neighbours with it. */
  async function keepOneByOne(batch: readonly Waiting[], error: unknown): Promise<void> {
    let lost = 0;
    for (const message of batch) {
      try {
        await evaluateBatch(options, [message]);
        message.kept();
      } catch (alone) {
        lost += 1;
        message.lost(alone);
      }
    }
    options.failed(error, lost);
  }

  function keepPresence(): void {
    if (presenceTimer !== null) clearTimeout(presenceTimer);
    presenceTimer = null;
    const messages = coming;
    coming = [];
    // A failure has been reported by then; what a device is worth is told by its own events.
    for (const message of messages) add(message).catch(() => {});
  }

  return {
    accept: async (deviceId, topic, payload) => {
      const { readings, refused } = interpret(options.dialects, deviceId, topic, payload);
      const bytes = payload.length;
      await add({
        deviceId,
        topic,
        bytes,
        readings,
        refused,
        receivedAt: clock(),
        connected: null,
      });
      return { refused: refused.length === 0 ? null : refused.join(' ') };
    },
    presence: ({ deviceId, connected, at }) => {
      presenceTimer ??= setTimeout(keepPresence, presenceGatherMs);
      const type = connected ? 'device.connected' : 'device.disconnected';
      const reading = { id: `${type}-${at}`, type, time: at, data: {} } as const;
      const message = { deviceId, topic: '', bytes: 0, readings: [reading], refused: [] };
      coming.push({ ...message, receivedAt: at, connected });
    },
    drain: async () => {
      keepPresence();
      while (running !== null) await running;
    },
  };
}

function interpret(
  dialects: readonly Dialect[],
  deviceId: string,
  topic: string,
  payload: Uint8Array,
): Interpretation {
  const uplink = parseUplink(topic);
  if (uplink === null || !isOwnTopic(deviceId, topic)) {
    return { readings: [], refused: [`Publish under vaka/v1/${deviceId}/ only.`] };
  }
  const dialect = dialects.find(({ speaks }) => speaks(uplink.rest));
  if (dialect === undefined) {
    return { readings: [], refused: [`Nothing here reads "${uplink.rest.slice(0, 64)}".`] };
  }
  return dialect.read(payload);
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (ms === 0) setImmediate(resolve);
  else setTimeout(resolve, ms);
  return promise;
}
