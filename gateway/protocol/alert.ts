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

/** Whom an alert asks, in the reader's words: a unit, a person, a webhook by name, or all of a role or municipality. */
export const Asked = z.object({
  who: z.enum(['unit', 'person', 'everyone', 'coordinators', 'technicians', 'webhook']),
  id: z.string().nullable(),
  /** Null where `who` says it all. */
  name: z.string().nullable(),
});
export type Asked = z.infer<typeof Asked>;

/** Alerts of a home in test mode have a queue of their own, so that they never stand among real ones. */
export const Queue = z.enum(['care', 'technical', 'test']);
export type Queue = z.infer<typeof Queue>;

export const alertEventTypes = [
  'raised',
  'repeated',
  'escalated',
  'notified',
  'delivered',
  'undelivered',
  'accepted',
  'declined',
  'taken-over',
  'handed-over',
  'help-wanted',
  'joined',
  'arrived',
  'returned',
  'assigned',
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
  'nobody-reached',
  'declined',
  'help-wanted',
  'handed-back',
  'hold-ended',
  'silence',
  'pause',
  'staff-on-site',
  'plan',
  'test-ended',
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
    municipality: z.object({ id: z.string(), name: z.string() }),
    /** The unit that answers for it now; null for an alert about the service itself. */
    unit: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** Null for an alert about the service itself. */
    home: z
      .object({
        id: z.string(),
        label: z.string(),
        /** Whether the reader may open the home's own page. */
        isOpen: z.boolean(),
      })
      .nullable(),
    resident: z.object({ name: z.string() }).nullable(),
    device: z.object({ id: z.string(), name: z.string(), placement: z.string() }).nullable(),
    raisedAt: instant,
    /** When it happened in the home, in event time. */
    since: instant,
    /** How late it was raised, when a backlog or an outage delayed it; else null. */
    lateMs: z.number().nullable(),
    repeats: z.number(),
    step: z.number().meta({ description: 'Which step of the escalation policy is under way.' }),
    /** Who is asked now. */
    asked: z.array(Asked),
    /** Those asked now who have said that they cannot come. */
    declinedBy: z.array(Person),
    /** What happens by itself, and when; null once resolved, and while it waits for another alert. */
    next: z
      .object({
        what: z.enum(['escalate', 'ask-again', 'return', 'remind', 'hold-ends']),
        at: instant,
        /** When this deadline was set. */
        since: instant,
        /** Who is asked when it falls due. */
        asks: z.array(Asked),
      })
      .nullable(),
    /** The live alert of the home that this one waits for; the title is null to a reader who may not see that one. */
    inhibitedBy: z.object({ id: z.string(), title: Text.nullable() }).nullable(),
    /** Why it asks nobody, and until when it does not; null when nothing holds it back. */
    held: z
      .object({ why: z.enum(['silence', 'pause', 'staff-on-site']), until: instant })
      .nullable(),
    acceptedBy: Person.nullable(),
    /** Whoever has it wants more people to come. */
    helpWantedAt: instant.nullable(),
    /** Those who came to help. */
    helpers: z.array(Person),
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
    /** To whom it was handed over, or who had it before. */
    other: Person.nullable(),
    /** Whom this asked. */
    asked: z.array(Asked),
    /** How it was told, or could not be. */
    channel: z.enum(['screen', 'push', 'email', 'webhook', 'device']).nullable(),
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
