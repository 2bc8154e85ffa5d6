import type { Days } from '../../protocol/report/period.ts';
import type { Span } from '../history.ts';

/** Whole days of the wall clock, both included, of 23, 24 or 25 hours each. */
export function periodOf({ from, to }: Days, timeZone: string): Span {
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(to);
  return { from: midnight(first, timeZone), to: midnight(last.add({ days: 1 }), timeZone) };
}

/** Whether it is of whole calendar months. */
export function isWholeMonths({ from, to }: Span, timeZone: string): boolean {
  return [from, to].every((edge) => dateAt(edge, timeZone).day === 1);
}

/** The days of a stretch of time, each as far as it lies within it. */
export function daysOf(span: Span, timeZone: string): Span[] {
  return cut(span, timeZone, (date) => date.add({ days: 1 }));
}

/** Its weeks from Monday to Monday; the first and the last may be part of one. */
export function weeksOf(span: Span, timeZone: string): Span[] {
  return cut(span, timeZone, (date) => date.add({ days: 8 - date.dayOfWeek }));
}

function cut(
  { from, to }: Span,
  timeZone: string,
  next: (date: Temporal.PlainDate) => Temporal.PlainDate,
): Span[] {
  const parts: Span[] = [];
  let at = from;
  while (at < to) {
    const end = Math.min(to, midnight(next(dateAt(at, timeZone)), timeZone));
    parts.push({ from: at, to: end });
    at = end;
  }
  return parts;
}

function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
