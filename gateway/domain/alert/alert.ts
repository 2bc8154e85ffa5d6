import { type AlertState, type Outcome, severities, type Severity } from '../../protocol/alert.ts';
import type { Text } from '../../protocol/text.ts';
import type { AlertEvent, Inhibitor, Raised } from './alert-event.ts';
import type { EscalationPolicy, EscalationStep } from './policy.ts';

/** One call for help, from raised to resolved. */
export interface Alert {
  id: string;
  municipalityId: string;
  unitId: string;
  homeId: string;
  deviceId: string | null;
  need: string;
  rule: { id: string; version: number; title: Text; action: Text | null };
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
  /** The next deadline; null only once resolved. */
  dueAt: number | null;
  /** When the latest deadline was set. */
  dueSince: number;
  /** The step of which some screen has confirmed that it shows it. */
  deliveredStep: number | null;
  by: string | null;
  etaAt: number | null;
  arrivedAt: number | null;
  clearedAt: number | null;
  suppressedUntil: number | null;
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

/** Who is asked at present. */
export function audienceOf(alert: Alert): 'unit' | 'municipality' {
  const step = alert.policy.steps[alert.step] ?? alert.policy.steps[0];
  return step.audience;
}

/** The step that asks on: the next one, or the last once more. */
export function nextStepOf({ policy, step }: Alert): EscalationStep & { step: number } {
  const next = Math.min(step + 1, policy.steps.length - 1);
  return { step: next, ...(policy.steps[next] ?? policy.steps[0]) };
}

/** The step that asks anew whoever is asked at present: nobody's screen loses an alert because it begins again. */
export function firstStepOf(alert: Alert): EscalationStep & { step: number } {
  const audience = audienceOf(alert);
  const first = alert.policy.steps.findIndex((step) => step.audience === audience);
  const step = Math.max(0, first);
  return { step, ...(alert.policy.steps[step] ?? alert.policy.steps[0]) };
}

export function begin(event: Raised): Alert {
  const { type: _, at, alertId, eventId: __, ...facts } = event;
  return {
    ...facts,
    id: alertId,
    raisedAt: at,
    latestSince: facts.since,
    dueSince: at,
    state: 'firing',
    step: 0,
    repeats: 0,
    deliveredStep: null,
    by: null,
    etaAt: null,
    arrivedAt: null,
    clearedAt: null,
    suppressedUntil: null,
    inhibitedBy: null,
    mustBeHeard: false,
    resolvedAt: null,
    outcome: null,
  };
}

/** Applies one recorded fact. Total: history is never refused. */
export function evolve(alert: Alert, event: AlertEvent): Alert {
  switch (event.type) {
    case 'raised':
      return begin(event);
    case 'repeated':
      return {
        ...alert,
        repeats: alert.repeats + 1,
        latestSince: Math.max(alert.latestSince, event.since),
        clearedAt:
          alert.clearedAt !== null && event.since <= alert.clearedAt ? alert.clearedAt : null,
        severity: isWorse(event.severity, alert.severity) ? event.severity : alert.severity,
      };
    case 'escalated':
      return {
        ...alert,
        step: event.step,
        suppressedUntil: null,
        inhibitedBy: null,
        mustBeHeard: alert.mustBeHeard || isInsistence(event),
        ...deadline(event),
      };
    case 'notified':
      return { ...alert, ...deadline(event) };
    case 'delivered':
      return { ...alert, deliveredStep: event.step };
    case 'accepted':
      return {
        ...alert,
        state: 'accepted',
        by: event.by,
        etaAt: event.etaAt,
        inhibitedBy: null,
        ...deadline(event),
      };
    case 'arrived':
      return {
        ...alert,
        state: 'on-site',
        by: event.by,
        arrivedAt: event.at,
        inhibitedBy: null,
        ...deadline(event),
      };
    case 'returned':
      return {
        ...alert,
        state: 'firing',
        by: null,
        etaAt: null,
        arrivedAt: null,
        step: event.step,
        deliveredStep: null,
        inhibitedBy: null,
        mustBeHeard: alert.mustBeHeard || isInsistence(event),
        ...deadline(event),
      };
    case 'cleared':
      return { ...alert, clearedAt: event.since };
    case 'suppressed':
      return { ...alert, suppressedUntil: event.dueAt, inhibitedBy: null, ...deadline(event) };
    case 'inhibited':
      return { ...alert, inhibitedBy: event.inhibitor, ...deadline(event) };
    case 'declined':
    case 'commented':
      return alert;
    case 'resolved':
      return {
        ...alert,
        state: 'resolved',
        dueAt: null,
        inhibitedBy: null,
        resolvedAt: event.at,
        outcome: event.outcome,
      };
  }
}

function isInsistence({ reason }: Extract<AlertEvent, { type: 'escalated' | 'returned' }>) {
  return reason === 'pressed-again' || reason === 'no-arrival';
}

function deadline({ at, dueAt }: { at: number; dueAt: number }) {
  return { dueAt, dueSince: at };
}

/** The alert that a whole history adds up to; null for an empty one. */
export function fold(events: readonly AlertEvent[]): Alert | null {
  let alert: Alert | null = null;
  for (const event of events) {
    if (alert !== null) alert = evolve(alert, event);
    else if (event.type === 'raised') alert = begin(event);
  }
  return alert;
}
