import { addDays, instantOf, isDate, isTime, wallOf } from '../clock/zoned.ts';

const hourMs = 3_600_000;
const quarterMs = 15 * 60_000;

/** An end that one press chooses; `hours` from now, or null for the one that is planned. */
export interface UntilChoice {
  at: number;
  hours: number | null;
}

/** The last whole quarter within so many hours, so that no choice is longer than it says. */
export function choicesIn(hours: readonly number[], now: number): UntilChoice[] {
  return hours.map((count) => ({
    at: Math.floor((now + count * hourMs) / quarterMs) * quarterMs,
    hours: count,
  }));
}

const shiftHours = [2, 4, 8, 12];

/** What is planned first, if anything is; then lengths of time that differ from it by more than half an hour. */
export function dutyChoices(plannedAt: number | null, now: number): UntilChoice[] {
  if (plannedAt === null) return choicesIn(shiftHours, now).toReversed();
  const isOther = ({ at }: UntilChoice) => Math.abs(at - plannedAt) > 2 * quarterMs;
  return [{ at: plannedAt, hours: null }, ...choicesIn(shiftHours, now).filter(isOther)];
}

/** When the clock next shows this time of day; null for what is no time. "7.15" and "715" are understood. */
export function nextTime(typed: string, now: number, timeZone: string): number | null {
  const time = readTime(typed);
  if (time === null) return null;
  const { date } = wallOf(now, timeZone);
  return (
    [date, addDays(date, 1)].map((day) => instantOf(day, time, timeZone)).find((at) => at > now) ??
    null
  );
}

/** A time of a day further ahead; null for what is no day or no time, or has been. */
export function timeOn(date: string, typed: string, now: number, timeZone: string): number | null {
  const time = readTime(typed);
  if (time === null || !isDate(date.trim())) return null;
  const at = instantOf(date.trim(), time, timeZone);
  return at > now ? at : null;
}

function readTime(typed: string): string | null {
  const found = /^(\d{1,2})[:.]?(\d{2})$/.exec(typed.trim());
  const time = `${(found?.[1] ?? '').padStart(2, '0')}:${found?.[2] ?? ''}`;
  return isTime(time) ? time : null;
}
