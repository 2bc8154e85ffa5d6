import { quantile } from './quantile.ts';

export interface Latencies {
  p50: number;
  p99: number;
  samples: number;
  /** Calls that no measuring screen was told of. */
  missing: number;
}

/** From the socket being given an event until a screen has the frame that tells of it, in milliseconds. */
export function latenciesOf(
  sent: ReadonlyMap<string, number>,
  told: ReadonlyMap<string, readonly number[]>,
): Latencies {
  const latencies: number[] = [];
  let missing = 0;
  for (const [eventId, sentAt] of sent) {
    const times = told.get(eventId);
    if (times === undefined) missing += 1;
    else for (const at of times) latencies.push(at - sentAt);
  }
  return {
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    samples: latencies.length,
    missing,
  };
}
