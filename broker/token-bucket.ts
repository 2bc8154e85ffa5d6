import type { Rate } from './limits.ts';

/** Counts out what a rate allows; the caller gives the time, in milliseconds of any one clock. */
export class TokenBucket {
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(rate: Rate, now: number) {
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = now;
  }

  /** How long until a token is there, 0 when one is. */
  waitMs(now: number): number {
    if (this.#tokens < 1) this.#refill(now);
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1_000) / this.#rate.perSecond);
  }

  /** Takes a token; what was taken without waiting is not owed. */
  take(): void {
    this.#tokens = Math.max(0, this.#tokens - 1);
  }

  /** Takes a token if there is one. */
  tryTake(now: number): boolean {
    if (this.waitMs(now) > 0) return false;
    this.take();
    return true;
  }

  /** A full bucket remembers nothing, so it may be forgotten. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#rate.burst;
  }

  #refill(now: number): void {
    const refilled = this.#tokens + ((now - this.#at) * this.#rate.perSecond) / 1_000;
    this.#tokens = Math.min(this.#rate.burst, refilled);
    this.#at = now;
  }
}

/** One bucket per device or address; full ones are forgotten as the map grows. */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #buckets = new Map<string, TokenBucket>();
  #pruneAt = 1_024;

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  of(key: string, now: number): TokenBucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    if (this.#buckets.size >= this.#pruneAt) this.#prune(now);
    const bucket = new TokenBucket(this.#rate, now);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #prune(now: number): void {
    for (const [key, bucket] of this.#buckets) {
      if (bucket.isFull(now)) this.#buckets.delete(key);
    }
    this.#pruneAt = Math.max(1_024, this.#buckets.size * 2);
  }
}
