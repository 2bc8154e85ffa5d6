import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Id } from './instant.ts';
import { edited, Finding, versioned } from './plan.ts';

/** How people are told; a webhook is told by itself. `screen` is the dashboard, where a receipt counts as delivered. */
export const channelsOfPeople = ['screen', 'push', 'email'] as const;
export const PersonChannel = z.enum(channelsOfPeople);
export type PersonChannel = z.infer<typeof PersonChannel>;

/** Who is asked. */
export const Target = z.discriminatedUnion('who', [
  /** Those on duty in the unit that answers for the home at that time. */
  z.strictObject({ who: z.literal('responsible-unit') }),
  /** Those on duty in another unit, such as a neighbour's. */
  z.strictObject({ who: z.literal('unit'), unitId: Id }),
  /** Everybody on duty in the home's municipality, and the responsible unit. */
  z.strictObject({ who: z.literal('everyone') }),
  /** Coordinators on call; when none is, all of them. */
  z.strictObject({ who: z.literal('coordinators') }),
  /** Technicians on call; when none is, all of them. */
  z.strictObject({ who: z.literal('technicians') }),
  z.strictObject({ who: z.literal('people'), ids: z.array(Id).min(1).max(20) }),
  /** An alarm centre or a provider of calls and text messages. */
  z.strictObject({ who: z.literal('webhook'), endpointId: Id }),
]);
export type Target = z.infer<typeof Target>;

export const Step = z.strictObject({
  asks: z.array(Target).min(1).max(10),
  channels: z.array(PersonChannel).min(1),
  /** How long they have to answer before the next step is taken, or the last is taken again. */
  waitSeconds: z
    .number()
    .int()
    .min(10)
    .max(24 * 3_600),
});
export type Step = z.infer<typeof Step>;

/** POST and PUT bodies hold these; the most specific that matches an alert is its policy. */
export const PolicyInput = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and hyphens.'),
  title: z.string().trim().min(1).max(80),
  severities: z.array(Severity).min(1),
  /** For these homes only; wins over a unit's, which wins over the municipality's. */
  homeIds: z.array(Id).min(1).max(500).optional(),
  /** While this unit answers. */
  unitId: Id.optional(),
  steps: z.array(Step).min(1).max(12),
  /** How long an acceptance holds before the alert is asked for again, in minutes. */
  arrivalMinutes: z.number().int().min(1).max(4_320),
  /** How often whoever is on site is reminded to resolve, in minutes. */
  reminderMinutes: z.number().int().min(5).max(1_440),
});
export type PolicyInput = z.infer<typeof PolicyInput>;

/** All policies of a municipality. A severity that none matches has the default policy, never nobody. */
export const PolicySet = z
  .strictObject({ policies: z.array(PolicyInput).max(100) })
  .meta({ id: 'PolicySet' });
export type PolicySet = z.infer<typeof PolicySet>;

/** GET /policies */
export const PolicySetView = versioned(PolicySet).meta({ id: 'PolicySetInForce' });
export type PolicySetView = z.infer<typeof PolicySetView>;
/** PUT /policies */
export const PolicySetEdit = edited(PolicySet);

/** One line of a policy as people read it: "after 90 s …". */
export const TimelineStep = z.object({
  step: z.number(),
  /** Since the alert was raised, if nobody answers. */
  afterSeconds: z.number(),
  asks: z.array(z.object({ target: Target, text: z.object({ sv: z.string(), en: z.string() }) })),
  channels: z.array(PersonChannel),
  /** How many people and endpoints it would reach now; with 0 the step is taken at once. */
  reachesNow: z.number(),
  /** The last step: again this often. */
  repeatsEverySeconds: z.number().nullable(),
});
export type TimelineStep = z.infer<typeof TimelineStep>;

/** POST /policies/check; also answers the defaults, for severities that no policy names. */
export const PolicyCheck = z.strictObject({ document: PolicySet });
export const PolicyChecked = z
  .object({
    findings: z.array(Finding),
    timelines: z.array(
      z.object({
        policyId: z.string(),
        isDefault: z.boolean(),
        title: z.object({ sv: z.string(), en: z.string() }),
        severities: z.array(Severity),
        steps: z.array(TimelineStep),
      }),
    ),
  })
  .meta({ id: 'PolicyChecked' });
export type PolicyChecked = z.infer<typeof PolicyChecked>;
