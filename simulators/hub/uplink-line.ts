import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Line } from '../line.ts';
import type { Log, Stats } from '../stats.ts';

export interface UplinkLineOptions {
  /** The gateway's own address, such as `http://127.0.0.1:8080`. */
  httpUrl: string;
  hub: { id: string; secret: string };
  stats: Stats;
  log: Log;
}

interface Message {
  url: string;
  body: string | Uint8Array<ArrayBuffer>;
  done: () => void;
}

const attemptsAtMost = 8;
const retryAfterMs = 250;
const retryAtMostMs = 5_000;
const answersWithinMs = 10_000;

/**
 * A network server's way to the gateway: one request at a time, sent again until it is acknowledged, eight times at the
 * most. What is answered as wrong (4xx) would be wrong again, and is given up at once.
 */
export class UplinkLine implements Line {
  readonly #options: UplinkLineOptions;
  readonly #waiting: Message[] = [];
  readonly #closing = new AbortController();
  #isUp = false;
  #sending: Promise<void> | undefined;
  #idle: PromiseWithResolvers<void> | undefined;

  constructor(options: UplinkLineOptions) {
    this.#options = options;
  }

  get pending(): number {
    return this.#waiting.length;
  }

  up(): void {
    if (this.#isUp || this.#closing.signal.aborted) return;
    this.#isUp = true;
    this.#pump();
  }

  down(): void {
    this.#isUp = false;
  }

  freeze(): void {
    this.down();
  }

  thaw(): void {
    this.up();
  }

  send(topic: string, payload: string | Uint8Array): Promise<void> {
    if (this.#closing.signal.aborted) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const body = typeof payload === 'string' ? payload : Uint8Array.from(payload);
    this.#options.stats.sent += 1;
    this.#waiting.push({ url: this.#urlOf(topic), body, done: resolve });
    this.#pump();
    return promise;
  }

  whenIdle(): Promise<void> {
    if (this.#waiting.length === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers<void>();
    return this.#idle.promise;
  }

  async close(): Promise<void> {
    this.#isUp = false;
    this.#closing.abort();
    await this.#sending;
    for (const message of this.#waiting.slice()) this.#finish(message, 'givenUp');
  }

  /** @throws Error for a topic that has no way by HTTP. */
  #urlOf(topic: string): string {
    const [, dialect, event] = /^.+\/(chirpstack)\/event\/([a-z]+)$/.exec(topic) ?? [];
    if (dialect === undefined || event === undefined) {
      throw new Error(`There is no way by HTTP for "${topic}".`);
    }
    return `${this.#options.httpUrl.replace(/\/$/, '')}/api/v1/uplinks/${dialect}?event=${event}`;
  }

  #pump(): void {
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
      if (this.#isUp && this.#waiting.length > 0) this.#pump();
    });
  }

  async #sendAll(): Promise<void> {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      if (!this.#isUp) return;
      const outcome = await this.#deliver(next);
      if (outcome === 'not-sent') return;
      this.#finish(next, outcome);
    }
  }

  async #deliver(message: Message): Promise<'acknowledged' | 'givenUp' | 'not-sent'> {
    const { stats, log, hub } = this.#options;
    for (let attempt = 0; attempt < attemptsAtMost; attempt += 1) {
      if (!this.#isUp) return 'not-sent';
      if (attempt > 0) stats.repeated += 1;
      const status = await this.#post(message);
      if (status >= 200 && status < 300) return 'acknowledged';
      if (status >= 400 && status < 500 && status !== 429) {
        stats.refused += 1;
        log('A message was refused.', { deviceId: hub.id, reason: status });
        return 'givenUp';
      }
      const wait = Math.min(retryAtMostMs, retryAfterMs * 2 ** attempt);
      await sleep(wait, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    }
    log('A message was given up.', { deviceId: hub.id, attempts: attemptsAtMost });
    return 'givenUp';
  }

  /** How it was answered; 0: not at all. */
  async #post({ url, body }: Message): Promise<number> {
    const { hub, stats, log } = this.#options;
    const claim = Buffer.from(`${hub.id}:${hub.secret}`).toString('base64');
    const signal = AbortSignal.any([this.#closing.signal, AbortSignal.timeout(answersWithinMs)]);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Basic ${claim}`, 'content-type': 'application/json' },
        body,
        signal,
      });
      const text = await response.text();
      if (response.status === 202) {
        stats.refused += 1;
        log('A message was refused.', { deviceId: hub.id, reason: text });
      }
      return response.status;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.#closing.signal.aborted)
        log('The connection failed.', { deviceId: hub.id, reason });
      return 0;
    }
  }

  #finish(message: Message, outcome: 'acknowledged' | 'givenUp'): void {
    this.#waiting.splice(this.#waiting.indexOf(message), 1);
    this.#options.stats[outcome] += 1;
    message.done();
    if (this.#waiting.length > 0) return;
    this.#idle?.resolve();
    this.#idle = undefined;
  }
}
