import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const WallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 22:00.');

/** Hours of the home's own wall clock: end exclusive, may cross midnight, `days` are those it begins on. */
export const During = z
  .strictObject({
    from: WallTime,
    to: WallTime,
    days: z.array(z.enum(weekdays)).nonempty().optional(),
  })
  .refine(
    (during) => during.from !== during.to,
    '`from` and `to` must differ; leave `during` out for all day.',
  );
export type During = z.infer<typeof During>;
