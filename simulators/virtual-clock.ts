/** Time in the homes: it runs `speed` times as fast as real time until it has caught up with it, and never past it. */
export interface VirtualClock {
  startAt: number;
  /** When, in real time, virtual time reaches `at`. */
  realTimeOf: (at: number) => number;
}

export function createVirtualClock(startAt: number, now: number, speed: number): VirtualClock {
  return { startAt, realTimeOf: (at) => Math.max(now + (at - startAt) / speed, at) };
}
