const tolerableMs = 1_000;

/** Tells the gateway's time on a device whose own clock may be wrong. */
export interface GatewayClock {
  now: () => number;
  /** Learns from an instant the gateway said just now. */
  set: (at: number) => void;
}

/** Small differences are the network's, and following them would make ages jump. */
export function createGatewayClock(ownNow: () => number): GatewayClock {
  let offsetMs = 0;
  return {
    now: () => ownNow() + offsetMs,
    set: (at) => {
      const measured = at - ownNow();
      if (Math.abs(measured - offsetMs) > tolerableMs) offsetMs = measured;
    },
  };
}
