import { z } from 'zod';

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

const timeOfDay = 'Write a time of day in quotes, such as `22:00`.';
const WallTime = z
  .string(timeOfDay)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, timeOfDay)
  .meta({ examples: ['22:00'] });

const hours = {
  from: WallTime,
  to: WallTime,
  days: z.array(z.enum(weekdays)).nonempty().optional().meta({
    description: 'The weekdays on which the hours begin; every day, if left out.',
  }),
};
const differ = '`from` and `to` must differ; leave `during` out for all day.';

/** Hours of the home's own wall clock: end exclusive, may cross midnight, `days` are those they begin on. */
export const Hours = z.strictObject(hours).refine(({ from, to }) => from !== to, differ);
export type Hours = z.infer<typeof Hours>;

export const During = z
  .strictObject({
    ...hours,
    begunBefore: z.enum(['counts', 'ignored']).default('counts').meta({
      description:
        'Whether a condition that began before, and still holds when the hours begin, is called for.',
    }),
  })
  .refine(({ from, to }) => from !== to, differ);
export type During = z.infer<typeof During>;
