import { type Hours, weekdays } from '../../protocol/rule/during.ts';

export interface Window {
  from: number;
  to: number;
}

/** More days than lie between two windows of one weekday. */
const daysAhead = 9;

/**
 * The instant at which a wall clock shows this time. A time that comes twice is the first of the two for a beginning and
 * the second for an end; one that never comes is the moment at which the clocks are put forward.
 */
function instantOf(
  date: Temporal.PlainDate,
  time: string,
  timeZone: string,
  edge: 'from' | 'to',
): number {
  const plain = date.toPlainDateTime(Temporal.PlainTime.from(time));
  const disambiguation = edge === 'from' ? 'earlier' : 'later';
  const zoned = plain.toZonedDateTime(timeZone, { disambiguation });
  if (zoned.toPlainDateTime().equals(plain)) return zoned.epochMilliseconds;
  const before = plain.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  return before.getTimeZoneTransition('next')?.epochMilliseconds ?? zoned.epochMilliseconds;
}

function beginsOn(during: Hours, date: Temporal.PlainDate): boolean {
  if (during.days === undefined) return true;
  const day = weekdays[date.dayOfWeek - 1];
  return day !== undefined && during.days.includes(day);
}

function windowOf(during: Hours, date: Temporal.PlainDate, timeZone: string): Window {
  const lastDate = during.to <= during.from ? date.add({ days: 1 }) : date;
  return {
    from: instantOf(date, during.from, timeZone, 'from'),
    to: instantOf(lastDate, during.to, timeZone, 'to'),
  };
}

/** The windows that end after `at`, soonest first; enough of them to meet every weekday once. */
export function windowsFrom(during: Hours, at: number, timeZone: string): Window[] {
  const today = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate();
  return Array.from({ length: daysAhead }, (_, index) => today.add({ days: index - 1 }))
    .filter((date) => beginsOn(during, date))
    .map((date) => windowOf(during, date, timeZone))
    .filter((window) => window.to > at && window.to > window.from);
}

interface Stretch {
  /** From here to `next.from` no window is open. */
  since: number;
  next: Window;
}

/** The stretches of time that were last asked about, newest first, for each window and time zone. */
const stretches = new WeakMap<Hours, Map<string, readonly Stretch[]>>();
/** Now, and the edges to which a plan looks ahead. */
const stretchesKept = 4;

function stretchAt(during: Hours, at: number, timeZone: string): Stretch | null {
  const known = stretches.get(during) ?? new Map<string, readonly Stretch[]>();
  stretches.set(during, known);
  const recent = known.get(timeZone) ?? [];
  const same = recent.find(({ since, next }) => since <= at && at < next.to);
  if (same !== undefined) return same;
  const next = windowsFrom(during, at, timeZone)[0];
  if (next === undefined) return null;
  const stretch = { since: Math.min(at, next.from), next };
  known.set(timeZone, [stretch, ...recent.slice(0, stretchesKept - 1)]);
  return stretch;
}

/** Judged by the wall clock, so that a night is a night on both days when the clocks change. */
export function isDuring(during: Hours, at: number, timeZone: string): boolean {
  const stretch = stretchAt(during, at, timeZone);
  return stretch !== null && stretch.next.from <= at;
}

/** When the next window opens after `at`, at which none is open; null if none ever does. */
export function nextOpening(during: Hours, at: number, timeZone: string): number | null {
  return stretchAt(during, at, timeZone)?.next.from ?? null;
}

/** Whether a window is open at `at`, and when that changes; null if no window ever opens. */
export function hoursAt(
  during: Hours,
  at: number,
  timeZone: string,
): { isOpen: boolean; changesAt: number } | null {
  const stretch = stretchAt(during, at, timeZone);
  if (stretch === null) return null;
  const { from, to } = stretch.next;
  return from <= at ? { isOpen: true, changesAt: to } : { isOpen: false, changesAt: from };
}

/** The instant of a wall clock's date and time, as at the edge of a window. */
export function wallInstant(dateTime: string, timeZone: string, edge: 'from' | 'to'): number {
  const plain = Temporal.PlainDateTime.from(dateTime);
  return instantOf(plain.toPlainDate(), plain.toPlainTime().toString(), timeZone, edge);
}
