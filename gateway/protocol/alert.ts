import { z } from 'zod';

import { Text } from './text.ts';

/** Most urgent first; `technical` alerts live in a queue of their own. */
export const severities = ['emergency', 'high', 'medium', 'low', 'technical'] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export const AlertState = z.enum(['firing', 'accepted', 'on-site', 'resolved']);
export type AlertState = z.infer<typeof AlertState>;

export const Outcome = z.enum(['helped', 'false-alarm', 'test', 'technical', 'no-action']);
export type Outcome = z.infer<typeof Outcome>;

const Audience = z.enum(['unit', 'municipality']);

export const Queue = z.enum(['care', 'technical']);
export type Queue = z.infer<typeof Queue>;

export const alertEventTypes = [
  'raised',
  'repeated',
  'escalated',
  'notified',
  'delivered',
  'accepted',
  'declined',
  'arrived',
  'returned',
  'cleared',
  'suppressed',
  'inhibited',
  'commented',
  'resolved',
] as const;

export const alertReasons = [
  'unanswered',
  'pressed-again',
  'worse',
  'reminder',
  'no-arrival',
  'inhibitor-resolved',
  'uninhibited',
] as const;

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
const Person = z.object({ id: z.string(), name: z.string() });

/** An alert as a screen shows it; what the caller may not know is null. */
export const AlertView = z
  .object({
    id: z.string(),
    queue: Queue,
    state: AlertState,
    severity: Severity,
    rule: z.object({
      id: z.string(),
      version: z.number(),
      title: Text,
      /** What to do on arrival, where the rule says so. */
      action: Text.nullable(),
    }),
    unitId: z.string(),
    home: z.object({ id: z.string(), label: z.string() }),
    resident: z.object({ name: z.string() }).nullable(),
    device: z.object({ id: z.string(), name: z.string(), placement: z.string() }).nullable(),
    raisedAt: instant,
    /** When it happened in the home, in event time. */
    since: instant,
    /** How late it was raised, when a backlog or an outage delayed it; else null. */
    lateMs: z.number().nullable(),
    repeats: z.number(),
    step: z.number().meta({ description: 'Which step of the escalation policy is under way.' }),
    audience: Audience,
    /** What happens by itself, and when; null once resolved, and while it waits for another alert. */
    next: z
      .object({
        what: z.enum(['escalate', 'ask-again', 'return', 'remind']),
        at: instant,
        /** When this deadline was set. */
        since: instant,
        /** Who is asked when it falls due. */
        audience: Audience,
      })
      .nullable(),
    /** The live alert of the home that this one waits for; the title is null to a reader who may not see that one. */
    inhibitedBy: z.object({ id: z.string(), title: Text.nullable() }).nullable(),
    acceptedBy: Person.nullable(),
    etaAt: instant.nullable(),
    arrivedAt: instant.nullable(),
    clearedAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    outcome: Outcome.nullable(),
    isTest: z.boolean(),
    /** The stream position of its latest change. */
    seq: z.number(),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.infer<typeof AlertView>;

export const TimelineEntry = z
  .object({
    seq: z.number(),
    at: instant,
    type: z.enum(alertEventTypes),
    by: Person.nullable(),
    /** A person's own words: a comment or a note. */
    text: z.string().nullable(),
    /** Why the gateway did it by itself. */
    reason: z.enum(alertReasons).nullable(),
    step: z.number().nullable(),
    severity: Severity.nullable(),
    outcome: Outcome.nullable(),
    eventId: z.string().nullable(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const AlertDetail = AlertView.extend({ timeline: z.array(TimelineEntry) }).meta({
  id: 'AlertDetail',
});
export type AlertDetail = z.infer<typeof AlertDetail>;
