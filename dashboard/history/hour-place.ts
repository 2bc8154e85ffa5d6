import { hourMarks, type ZonedDay } from '../clock/zoned.ts';

/** An hour of the wall clock, and how far into the day it is, from 0 to 1. */
export interface HourPlace {
  hour: number;
  share: number;
}

const everyHours = 6;

/** Every sixth hour of a day on which the clocks are not set. */
export const evenHours: readonly HourPlace[] = [0, 6, 12, 18, 24].map((hour) => ({
  hour,
  share: hour / 24,
}));

/** Every sixth hour of a day, where it is on that day: of 23 and 25 hours too. */
export function hourPlaces(day: ZonedDay, timeZone: string): HourPlace[] {
  const within = hourMarks(day, timeZone)
    .filter(({ hour, isAgain }) => hour % everyHours === 0 && !isAgain)
    .map(({ at, hour }) => ({ hour, share: (at - day.from) / (day.to - day.from) }));
  return [...within, { hour: 24, share: 1 }];
}
