import { setImmediate } from 'node:timers/promises';

import type { TelemetryFile } from './telemetry-file.ts';

const stepMs = 50;

/**
 * Does the work on one item after another until it says that it is done with it, in transactions of about 50 ms, so that
 * nobody else waits long.
 */
export async function inBoundedSteps<T>(
  file: TelemetryFile,
  items: Iterable<T>,
  work: (item: T) => 'done' | 'more',
): Promise<void> {
  const waiting = [...items].reverse();
  while (waiting.length > 0) {
    file.transaction(() => {
      const until = performance.now() + stepMs;
      for (let item = waiting.at(-1); item !== undefined; item = waiting.at(-1)) {
        if (work(item) === 'done') waiting.pop();
        if (performance.now() >= until) return;
      }
    });
    await setImmediate();
  }
}
