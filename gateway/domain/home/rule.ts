import { z } from 'zod';

import { Severity } from '../../protocol/alert.ts';
import { type EventType, eventTypes } from '../../protocol/catalogue.ts';
import { Text } from '../../protocol/text.ts';
import { Duration } from '../duration.ts';
import { During } from './wall-clock.ts';

const Type = z.enum(eventTypes as [EventType, ...EventType[]]);
const Types = z.union([Type.transform((type) => [type]), z.array(Type).nonempty()]);

/** Any event of a device shows that it lives. */
const AnyType = z.literal('any');

/** What in a home's events calls for help; see the design, section 5. */
export const Rule = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Write small letters, digits and hyphens.'),
    version: z.number().int().positive().default(1),
    title: Text,
    severity: Severity,
    on: Types.optional(),
    /** A CEL expression over `event`, `device` and `home`. */
    where: z.string().min(1).optional(),
    during: During.optional(),
    /** Raise only if it lasts this long. */
    for: Duration.optional(),
    /** What ends the wait. */
    unless: Types.optional(),
    /** What ends the condition; without it the alert is latched. */
    clearedBy: Types.optional(),
    /** The alert leaves by itself when cleared, if nobody has accepted it. */
    leavesWhenCleared: z.boolean().default(false),
    /** One live alert for each of these. */
    per: z.enum(['device', 'home', 'resident']).default('device'),
    /** None of these for so long; `supervision` is what the device's profile allows. */
    absence: z
      .strictObject({
        of: z.union([AnyType, Types]),
        for: z.union([z.literal('supervision'), Duration]),
      })
      .optional(),
    /** Raises the severity if what would have reassured us does not come. */
    then: z.strictObject({ no: Types, within: Duration, severity: Severity }).optional(),
  })
  .refine((rule) => (rule.on === undefined) !== (rule.absence === undefined), {
    message: 'Give either `on` or `absence`.',
  })
  .refine((rule) => rule.unless === undefined || rule.for !== undefined, {
    message: '`unless` ends a wait: give `for` too.',
    path: ['unless'],
  })
  .refine((rule) => rule.absence?.for !== 'supervision' || rule.per === 'device', {
    message: '`supervision` is the device profile’s: write `per: device`.',
    path: ['absence', 'for'],
  })
  .refine((rule) => !rule.leavesWhenCleared || rule.clearedBy !== undefined || rule.absence, {
    message: 'Only what can be cleared leaves by itself: give `clearedBy`.',
    path: ['leavesWhenCleared'],
  });
export type Rule = z.infer<typeof Rule>;

export const Rules = z.array(Rule).superRefine((rules, context) => {
  const seen = new Set<string>();
  for (const [index, { id }] of rules.entries()) {
    if (seen.has(id))
      context.addIssue({ code: 'custom', message: `"${id}" stands twice.`, path: [index] });
    seen.add(id);
  }
});
