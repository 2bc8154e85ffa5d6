import type { SeriesQuestion } from '../domain/series/query.ts';

/** A span in which steps are equally long, so that a server needs to know nothing of time zones. */
export interface Stretch {
  from: number;
  to: number;
  /** Of a step; `from` begins one. */
  stepMs: number;
}

const lengths = { quarter: 900_000, hour: 3_600_000 } as const;

/** The steps of a span: days of 24 hours together, and those on which clocks change by themselves. */
export function stretchesOf(
  { from, to, timeZone }: Pick<SeriesQuestion, 'from' | 'to' | 'timeZone'>,
  step: 'quarter' | 'hour' | 'day',
): Stretch[] {
  if (from >= to) return [];
  if (step !== 'day') return [{ from, to, stepMs: lengths[step] }];
  const stretches: Stretch[] = [];
  let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  while (day.epochMilliseconds < to) {
    const next = day.toPlainDate().add({ days: 1 }).toZonedDateTime(timeZone);
    const stepMs = next.epochMilliseconds - day.epochMilliseconds;
    const end = Math.min(next.epochMilliseconds, to);
    const last = stretches.at(-1);
    if (last?.stepMs === stepMs) last.to = end;
    else stretches.push({ from: day.epochMilliseconds, to: end, stepMs });
    day = next;
  }
  return stretches;
}

/** How far after a whole number of steps since 1970 the first one begins, in milliseconds. */
export function offsetOf({ from, stepMs }: Stretch): number {
  return from % stepMs;
}
