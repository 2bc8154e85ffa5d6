/** What a wall clock shows: `2026-10-25` and `02:30`. */
export interface WallTime {
  date: string;
  time: string;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  // Swedish dates are ISO dates.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** Of years with four digits. */
export function wallOf(at: number, timeZone: string): WallTime {
  const [date = '', time = ''] = formatOf(timeZone).format(at).split(' ');
  return { date, time };
}

function asUtc(date: string, time: string): number {
  return Date.parse(`${date}T${time}:00Z`);
}

/** How far the wall clock is ahead of UTC. */
function offsetAt(at: number, timeZone: string): number {
  const { date, time } = wallOf(at, timeZone);
  return asUtc(date, time) - Math.floor(at / minuteMs) * minuteMs;
}

/**
 * When a wall clock shows this. A time that comes twice is the first of the two, or the second where `edge` is an end;
 * one that never comes is as much later as the clocks are put forward. NaN for what is no date or time.
 */
export function instantOf(
  date: string,
  time: string,
  timeZone: string,
  edge: 'from' | 'to' = 'from',
): number {
  const utc = asUtc(date, time);
  if (Number.isNaN(utc)) return utc;
  const candidates = [utc - dayMs, utc + dayMs]
    .map((near) => utc - offsetAt(near, timeZone))
    .toSorted((a, b) => a - b);
  const shown = candidates.filter((at) => {
    const wall = wallOf(at, timeZone);
    return wall.date === date && wall.time === time;
  });
  return (edge === 'from' ? shown[0] : shown.at(-1)) ?? candidates.at(-1) ?? utc;
}

export function addDays(date: string, days: number): string {
  return new Date(asUtc(date, '00:00') + days * dayMs).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((asUtc(to, '00:00') - asUtc(from, '00:00')) / dayMs);
}

/** From 0, Monday, to 6. */
export function weekdayIndex(date: string): number {
  return (new Date(asUtc(date, '00:00')).getUTCDay() + 6) % 7;
}

export function mondayOf(date: string): string {
  return addDays(date, -weekdayIndex(date));
}

/** A real day of the calendar, written as `2026-10-25`. */
export function isDate(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? asUtc(text, '00:00') : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

export function isTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
}

/** One day of a place: 23 or 25 hours long when the clocks are set. */
export interface ZonedDay {
  date: string;
  from: number;
  to: number;
}

export function dayOf(date: string, timeZone: string): ZonedDay {
  return {
    date,
    from: instantOf(date, '00:00', timeZone),
    to: instantOf(addDays(date, 1), '00:00', timeZone),
  };
}

export function weekOf(monday: string, timeZone: string): ZonedDay[] {
  return Array.from({ length: 7 }, (_, index) => dayOf(addDays(monday, index), timeZone));
}

/** A whole hour of the wall clock, and where it is. */
export interface HourMark {
  at: number;
  hour: number;
  /** The second time that the clock shows it. */
  isAgain: boolean;
}

export function hourMarks({ from, to }: ZonedDay, timeZone: string): HourMark[] {
  const marks: HourMark[] = [];
  for (let at = from; at < to; at += hourMs) {
    const hour = Number(wallOf(at, timeZone).time.slice(0, 2));
    marks.push({ at, hour, isAgain: marks.some((mark) => mark.hour === hour) });
  }
  return marks;
}

/** How many hours more or less than 24 a day has. */
export function hoursTooMany({ from, to }: ZonedDay): number {
  return (to - from) / hourMs - 24;
}

/** What lies within a day, as shares of it from 0 to 1; null when nothing does. */
export function shareWithin(
  day: ZonedDay,
  { from, to }: { from: number; to: number },
): { start: number; end: number; isCutBefore: boolean; isCutAfter: boolean } | null {
  if (to <= day.from || from >= day.to) return null;
  const length = day.to - day.from;
  return {
    start: Math.max(0, (from - day.from) / length),
    end: Math.min(1, (to - day.from) / length),
    isCutBefore: from < day.from,
    isCutAfter: to > day.to,
  };
}
