/** Milliseconds of the machine's one monotonic clock, the same in every process. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Epoch milliseconds that never jump; processes that are given the same `offset` agree to the microsecond. */
export function clockWith(offset: number): () => number {
  return () => offset + monotonicMs();
}

export function epochOffset(): number {
  return Date.now() - monotonicMs();
}
