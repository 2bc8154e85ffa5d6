import { z } from 'zod';

/** A battery that falls evenly: how full it was at some time, and what it loses a day. */
export const Battery = z.object({
  percent: z.number().min(0).max(100),
  /** Epoch milliseconds. */
  at: z.number(),
  percentPerDay: z.number().min(0),
});
export type Battery = z.infer<typeof Battery>;

const dayMs = 24 * 3_600_000;

/** How many percent are left at that time, without rounding. */
export function levelAt({ percent, at, percentPerDay }: Battery, time: number): number {
  return Math.max(0, percent - (percentPerDay * (time - at)) / dayMs);
}
