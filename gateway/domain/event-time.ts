/** How far ahead of ours a device's clock may be before we stop believing it. */
export const futureToleranceMs = 5 * 60_000;
/** How old a backlog may be; beyond that the device has lost its clock. */
export const pastToleranceMs = 31 * 24 * 3_600_000;

export interface JudgedTime {
  at: number;
  /**
   * How far the device's clock is from ours, where that shows: an event cannot come from the future, but it may have been
   * kept for long. Null when the device told no time.
   */
  skewMs: number | null;
}

/** Believes a device's clock within limits, so that a backlog keeps its times and a broken clock hurts nobody. */
export function judgeTime(time: number | null, receivedAt: number): JudgedTime {
  if (time === null) return { at: receivedAt, skewMs: null };
  const ahead = time - receivedAt;
  if (ahead > futureToleranceMs || ahead < -pastToleranceMs)
    return { at: receivedAt, skewMs: ahead };
  return { at: Math.min(time, receivedAt), skewMs: Math.max(0, ahead) };
}
