import { Worker } from 'node:worker_threads';

import type { SinkName } from './domain/series/sink.ts';
import type { LeftBehind, SinkStatus } from './domain/series/telemetry.ts';
import type {
  FromTelemetryWorker,
  Removed,
  TelemetryWorkerData,
  ToTelemetryWorker,
} from './telemetry-worker.ts';

const tickMs = 1_000;
/** A server that does not answer is not waited for. */
const endsWithinMs = 2_000;
const longestRestMs = 5 * 60_000;

export interface TelemetryThreadOptions extends Omit<TelemetryWorkerData, 'at'> {
  clock: () => number;
  told: (status: SinkStatus) => void;
  leftBehind: (leftBehind: readonly LeftBehind[]) => void;
  removed: (removed: Removed) => void;
  failed: (error: unknown) => void;
  /** History is in no hurry, and a gateway that starts is. */
  startAfterMs?: number;
  /** Before it is started again for the first time; doubles, up to five minutes. */
  restAfterMs?: number;
}

/** Writes history in a thread of its own, so that no alert ever waits for it. */
export interface TelemetryThread {
  start: () => void;
  /** Resolves when all that is in the logs now is written; rejects where it cannot be. */
  settle: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A thread that breaks off is started again, after a rest that grows; until then its sinks wait. */
export function createTelemetryThread(options: TelemetryThreadOptions): TelemetryThread {
  const {
    clock,
    told,
    leftBehind,
    removed,
    failed,
    startAfterMs = 2_000,
    restAfterMs = 5_000,
    ...data
  } = options;
  const latest = new Map<SinkName, SinkStatus>();
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | null = null;
  let ticking: NodeJS.Timeout | null = null;
  let isStopping = false;
  let restMs = restAfterMs;
  let asked = 0;

  const say = (message: ToTelemetryWorker) => worker?.postMessage(message);

  function run(): void {
    timer = null;
    const workerData: TelemetryWorkerData = { ...data, at: clock() };
    const url = new URL('./telemetry-worker.ts', import.meta.url);
    const started = new Worker(url, { workerData, name: 'telemetry' });
    worker = started;
    ticking ??= setInterval(() => say({ type: 'time', at: clock() }), tickMs).unref();
    let trouble: unknown = new Error('The thread that writes history ended.');
    started.on('message', hear);
    started.on('error', (error) => (trouble = error));
    started.on('exit', () => {
      worker = null;
      for (const { reject } of waiting.values()) reject(trouble);
      waiting.clear();
      if (!isStopping) rest(trouble);
    });
  }

  function hear(message: FromTelemetryWorker): void {
    switch (message.type) {
      case 'status':
        restMs = restAfterMs;
        tell(message.status);
        return;
      case 'settled': {
        const asking = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.trouble === null) asking?.resolve();
        else asking?.reject(new Error(message.trouble));
        return;
      }
      case 'left-behind':
        leftBehind(message.leftBehind);
        return;
      case 'failed':
        failed(message.error);
        return;
      case 'removed':
        removed(message.removed);
    }
  }

  function tell(status: SinkStatus): void {
    latest.set(status.name, status);
    told(status);
  }

  function rest(trouble: unknown): void {
    failed(trouble);
    const at = clock();
    for (const name of data.config.sinks) tell(brokenOff(name, latest.get(name), at));
    timer = setTimeout(run, restMs).unref();
    restMs = Math.min(longestRestMs, restMs * 2);
  }

  return {
    start: () => {
      timer = setTimeout(run, startAfterMs).unref();
    },
    settle: () => {
      if (isStopping) return Promise.reject(new Error('The gateway is stopping.'));
      if (timer !== null) clearTimeout(timer);
      if (worker === null) run();
      asked += 1;
      const asking = Promise.withResolvers<void>();
      waiting.set(asked, asking);
      say({ type: 'time', at: clock() });
      say({ type: 'settle', id: asked });
      return asking.promise;
    },
    stop: async () => {
      isStopping = true;
      if (timer !== null) clearTimeout(timer);
      if (ticking !== null) clearInterval(ticking);
      const ending = worker;
      if (ending === null) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      ending.once('exit', () => resolve());
      say({ type: 'stop' });
      // Whatever it is in the middle of may be broken off: it is done again from the cursor.
      const patience = setTimeout(() => void ending.terminate(), endsWithinMs);
      await promise;
      clearTimeout(patience);
    },
  };
}

/** Waits since before, however often it breaks off. */
function brokenOff(name: SinkName, before: SinkStatus | undefined, at: number): SinkStatus {
  return {
    name,
    state: 'waiting',
    waitingSince: before?.waitingSince ?? at,
    written: before?.written ?? 0,
    refused: before?.refused ?? 0,
    trouble: {
      reason: 'The thread that writes history broke off; see the log.',
      since: before?.trouble?.since ?? at,
    },
  };
}
