import type { MeasurementName, TagName } from '../../protocol/series/measurement.ts';

/** A measured fact for a time-series store. Measurement, tags, `at` and `seq` tell it apart: writing it again changes nothing. */
export interface Point {
  measurement: MeasurementName;
  /** Never empty texts. */
  tags: Readonly<Partial<Record<TagName, string>>>;
  /** At least one; finite, and among those of the measurement. Written again with other fields, it has both. */
  fields: Readonly<Record<string, number>>;
  /** Event time, in epoch milliseconds. */
  at: number;
  /**
   * Tells two points of the same series within a millisecond apart: where the fact stands in its log, or 0 for what there
   * is one of. Written as nanoseconds, `at * 1e6 + seq % 1e6`, where the store has them.
   */
  seq: number;
  /** By which clock its days begin. */
  timeZone: string;
}
