import { setImmediate as giveWay } from 'node:timers/promises';

/** How long one piece of work may have the thread. */
const heldMs = 15;

/**
 * To be awaited between the pieces of long work: lets those that wait for this thread, such as an alert, go before once it
 * has been held for some milliseconds.
 */
export function takeBreaths(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < heldMs) return;
    await giveWay();
    since = performance.now();
  };
}
