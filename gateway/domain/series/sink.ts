import type { Point } from './point.ts';

export const sinkNames = ['embedded', 'influx-1', 'influx-2'] as const;
export type SinkName = (typeof sinkNames)[number];

/** A point that the store will never take, whatever the hour. */
export interface Refusal {
  point: Point;
  reason: string;
}

export type Writing =
  /** All but the refused are durable. */
  | { kind: 'written'; refused: readonly Refusal[] }
  /** Nothing is known to be: the whole is to be written again, no sooner than `afterMs` if the store said so. */
  | { kind: 'later'; reason: string; afterMs: number | null };

/** A time-series store that is written to. It keeps nothing back, retries nothing and drops nothing of itself. */
export interface TelemetrySink {
  readonly name: SinkName;
  /**
   * Writes all points; those it has already stay as they are. What is wrong with one point never keeps another out. `isAnew`:
   * they are whole hours of a home that has been erased, and may be older than what is taken otherwise; those that
   * the store keeps no longer are left out, for it had them.
   */
  write: (points: readonly Point[], isAnew?: boolean) => Promise<Writing>;
  /** Removes everything with this tag `home`; answers why it could not be done yet, or null once it is done. */
  eraseHome: (homeId: string) => Promise<string | null>;
  /** To be called before all from `from` on is written anew; `from` is the beginning of an hour. */
  prepareBackfill: (from: number) => Promise<void>;
  close: () => Promise<void>;
}
