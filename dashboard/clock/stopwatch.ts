/** Tells how long it was since it was started. */
export interface Stopwatch {
  restart: () => void;
  elapsedMs: () => number;
}

/**
 * Takes the longer of two clocks: a monotonic one may stand still while a phone sleeps, and the
 * wall clock may be set back. Thinking a picture older than it is does no harm.
 */
export function createStopwatch(
  monotonic: () => number = () => performance.now(),
  wall: () => number = () => Date.now(),
): Stopwatch {
  let startedAt = { monotonic: monotonic(), wall: wall() };
  return {
    restart: () => {
      startedAt = { monotonic: monotonic(), wall: wall() };
    },
    elapsedMs: () => Math.max(monotonic() - startedAt.monotonic, wall() - startedAt.wall, 0),
  };
}
