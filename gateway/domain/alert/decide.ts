import type { Outcome } from '../../protocol/alert.ts';
import { AppError } from '../errors.ts';
import type { Clear, Raise } from '../home/call.ts';
import type { ChannelName } from '../notification/notification.ts';
import type { AlertEvent, HoldReason, Inhibitor } from './alert-event.ts';
import { type Alert, isLive, isWorse, nextStepOf } from './alert.ts';
import { askFrom, askHelp, firstStepOf, returnTo } from './ask.ts';
import { assign } from './assign.ts';
import { heldBackMs, longestHoldMs } from './policy.ts';
import type { AlertTerms } from './terms.ts';
import { untold } from './untold.ts';

/** What may be asked of an alert; `at` is now, in epoch milliseconds, and `by` a user's id. */
export type AlertCommand = { at: number } & (
  | Raise
  | Clear
  | { type: 'tick' }
  | { type: 'seen'; by: string }
  | { type: 'told'; channel: ChannelName; to: string }
  | { type: 'untold'; channel: ChannelName; to: string; why: string }
  | { type: 'accept'; by: string; etaMinutes: number | null }
  | { type: 'decline'; by: string }
  | { type: 'take-over'; by: string; etaMinutes: number | null }
  | { type: 'hand-over'; by: string; to: string }
  | { type: 'give-back'; by: string }
  | { type: 'want-help'; by: string }
  | { type: 'arrive'; by: string }
  /** Staff have shown in the home itself that they are there. */
  | { type: 'arrive-in-person' }
  | { type: 'hold'; why: HoldReason; until: number }
  | { type: 'unhold' }
  /** Looks anew at who answers for it, whether it is still a test, and whether it is held back. */
  | { type: 'assign' }
  | { type: 'inhibit'; inhibitor: Inhibitor }
  | { type: 'release'; reason: 'inhibitor-resolved' | 'worse' | 'uninhibited' }
  | { type: 'comment'; by: string; text: string }
  | { type: 'resolve'; by: string; outcome: Outcome; note: string | null }
);

type Command<T extends AlertCommand['type']> = Extract<AlertCommand, { type: T }>;

/**
 * Decides what a command leads to. An empty list means that it already holds.
 * @throws AppError `conflict` when a person asks for what is no longer possible.
 */
export function decide(
  alert: Alert,
  command: AlertCommand,
  terms: AlertTerms,
): readonly AlertEvent[] {
  switch (command.type) {
    case 'raise':
      return repeat(alert, command, terms);
    case 'clear':
      return clear(alert, command);
    case 'tick':
      return tick(alert, command.at, terms);
    case 'seen':
      return see(alert, command);
    case 'told': {
      const { at, channel, to } = command;
      return [{ type: 'delivered', at, by: null, channel, to, step: alert.step }];
    }
    case 'untold':
      return untold(alert, command, terms);
    case 'accept':
      return accept(alert, command);
    case 'decline':
      return decline(alert, command, terms);
    case 'take-over':
      return takeOver(alert, command);
    case 'hand-over':
      return handOver(alert, command);
    case 'give-back':
      return giveBack(alert, command, terms);
    case 'want-help':
      return wantHelp(alert, command, terms);
    case 'arrive':
      return arrive(alert, command);
    case 'arrive-in-person':
      return alert.state === 'accepted' && alert.by !== null
        ? [arrived(alert, command.at, alert.by)]
        : [];
    case 'hold':
      return hold(alert, command);
    case 'unhold':
      return unhold(alert, command.at, terms);
    case 'assign':
      return isLive(alert) ? assign(alert, command.at, terms) : [];
    case 'inhibit':
      return inhibit(alert, command);
    case 'release':
      return alert.inhibitedBy === null ? [] : begunAnew(alert, command.at, command.reason, terms);
    case 'comment':
      return [{ type: 'commented', at: command.at, by: command.by, text: command.text }];
    case 'resolve':
      return resolve(alert, command);
  }
}

function repeat(alert: Alert, call: Command<'raise'>, terms: AlertTerms): readonly AlertEvent[] {
  if (!isLive(alert)) return [];
  const { at, severity, deviceId, eventId, since } = call;
  const worse = isWorse(severity, alert.severity);
  if (call.worsening && !worse) return [];
  const repeated: AlertEvent = { type: 'repeated', at, severity, deviceId, eventId, since };
  if (alert.isTest && isTestOver(alert, at, terms))
    return [repeated, ...assign(alert, at, terms, 'call')];
  if (alert.state === 'on-site' && !call.worsening && isLeft(alert, call)) {
    return [repeated, ...returnTo(alert, { at, reason: 'pressed-again' }, terms)];
  }
  return alert.state === 'firing' ? [repeated, ...louder(alert, call, worse, terms)] : [repeated];
}

function isTestOver({ homeId }: Alert, at: number, terms: AlertTerms): boolean {
  return homeId === null || terms.testModeOf(homeId, at) === null;
}

/**
 * What asks already asks on when it gets worse or somebody insists; what waits for another alert, or is held back, only if
 * somebody insists, or it has become an emergency.
 */
function louder(
  alert: Alert,
  { at, urgent, severity }: Command<'raise'>,
  worse: boolean,
  terms: AlertTerms,
): readonly AlertEvent[] {
  const mustAsk = urgent || (alert.held !== null && worse && severity === 'emergency');
  if (alert.inhibitedBy !== null || alert.held !== null) {
    return mustAsk ? begunAnew(alert, at, 'pressed-again', terms) : [];
  }
  if (!worse && !urgent) return [];
  const reason = worse ? 'worse' : 'pressed-again';
  return askFrom(alert, { at, step: nextStepOf(alert), reason }, terms);
}

/** How long after an arrival a press is taken for one that the carer on site will see to. */
const stillThereMs = 5 * 60_000;

/** Whether the carer on site has probably left and forgotten to resolve: what calls again then calls anew. */
function isLeft(alert: Alert, { at, urgent }: Command<'raise'>): boolean {
  const arrivedAt = alert.arrivedAt ?? at;
  return at >= arrivedAt + (urgent ? stillThereMs : alert.policy.reminderMs);
}

type ReturnReason = Extract<AlertEvent, { type: 'returned' }>['reason'];

/** What was held back asks as if nobody had been asked before. */
function begunAnew(
  alert: Alert,
  at: number,
  reason: ReturnReason,
  terms: AlertTerms,
): readonly AlertEvent[] {
  return returnTo(alert, { at, reason, step: firstStepOf(alert) }, terms);
}

/** Holds back until somebody looks again; the same once more only renews that deadline when it has passed. */
function inhibit(alert: Alert, { at, inhibitor }: Command<'inhibit'>): readonly AlertEvent[] {
  if (alert.state !== 'firing') return [];
  const isKnown = alert.inhibitedBy?.id === inhibitor.id;
  if (isKnown && alert.stateDueAt !== null && alert.stateDueAt > at) return [];
  return [{ type: 'inhibited', at, inhibitor, dueAt: at + heldBackMs[alert.severity] }];
}

function hold(alert: Alert, { at, why, until }: Command<'hold'>): readonly AlertEvent[] {
  if (alert.state !== 'firing' || alert.inhibitedBy !== null || until <= at) return [];
  const isKnown = alert.held?.why === why && alert.held.until === until;
  if (isKnown && alert.stateDueAt !== null && alert.stateDueAt > at) return [];
  const dueAt = Math.min(until, at + longestHoldMs);
  return [{ type: 'suppressed', at, reason: why, until, dueAt }];
}

/** What ended while nobody was to be asked has nothing left to ask for, unless it was silenced: then somebody meant to look. */
function unhold(alert: Alert, at: number, terms: AlertTerms): readonly AlertEvent[] {
  if (alert.held === null || alert.state !== 'firing') return [];
  if (alert.clearedAt !== null && alert.held.why !== 'silence') return [ended(at)];
  return begunAnew(alert, at, 'hold-ended', terms);
}

function ended(at: number): AlertEvent {
  return { type: 'resolved', at, by: null, outcome: 'no-action', note: null };
}

function clear(alert: Alert, { at, since }: Command<'clear'>): readonly AlertEvent[] {
  if (!isLive(alert) || alert.clearedAt !== null || since < alert.latestSince) return [];
  const cleared: AlertEvent = { type: 'cleared', at, since };
  const wasForNobody = alert.held !== null && alert.held.why !== 'silence';
  const leaves = alert.leavesWhenCleared || wasForNobody;
  return leaves && alert.state === 'firing' ? [cleared, ended(at)] : [cleared];
}

function tick(alert: Alert, at: number, terms: AlertTerms): readonly AlertEvent[] {
  if (alert.dueAt === null || alert.dueAt > at) return [];
  const moved = isPassed(alert.unitUntil, at) || isStaleTest(alert, at, terms);
  if (moved) {
    const assigned = assign(alert, at, terms);
    if (assigned.length > 0) return assigned;
  }
  if (isPassed(alert.helpWanted?.dueAt ?? null, at)) return askHelp(alert, at, null, terms);
  return fallDue(alert, at, terms);
}

function isPassed(due: number | null, at: number): boolean {
  return due !== null && due <= at;
}

function isStaleTest(alert: Alert, at: number, terms: AlertTerms): boolean {
  return alert.isTest && alert.state === 'firing' && isTestOver(alert, at, terms);
}

function fallDue(alert: Alert, at: number, terms: AlertTerms): readonly AlertEvent[] {
  switch (alert.state) {
    case 'firing':
      if (alert.inhibitedBy !== null) return begunAnew(alert, at, 'uninhibited', terms);
      if (alert.held !== null) return unhold(alert, at, terms);
      return askFrom(alert, { at, step: nextStepOf(alert), reason: 'unanswered' }, terms);
    case 'accepted':
      return returnTo(alert, { at, reason: 'no-arrival' }, terms);
    case 'on-site':
      return [{ type: 'notified', at, reason: 'reminder', dueAt: at + alert.policy.reminderMs }];
    case 'resolved':
      return [];
  }
}

function see(alert: Alert, { at, by }: Command<'seen'>): readonly AlertEvent[] {
  const isKnown = alert.deliveredStep !== null && alert.deliveredStep >= alert.step;
  if (!isLive(alert) || alert.inhibitedBy !== null || isKnown) return [];
  return [{ type: 'delivered', at, by, step: alert.step, channel: 'screen', to: null }];
}

function accept(alert: Alert, { at, by, etaMinutes }: Command<'accept'>): readonly AlertEvent[] {
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
function decline(
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

function takeOver(
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

function handOver(alert: Alert, { at, by, to }: Command<'hand-over'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.by === to) return [];
  requireOwn(alert, by);
  // They see it because they have it; with whoever has it next, that is over.
  const parties = [{ kind: 'person', ref: to, until: at } as const];
  const reached = { parties, people: [to], endpoints: [], isNobody: false };
  return [{ type: 'handed-over', at, by, to, reached, dueAt: at + alert.policy.arrivalMs }];
}

function giveBack(
  alert: Alert,
  { at, by }: Command<'give-back'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state === 'firing') return [];
  requireOwn(alert, by);
  return returnTo(alert, { at, by, reason: 'handed-back', step: firstStepOf(alert) }, terms);
}

function wantHelp(
  alert: Alert,
  { at, by }: Command<'want-help'>,
  terms: AlertTerms,
): readonly AlertEvent[] {
  requireLive(alert);
  requireOwn(alert, by);
  return alert.helpWanted === null ? askHelp(alert, at, by, terms) : [];
}

function arrive(alert: Alert, { at, by }: Command<'arrive'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state === 'on-site' && alert.by === by) return [];
  requireFree(alert, by, at);
  return [arrived(alert, at, by)];
}

function arrived({ policy }: Alert, at: number, by: string): AlertEvent {
  return { type: 'arrived', at, by, dueAt: at + policy.reminderMs };
}

function resolve(alert: Alert, command: Command<'resolve'>): readonly AlertEvent[] {
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
