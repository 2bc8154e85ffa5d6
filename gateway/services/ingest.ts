import { randomBytes } from 'node:crypto';

import type { Dialect } from '../domain/dialect.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { Hub } from '../domain/hub.ts';
import type { Rulebook } from '../domain/rulebook.ts';
import type { Store } from '../domain/store.ts';
import { createDialectMemory } from './dialect-memory.ts';
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
  /** Told of what could not be read, or not be kept as a whole batch, and how many messages could not be kept alone. */
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
   * Rejects when it could not be stored: then it must not be acknowledged. `isRepeat` says that the link has tried to
   * send it before.
   */
  accept: (
    deviceId: string,
    topic: string,
    payload: Uint8Array,
    isRepeat?: boolean,
  ) => Promise<{ refused: string | null }>;
  /** A device came or went. */
  presence: (presence: { deviceId: string; connected: boolean; at: number }) => void;
  /** Resolves when everything that was accepted before is stored. */
  drain: () => Promise<void>;
}

interface Waiting {
  message: Message;
  kept: (refused: string | null) => void;
  lost: (error: unknown) => void;
}

/**
 * Gathers messages into one transaction: at once when little comes, and under load whatever came during the last one.
 * The order of arrival is kept. A full batch costs half as much a message as one of 256: most of a commit is its pages.
 */
export function createIngest(options: IngestOptions): Ingest {
  const { clock, metrics, gatherMs = 1, batchLimit = 1_024 } = options;
  const memory = createDialectMemory(options.store.memories);
  const life = randomBytes(4).toString('base64url');
  let marked = 0;
  const nextMark = () => `${life}${(marked += 1).toString(36)}`;
  const stumbled = (error: Error) => options.failed(error, 0);
  const work = { ...options, memory, nextMark, stumbled };
  let coming: Message[] = [];
  let presenceTimer: NodeJS.Timeout | null = null;
  let waiting: Waiting[] = [];
  let running: Promise<void> | null = null;
  let lastEnd = -Infinity;

  function add(message: Message): Promise<string | null> {
    const { promise, resolve, reject } = Promise.withResolvers<string | null>();
    waiting.push({ message, kept: resolve, lost: reject });
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
      const refusals = await evaluateBatch(
        work,
        batch.map(({ message }) => message),
      );
      for (const [index, { kept }] of batch.entries()) kept(refusals[index] ?? null);
    } catch (error) {
      await keepOneByOne(batch, error);
    }
    metrics.batchEvents.observe(batch.length);
    metrics.commitSeconds.observe((performance.now() - began) / 1000);
  }

  /** One message that cannot be evaluated must not take its neighbours with it. */
  async function keepOneByOne(batch: readonly Waiting[], error: unknown): Promise<void> {
    let lost = 0;
    for (const { message, ...waits } of batch) {
      try {
        const [refusal = null] = await evaluateBatch(work, [message]);
        waits.kept(refusal);
      } catch (alone) {
        lost += 1;
        waits.lost(alone);
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
    accept: async (deviceId, topic, payload, isRepeat = false) => {
      const receivedAt = clock();
      const message = {
        kind: 'published',
        deviceId,
        topic,
        payload,
        isRepeat,
        receivedAt,
      } as const;
      return { refused: await add(message) };
    },
    presence: ({ deviceId, connected, at }) => {
      presenceTimer ??= setTimeout(keepPresence, presenceGatherMs);
      coming.push({ kind: 'presence', deviceId, connected, receivedAt: at });
    },
    drain: async () => {
      keepPresence();
      while (running !== null) await running;
    },
  };
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (ms === 0) setImmediate(resolve);
  else setTimeout(resolve, ms);
  return promise;
}
