import { setTimeout as sleep } from 'node:timers/promises';

const longestSleepMs = 60_000;

/** Waits until the clock shows it, or the signal is given. */
export async function until(at: number, clock: () => number, signal: AbortSignal): Promise<void> {
  for (let left = at - clock(); left > 0 && !signal.aborted; left = at - clock()) {
    await sleep(Math.min(left, longestSleepMs), undefined, { signal }).catch(() => undefined);
  }
}
