import { addDays, daysBetween, instantOf, wallOf } from '../clock/zoned.ts';

/** A label nearer to the end than this would be cut by the edge. */
const endShare = 0.03;
const everyDays = [1, 2, 7, 14, 28, 56, 112];
const everyHours = [1, 2, 3, 6, 12];

/** Midnights of a place between two instants, or hours where there is room for them: at most so many. */
export function timeTicks(from: number, to: number, timeZone: string, most: number): number[] {
  const first = wallOf(from, timeZone).date;
  const end = to - (to - from) * endShare;
  const days = daysBetween(first, wallOf(end, timeZone).date) + 1;
  const hours = everyHours.find((every) => (days * 24) / every <= most);
  const step = everyDays.find((every) => days / every <= most) ?? 365;
  const midnights = Array.from({ length: Math.ceil(days / step) + 1 }, (_, index) =>
    addDays(first, index * step),
  );
  const times =
    hours === undefined
      ? ['00:00']
      : Array.from(
          { length: 24 / hours },
          (_, index) => `${String(index * hours).padStart(2, '0')}:00`,
        );
  return midnights
    .flatMap((date) => times.map((time) => instantOf(date, time, timeZone)))
    .filter((at) => at >= from && at <= end);
}
