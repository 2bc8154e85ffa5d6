import { z } from 'zod';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });

export const SeriesStep = z.enum(['raw', 'quarter', 'hour', 'day']);
export type SeriesStep = z.infer<typeof SeriesStep>;

/** What fell within one step of a series; `at` is where the step begins, for `raw` when it was measured. */
export const SeriesPoint = z.object({
  at: instant,
  count: z.number().int(),
  mean: z.number(),
  min: z.number(),
  max: z.number(),
  sum: z.number(),
  last: z.number(),
});
export type SeriesPoint = z.infer<typeof SeriesPoint>;

/** Steps without anything are left out; oldest first. */
export const Series = z
  .object({
    measurement: z.string(),
    field: z.string(),
    unit: z.string(),
    tags: z.record(z.string(), z.string()),
    points: z.array(SeriesPoint),
  })
  .meta({ id: 'Series' });
export type Series = z.infer<typeof Series>;

/** A straight line through the latest weeks; null where it would say nothing. */
export const Forecast = z.object({
  /** Change in a day, in the unit of the series. */
  perDay: z.number(),
  /** When the limit is reached, if it goes on; null: not within a year, or there is none. */
  limitAt: instant.nullable(),
  limit: z.number().nullable(),
});
export type Forecast = z.infer<typeof Forecast>;

const day = z.iso.date().meta({ description: 'A day of the wall clock, such as 2026-11-22.' });

/** GET /devices/{id}/trends and /homes/{id}/climate: from the first day to the last, both included. */
export const TrendQuery = z
  .object({ from: day, to: day })
  .refine(({ from, to }) => from <= to, 'It must not end before it begins.');
export type TrendQuery = z.infer<typeof TrendQuery>;

export const Trend = Series.extend({
  /** Null for those whose series belong to no single device. */
  device: z
    .object({ id: z.string(), name: z.string(), placement: z.string().nullable() })
    .nullable(),
  forecast: Forecast.nullable(),
}).meta({ id: 'Trend' });
export type Trend = z.infer<typeof Trend>;

export const TrendList = z
  .object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    step: SeriesStep,
    trends: z.array(Trend),
    /** Whether something is left out because nobody has consented to statistics. */
    isWithheld: z.boolean(),
  })
  .meta({ id: 'TrendList' });
export type TrendList = z.infer<typeof TrendList>;

/** GET /telemetry: how the writing of history goes. */
export const TelemetryStatus = z
  .object({
    /** Which one answers questions about the past. */
    asked: z.string(),
    sinks: z.array(
      z.object({
        name: z.string(),
        state: z.enum(['up-to-date', 'catching-up', 'waiting']),
        /** How long the oldest line of the log has waited to be written; 0: none waits. */
        lagMs: z.number(),
        /** Points written since the start. */
        written: z.number(),
        refused: z.number(),
        /** Why the last attempt failed; null: it did not. */
        trouble: z.string().nullable(),
        since: instant.nullable(),
      }),
    ),
    /** Stores that are not written to any more, where homes that have withdrawn consent are still to be erased. */
    leftBehind: z.array(z.object({ name: z.string(), homes: z.number().int() })),
  })
  .meta({ id: 'TelemetryStatus' });
export type TelemetryStatus = z.infer<typeof TelemetryStatus>;

/** GET /telemetry/refused: points that a sink will never take. */
export const RefusedPoint = z
  .object({
    sink: z.string(),
    at: instant,
    measurement: z.string(),
    tags: z.record(z.string(), z.string()),
    reason: z.string(),
    refusedAt: instant,
  })
  .meta({ id: 'RefusedPoint' });
export type RefusedPoint = z.infer<typeof RefusedPoint>;
export const RefusedPage = z
  .object({ items: z.array(RefusedPoint), next: z.string().nullable() })
  .meta({ id: 'RefusedPage' });
export type RefusedPage = z.infer<typeof RefusedPage>;
