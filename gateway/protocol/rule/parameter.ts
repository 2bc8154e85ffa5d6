import { z } from 'zod';

import { Text } from '../text.ts';
import { Duration } from './duration.ts';

/** What of a rule may be tuned: durations in milliseconds, and how many times. */
export const durationKeys = [
  'for',
  'count.within',
  'absence.for',
  'then.within',
  'cooldown',
] as const;
export type DurationKey = (typeof durationKeys)[number];

/** A place in a rule whose value a home may have of its own; `parameters.x` is a number that its `where` uses. */
export type ParameterKey = DurationKey | 'count.times' | `parameters.${string}`;

export const ParameterKey = z.union([
  z.enum(durationKeys),
  z.literal('count.times'),
  z.templateLiteral(['parameters.', z.string().regex(/^[a-z][a-zA-Z0-9]*$/)]),
]);

export function isDurationKey(key: string): key is DurationKey {
  return durationKeys.some((one) => one === key);
}

/** A number that `where` uses as `parameter.<name>`, and within what it may be set. */
export const Parameter = z
  .strictObject({
    value: z.number().meta({ description: 'What it is, unless a home has its own.' }),
    min: z.number().meta({ description: 'The least that a home may set.' }),
    max: z.number().meta({ description: 'The most that a home may set.' }),
    title: Text.optional(),
    unit: z.string().max(16).optional(),
  })
  .refine(({ value, min, max }) => min <= value && value <= max, {
    message: '`value` must lie between `min` and `max`.',
    path: ['value'],
  });
export type Parameter = z.infer<typeof Parameter>;

const above = { message: '`min` must not be above `max`.' };
const durations = z
  .strictObject({ min: Duration, max: Duration })
  .refine(({ min, max }) => min <= max, above);
const times = z
  .strictObject({ min: z.number().int(), max: z.number().int() })
  .refine(({ min, max }) => min <= max, above);

/** Within what each value may be set, so that no home's own setting makes a rule useless. */
export const Bounds = z.strictObject({
  for: durations.optional(),
  'count.times': times.optional(),
  'count.within': durations.optional(),
  'absence.for': durations.optional(),
  'then.within': durations.optional(),
  cooldown: durations.optional(),
});
export type Bounds = z.infer<typeof Bounds>;
