import { AppError } from '../errors.ts';
import type { Command } from './alert-command.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, isLive, nextStepOf } from './alert.ts';
import { askFrom, askHelp, firstStepOf, returnTo } from './ask.ts';
import type { AlertTerms } from './terms.ts';

/** The first who accepts has it; whoever accepts what its holder wants help with joins. */
export function accept(
  alert: Alert,
  { at, by, etaMinutes }: Command<'accept'>,
): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.by === by || alert.helpers.includes(by)) return [];
  if (alert.by !== null && alert.helpWanted !== null) return [{ type: 'joined', at, by }];
  requireFree(alert, by, at);
  return [{ type: 'accepted', at, by, ...promise(alert, at, etaMinutes) }];
}

function promise({ policy }: Alert, at: number, etaMinutes: number | null) {
  const etaAt = etaMinutes === null ? null : at + etaMinutes * 60_000;
  return { etaAt, dueAt: Math.max(at + policy.arrivalMs, etaAt ?? 0) };
}

/** When everybody who was asked has declined, nothing is gained by waiting. */
export function decline(
  alert: Alert,
  { at, by }: Command<'decline'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  if (!isLive(alert) || alert.declinedBy.includes(by)) return [];
  if (alert.by === by) throw new AppError('conflict', 'You have this alert: give it back instead.');
  const declined: AlertEvent = { type: 'declined', at, by };
  const { people, endpoints } = alert.reached;
  const isAnybodyLeft =
    endpoints.length > 0 ||
    people.some((person) => person !== by && !alert.declinedBy.includes(person));
  const isAsking = alert.state === 'firing' && alert.inhibitedBy === null && alert.held === null;
  if (!isAsking || isAnybodyLeft || !people.includes(by)) return [declined];
  const step = nextStepOf(alert);
  if (step === alert.step) return [declined];
  return [declined, ...askFrom(alert, { at, step, reason: 'declined' }, terms)];
}

/** Takes it from whoever has it. */
export function takeOver(
  alert: Alert,
  { at, by, etaMinutes }: Command<'take-over'>,
): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.by === by) return [];
  const promised = promise(alert, at, etaMinutes);
  return alert.by === null
    ? [{ type: 'accepted', at, by, ...promised }]
    : [{ type: 'taken-over', at, by, from: alert.by, ...promised }];
}

/** Gives it to a colleague, who is told. */
export function handOver(
  alert: Alert,
  { at, by, to }: Command<'hand-over'>,
): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.by === to) return [];
  requireOwn(alert, by);
  // They see it because they have it; with whoever has it next, that is over.
  const parties = [{ kind: 'person', ref: to, until: at } as const];
  const reached = { parties, people: [to], endpoints: [], isNobody: false };
  return [{ type: 'handed-over', at, by, to, reached, dueAt: at + alert.policy.arrivalMs }];
}

/** Asks anew those who were asked before. */
export function giveBack(
  alert: Alert,
  { at, by }: Command<'give-back'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state === 'firing') return [];
  requireOwn(alert, by);
  return returnTo(alert, { at, by, reason: 'handed-back', step: firstStepOf(alert) }, terms);
}

/** Asks more people, once; the sweep asks on until somebody joins. */
export function wantHelp(
  alert: Alert,
  { at, by }: Command<'want-help'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  requireLive(alert);
  requireOwn(alert, by);
  return alert.helpWanted === null ? askHelp(alert, at, by, terms) : [];
}

/** Somebody is there, whether they had said that they come or not. */
export function arrive(alert: Alert, { at, by }: Command<'arrive'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state === 'on-site' && alert.by === by) return [];
  requireFree(alert, by, at);
  return [arrived(alert, at, by)];
}

/** They have until the reminder to resolve it. */
export function arrived({ policy }: Alert, at: number, by: string): AlertEvent {
  return { type: 'arrived', at, by, dueAt: at + policy.reminderMs };
}

/** Ends it; the same outcome twice is one. */
export function resolve(alert: Alert, command: Command<'resolve'>): readonly AlertEvent[] {
  const { at, by, outcome, note } = command;
  if (!isLive(alert)) {
    if (alert.outcome === outcome) return [];
    throw new AppError('conflict', 'The alert has already been resolved.');
  }
  requireFree(alert, by, at);
  return [{ type: 'resolved', at, by, outcome, note }];
}

/** An alert is its carer's, until on site they have been reminded to resolve it and have not: then anybody may. */
function requireFree(alert: Alert, by: string, at: number): void {
  if (alert.by === null || alert.by === by) return;
  const isReminded = alert.arrivedAt !== null && at >= alert.arrivedAt + alert.policy.reminderMs;
  if (alert.state === 'on-site' && isReminded) return;
  throw new AppError('conflict', 'Somebody else already has this alert.');
}

function requireOwn(alert: Alert, by: string): void {
  if (alert.by !== by) throw new AppError('conflict', 'You do not have this alert.');
}

function requireLive(alert: Alert): void {
  if (!isLive(alert)) throw new AppError('conflict', 'The alert has already been resolved.');
}
