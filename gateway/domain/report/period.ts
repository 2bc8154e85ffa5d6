import { AppError } from '../errors.ts';
import type { Span } from '../history.ts';

const longest = { years: 1 };

/**
 * Whole days of the wall clock, both included, of 23, 24 or 25 hours each.
 * @throws AppError `invalid` for more than a year and a day.
 */
export function periodOf({ from, to }: { from: string; to: string }, timeZone: string): Span {
  const first = Temporal.PlainDate.from(from);
  const last = Temporal.PlainDate.from(to);
  if (Temporal.PlainDate.compare(last, first.add(longest)) > 0)
    throw new AppError('invalid', 'Choose a year and a day at the most.');
  return { from: midnight(first, timeZone), to: midnight(last.add({ days: 1 }), timeZone) };
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
    const date = Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(timeZone)
      .toPlainDate();
    const end = Math.min(to, midnight(next(date), timeZone));
    parts.push({ from: at, to: end });
    at = end;
  }
  return parts;
}

function midnight(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
