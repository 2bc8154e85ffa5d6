import { type AlertState, type Outcome, severities, type Severity } from '../../protocol/alert.ts';
import type { EventKind } from '../../protocol/catalogue.ts';
import type { Text } from '../../protocol/text.ts';
import type { AskedParty, HoldReason, Inhibitor, Raised, Reach } from './alert-event.ts';
import type { EscalationPolicy, EscalationStep } from './policy.ts';

/** One call for help, from raised to resolved. */
export interface Alert {
  id: string;
  municipalityId: string;
  /** The unit that answers for it now; null for an alert about the service itself that concerns no unit. */
  unitId: string | null;
  /** When another unit does; null: nothing planned changes it. */
  unitUntil: number | null;
  /** Null for an alert about the service itself. */
  homeId: string | null;
  homeUnitId: string | null;
  timeZone: string;
  deviceId: string | null;
  need: string;
  rule: { id: string; version: number; title: Text; action: Text | null };
  about: EventKind;
  severity: Severity;
  policy: EscalationPolicy;
  leavesWhenCleared: boolean;
  /** Rules whose alerts in the home are held back while this one is live. */
  inhibits: readonly string[];
  isTest: boolean;
  raisedAt: number;
  since: number;
  /** Event time of the latest repetition; an end from before it is none. */
  latestSince: number;
  lateMs: number | null;
  state: AlertState;
  step: number;
  repeats: number;
  /** When what it waits for has not come, and something else is done; null only once resolved. */
  stateDueAt: number | null;
  /** The next deadline of any kind; null only once resolved. */
  dueAt: number | null;
  /** When the latest deadline was set. */
  dueSince: number;
  /** How often somebody has been asked. */
  askings: number;
  /** All who may see it because they were asked. */
  asked: readonly AskedParty[];
  /** Whom the latest asking reached. */
  reached: Pick<Reach, 'people' | 'endpoints'>;
  /** Webhook endpoints that have ever been asked, and hear what becomes of it. */
  endpoints: readonly string[];
  /** Who of them has said that they cannot come. */
  declinedBy: readonly string[];
  /** The step of which some screen has confirmed that it shows it. */
  deliveredStep: number | null;
  by: string | null;
  etaAt: number | null;
  arrivedAt: number | null;
  /** Whoever has it wants more people, and asks again then until somebody joins. */
  helpWanted: { at: number; dueAt: number } | null;
  helpers: readonly string[];
  clearedAt: number | null;
  /** Why it asks nobody, and until when. */
  held: { why: HoldReason; until: number } | null;
  /** The alert that this one waits for: it does not ask until that one is resolved. */
  inhibitedBy: Inhibitor | null;
  /** Somebody insisted, or had it and did not come: no other alert holds it back again. */
  mustBeHeard: boolean;
  resolvedAt: number | null;
  outcome: Outcome | null;
}

export function isLive(alert: Alert): boolean {
  return alert.state !== 'resolved';
}

export function isWorse(a: Severity, b: Severity): boolean {
  return severities.indexOf(a) < severities.indexOf(b);
}

export function stepOf({ policy }: Pick<Alert, 'policy'>, step: number): EscalationStep {
  return policy.steps[step] ?? policy.steps[0];
}

/** The step that asks on: the next one, or the last once more. */
export function nextStepOf({ policy, step }: Pick<Alert, 'policy' | 'step'>): number {
  return Math.min(step + 1, policy.steps.length - 1);
}

export function begin(event: Raised): Alert {
  const { type: _, at, alertId, eventId: __, reached, dueAt, ...facts } = event;
  return {
    ...facts,
    id: alertId,
    raisedAt: at,
    latestSince: facts.since,
    state: 'firing',
    step: 0,
    repeats: 0,
    stateDueAt: dueAt,
    dueAt: earliest(dueAt, facts.unitUntil),
    dueSince: at,
    askings: 1,
    asked: reached.parties,
    reached: { people: reached.people, endpoints: reached.endpoints },
    endpoints: reached.endpoints,
    declinedBy: [],
    deliveredStep: null,
    by: null,
    etaAt: null,
    arrivedAt: null,
    helpWanted: null,
    helpers: [],
    clearedAt: null,
    held: null,
    inhibitedBy: null,
    mustBeHeard: false,
    resolvedAt: null,
    outcome: null,
  };
}

/** The earliest of these; null stands for never. */
export function earliest(due: number, ...others: readonly (number | null)[]): number {
  return Math.min(due, ...others.map((other) => other ?? Infinity));
}
