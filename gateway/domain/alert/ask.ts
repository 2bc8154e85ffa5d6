import { queueOf } from '../scope.ts';
import type { AlertEvent, Reach } from './alert-event.ts';
import { type Alert, nextStepOf, stepOf } from './alert.ts';
import { joinParties } from './parties.ts';
import type { EscalationStep } from './policy.ts';
import type { AlertTerms } from './terms.ts';

type Escalated = Extract<AlertEvent, { type: 'escalated' }>;
type Returned = Extract<AlertEvent, { type: 'returned' }>;
type Addressed = Pick<
  Alert,
  'municipalityId' | 'unitId' | 'unitUntil' | 'policy' | 'severity' | 'isTest'
>;

/** The step that asks anew whoever is asked at present: nobody's screen loses an alert because it begins again. */
export function firstStepOf({ policy, step }: Pick<Alert, 'policy' | 'step'>): number {
  const now = JSON.stringify(policy.steps[step]?.asks);
  const first = policy.steps.findIndex(({ asks }) => JSON.stringify(asks) === now);
  return Math.max(0, first);
}

const everybody: EscalationStep = {
  asks: [{ who: 'everyone' }, { who: 'coordinators' }],
  channels: ['screen', 'push', 'email'],
  waitMs: 60_000,
};

/**
 * Whom a step reaches. The last step, should it reach nobody, asks the nearest before it that does, and where a call
 * for care has nobody left whom its policy names, everybody at work and the coordinators.
 */
export function reachOf(alert: Addressed, step: number, at: number, terms: AlertTerms): Reach {
  const last = alert.policy.steps.length - 1;
  const own = terms.reachOf(alert, stepOf(alert, step), at);
  for (let before = step - 1; step === last && own.isNobody && before >= 0; before -= 1) {
    const other = terms.reachOf(alert, stepOf(alert, before), at);
    if (!other.isNobody) return { ...other, parties: joinParties(own.parties, other.parties) };
  }
  if (step < last || !own.isNobody || queueOf(alert) !== 'care') return own;
  const others = terms.reachOf(alert, everybody, at);
  return { ...others, parties: joinParties(own.parties, others.parties) };
}

/** Whether a step is waited for: not when it reaches nobody and there is another. */
export function isWaitedFor(
  { policy }: Pick<Alert, 'policy'>,
  step: number,
  reached: Reach,
): boolean {
  return !reached.isNobody || step >= policy.steps.length - 1;
}

/** Asks from a step on; a step that reaches nobody is taken at once, and said so. */
export function askFrom(
  alert: Addressed,
  { at, step, reason }: Pick<Escalated, 'at' | 'step' | 'reason'>,
  terms: AlertTerms,
): Escalated[] {
  const events: Escalated[] = [];
  let why = reason;
  for (let taken = step; ; taken += 1) {
    const reached = reachOf(alert, taken, at, terms);
    const isLast = isWaitedFor(alert, taken, reached);
    const dueAt = isLast ? at + stepOf(alert, taken).waitMs : at;
    events.push({ type: 'escalated', at, step: taken, reason: why, reached, dueAt });
    if (isLast) return events;
    why = 'nobody-reached';
  }
}

/** What follows an asking at this step that reached nobody: the next ones, at once. */
export function askOn(
  alert: Addressed,
  { at, step, reached }: { at: number; step: number; reached: Reach },
  terms: AlertTerms,
): Escalated[] {
  if (isWaitedFor(alert, step, reached)) return [];
  return askFrom(alert, { at, step: step + 1, reason: 'nobody-reached' }, terms);
}

/** Gives an alert back to the queue: louder than before, or from the step given. */
export function returnTo(
  alert: Alert,
  how: { at: number; reason: Returned['reason']; step?: number; by?: string },
  terms: AlertTerms,
): AlertEvent[] {
  const { at, reason, step = nextStepOf(alert), by = null } = how;
  const reached = reachOf(alert, step, at, terms);
  const dueAt = isWaitedFor(alert, step, reached) ? at + stepOf(alert, step).waitMs : at;
  const returned: Returned = { type: 'returned', at, by, step, reason, reached, dueAt };
  return [returned, ...askOn(alert, { at, step, reached }, terms)];
}

/** Asks more people to come to an alert that somebody has; a step that reaches nobody else is taken at once. */
export function askHelp(
  alert: Alert,
  at: number,
  by: string | null,
  terms: AlertTerms,
): AlertEvent[] {
  const events: AlertEvent[] = [];
  // The first time those are asked who have just been, without whoever has it.
  for (let step = by === null ? nextStepOf(alert) : alert.step; ; step += 1) {
    const reached = without(alert.by, reachOf(alert, step, at, terms));
    const isLast = isWaitedFor(alert, step, reached);
    const helpDueAt = isLast ? at + stepOf(alert, step).waitMs : at;
    const asker = events.length === 0 ? by : null;
    events.push({ type: 'help-wanted', at, by: asker, step, reached, helpDueAt });
    if (isLast) return events;
  }
}

function without(holder: string | null, reached: Reach): Reach {
  if (holder === null || !reached.people.includes(holder)) return reached;
  const people = reached.people.filter((person) => person !== holder);
  return { ...reached, people, isNobody: people.length === 0 && reached.endpoints.length === 0 };
}
