import type { Store } from '../domain/store.ts';
import { sweepLateAfterMs } from '../domain/watch/host.ts';
import type { SignOfLife } from '../domain/watch/sign-of-life.ts';
import type { Metrics } from './metrics.ts';

export interface DeadManOptions {
  signOfLife: SignOfLife;
  store: Pick<Store, 'check'>;
  /** How long ago the sweep last came to its end, by a clock that nobody sets. */
  sweptAgoMs: () => number;
  /** What the watchdogs know to be wrong with us; null for nothing. */
  trouble: () => string | null;
  clock: () => number;
  metrics: Pick<Metrics, 'deadManAnswered'>;
  /** Told once when we begin to be unwell or cannot be heard, and why, and with null when that is over. */
  changed: (trouble: string | null) => void;
  everyMs?: number;
  /** How long to wait for an answer, and for the store. */
  timeoutMs?: number;
}

/**
 * Says every minute that we are well, and says nothing when we are not: then the outside service cries. It has a timer of
 * its own, for what it tells of is also the sweep.
 */
export interface DeadMan {
  start: () => void;
  stop: () => Promise<void>;
  /** Says it now, if it is time to and we are well. */
  run: () => Promise<void>;
}

const lookEveryMs = 5_000;
const triedAgainMs = 10_000;

export function createDeadMan(options: DeadManOptions): DeadMan {
  const { signOfLife, clock, everyMs = 60_000, timeoutMs = 10_000 } = options;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let nextAt = -Infinity;
  let calledAt = -Infinity;
  let trouble: string | null = null;

  async function findTrouble(): Promise<string | null> {
    if (options.sweptAgoMs() > sweepLateAfterMs) return 'the sweep is late';
    return options.trouble() ?? isStoreWritable();
  }

  /** A store that does not answer is as bad as one that refuses. */
  async function isStoreWritable(): Promise<string | null> {
    const { promise, resolve } = Promise.withResolvers<string>();
    const late = setTimeout(() => resolve('the store does not answer'), timeoutMs);
    const checked = options.store.check().then(
      () => null,
      () => 'the store cannot be written to',
    );
    const found = await Promise.race([checked, promise]);
    clearTimeout(late);
    return found;
  }

  async function tell(): Promise<void> {
    const found = (await findTrouble()) ?? (await give());
    nextAt = calledAt + (found === null ? everyMs : triedAgainMs);
    if (found !== trouble) options.changed(found);
    trouble = found;
  }

  async function give(): Promise<string | null> {
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]);
    const found = await signOfLife.give(signal);
    if (found === null) options.metrics.deadManAnswered.set(clock() / 1_000);
    return found;
  }

  async function run(): Promise<void> {
    const at = clock();
    // A clock that was set back must not make us silent.
    if (running !== null || stopping.signal.aborted || (at >= calledAt && at < nextAt)) return;
    calledAt = at;
    running = tell().finally(() => {
      running = null;
    });
    await running;
  }

  return {
    run,
    start: () => {
      timer = setInterval(() => void run(), lookEveryMs);
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
