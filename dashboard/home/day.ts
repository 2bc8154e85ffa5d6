import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Activity } from '../../gateway/protocol/api.ts';
import { wallClock } from '../clock/exact.ts';

/** A whole hour of the wall clock within the strip, and how far into it, from 0 to 1. */
export interface Tick {
  share: number;
  hour: number;
}

/** What happened in one hour of the wall clock. */
export interface Hour {
  startAt: number;
  hour: number;
  counts: number[];
  alerts: AlertView[];
}

export function bucketCount({ lanes }: Activity): number {
  return Math.max(0, ...lanes.map(({ counts }) => counts.length));
}

/** The hours of the home's own clock, found quarter by quarter, so that a night when the clock is set is right too. */
export function ticksOf(activity: Activity, timeZone: string, everyHours: number): Tick[] {
  const count = bucketCount(activity);
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const { hour, minute } = wallClock(activity.from + index * activity.bucketMs, timeZone);
    return minute === 0 && hour % everyHours === 0 ? [{ share: index / count, hour }] : [];
  });
}

/** Where an instant is in the strip, from 0 to 1; null when outside. */
export function shareOf(at: number, activity: Activity): number | null {
  const length = bucketCount(activity) * activity.bucketMs;
  const share = (at - activity.from) / length;
  return length > 0 && share >= 0 && share <= 1 ? share : null;
}

/** The same as the picture tells, gathered by the hour, for those who read it as a table. */
export function hoursOf(
  activity: Activity,
  alerts: readonly AlertView[],
  timeZone: string,
): Hour[] {
  const hours: Hour[] = [];
  for (let index = 0; index < bucketCount(activity); index += 1) {
    const startAt = activity.from + index * activity.bucketMs;
    const { hour, minute } = wallClock(startAt, timeZone);
    const isNew = minute === 0 || hours.length === 0;
    if (isNew) hours.push({ startAt, hour, counts: activity.lanes.map(() => 0), alerts: [] });
    const last = hours.at(-1);
    if (last === undefined) continue;
    last.counts = last.counts.map(
      (count, lane) => count + (activity.lanes[lane]?.counts[index] ?? 0),
    );
    const endAt = startAt + activity.bucketMs;
    last.alerts.push(...alerts.filter(({ since }) => since >= startAt && since < endAt));
  }
  return hours;
}
