import type { z } from 'zod';

import { IsoDay } from '../history/home-day.ts';

/** Of the wall clock, both included. */
export interface Days {
  from: string;
  to: string;
}

/** The longest period that may be asked for, in days: a year, be it a leap year. */
export const longestPeriod = 366;

const dayMs = 86_400_000;

/** How many days there are, however long each is. */
export function countDays({ from, to }: Days): number {
  return (Date.parse(to) - Date.parse(from)) / dayMs + 1;
}

export const reportDays = { from: IsoDay, to: IsoDay };

/** Days of a query in their order, and not too many. */
export function asPeriod<S extends z.ZodType<Days>>(schema: S): S {
  return schema
    .refine(({ from, to }) => from <= to, 'It must not end before it begins.')
    .refine(
      (days) => countDays(days) <= longestPeriod,
      `${longestPeriod} days at the most can be asked for.`,
    );
}
