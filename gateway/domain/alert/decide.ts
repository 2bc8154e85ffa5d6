import type { Outcome } from '../../protocol/alert.ts';
import { AppError } from '../errors.ts';
import type { Clear, Raise } from '../home/call.ts';
import type { AlertEvent, Inhibitor } from './alert-event.ts';
import { type Alert, firstStepOf, isLive, isWorse, nextStepOf } from './alert.ts';
import { heldBackMs } from './policy.ts';

/** What may be asked of an alert; `at` is now, in epoch milliseconds, and `by` a user's id. */
export type AlertCommand = { at: number } & (
  | Raise
  | Clear
  | { type: 'tick' }
  | { type: 'seen'; by: string }
  | { type: 'accept'; by: string; etaMinutes: number | null }
  | { type: 'decline'; by: string }
  | { type: 'arrive'; by: string }
  | { type: 'suppress'; by: string; until: number }
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
export function decide(alert: Alert, command: AlertCommand): readonly AlertEvent[] {
  switch (command.type) {
    case 'raise':
      return repeat(alert, command);
    case 'clear':
      return clear(alert, command);
    case 'tick':
      return tick(alert, command.at);
    case 'seen':
      return see(alert, command);
    case 'accept':
      return accept(alert, command);
    case 'decline':
      return isLive(alert) ? [{ type: 'declined', at: command.at, by: command.by }] : [];
    case 'arrive':
      return arrive(alert, command);
    case 'suppress':
      return suppress(alert, command);
    case 'inhibit':
      return inhibit(alert, command);
    case 'release':
      return alert.inhibitedBy === null ? [] : [begunAnew(alert, command.at, command.reason)];
    case 'comment':
      return [{ type: 'commented', at: command.at, by: command.by, text: command.text }];
    case 'resolve':
      return resolve(alert, command);
  }
}

function escalate(
  alert: Alert,
  at: number,
  reason: Extract<AlertEvent, { type: 'escalated' }>['reason'],
): AlertEvent {
  const { step, waitMs } = nextStepOf(alert);
  return { type: 'escalated', at, step, reason, dueAt: at + waitMs };
}

function repeat(alert: Alert, call: Command<'raise'>): readonly AlertEvent[] {
  if (!isLive(alert)) return [];
  const { at, severity, deviceId, eventId, since } = call;
  const worse = isWorse(severity, alert.severity);
  if (call.worsening && !worse) return [];
  const repeated: AlertEvent = { type: 'repeated', at, severity, deviceId, eventId, since };
  if (alert.state === 'on-site' && !call.worsening && isLeft(alert, call)) {
    return [repeated, giveBack(alert, at, 'pressed-again')];
  }
  return alert.state === 'firing'
    ? [repeated, ...louder(alert, at, worse, call.urgent)]
    : [repeated];
}

/** What asks already asks on when it gets worse or somebody insists; what waits for another alert only if somebody insists. */
function louder(alert: Alert, at: number, worse: boolean, urgent: boolean): readonly AlertEvent[] {
  if (alert.inhibitedBy !== null) return urgent ? [begunAnew(alert, at, 'pressed-again')] : [];
  return worse || urgent ? [escalate(alert, at, worse ? 'worse' : 'pressed-again')] : [];
}

/** How long after an arrival a press is taken for one that the carer on site will see to. */
const stillThereMs = 5 * 60_000;

/** Whether the carer on site has probably left and forgotten to resolve: what calls again then calls anew. */
function isLeft(alert: Alert, { at, urgent }: Command<'raise'>): boolean {
  const arrivedAt = alert.arrivedAt ?? at;
  return at >= arrivedAt + (urgent ? stillThereMs : alert.policy.reminderMs);
}

type ReturnReason = Extract<AlertEvent, { type: 'returned' }>['reason'];

function giveBack(alert: Alert, at: number, reason: ReturnReason): AlertEvent {
  const { step, waitMs } = nextStepOf(alert);
  return { type: 'returned', at, step, reason, dueAt: at + waitMs };
}

/** What was held back asks as if nobody had been asked before. */
function begunAnew(alert: Alert, at: number, reason: ReturnReason): AlertEvent {
  const { step, waitMs } = firstStepOf(alert);
  return { type: 'returned', at, step, reason, dueAt: at + waitMs };
}

/** Holds back until somebody looks again; the same once more only renews that deadline when it has passed. */
function inhibit(alert: Alert, { at, inhibitor }: Command<'inhibit'>): readonly AlertEvent[] {
  if (alert.state !== 'firing') return [];
  const isKnown = alert.inhibitedBy?.id === inhibitor.id;
  if (isKnown && alert.dueAt !== null && alert.dueAt > at) return [];
  return [{ type: 'inhibited', at, inhibitor, dueAt: at + heldBackMs[alert.severity] }];
}

function clear(alert: Alert, { at, since }: Command<'clear'>): readonly AlertEvent[] {
  if (!isLive(alert) || alert.clearedAt !== null || since < alert.latestSince) return [];
  const cleared: AlertEvent = { type: 'cleared', at, since };
  if (!alert.leavesWhenCleared || alert.state !== 'firing') return [cleared];
  return [cleared, { type: 'resolved', at, by: null, outcome: 'no-action', note: null }];
}

function tick(alert: Alert, at: number): readonly AlertEvent[] {
  if (alert.dueAt === null || alert.dueAt > at) return [];
  switch (alert.state) {
    case 'firing':
      return alert.inhibitedBy === null
        ? [escalate(alert, at, 'unanswered')]
        : [begunAnew(alert, at, 'uninhibited')];
    case 'accepted':
      return [giveBack(alert, at, 'no-arrival')];
    case 'on-site':
      return [{ type: 'notified', at, reason: 'reminder', dueAt: at + alert.policy.reminderMs }];
    case 'resolved':
      return [];
  }
}

function see(alert: Alert, { at, by }: Command<'seen'>): readonly AlertEvent[] {
  const isKnown = alert.deliveredStep !== null && alert.deliveredStep >= alert.step;
  if (!isLive(alert) || alert.inhibitedBy !== null || isKnown) return [];
  return [{ type: 'delivered', at, by, step: alert.step }];
}

function accept(alert: Alert, { at, by, etaMinutes }: Command<'accept'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.by === by) return [];
  requireFree(alert, by, at);
  const etaAt = etaMinutes === null ? null : at + etaMinutes * 60_000;
  const dueAt = Math.max(at + alert.policy.arrivalMs, etaAt ?? 0);
  return [{ type: 'accepted', at, by, etaAt, dueAt }];
}

function arrive(alert: Alert, { at, by }: Command<'arrive'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state === 'on-site' && alert.by === by) return [];
  requireFree(alert, by, at);
  return [{ type: 'arrived', at, by, dueAt: at + alert.policy.reminderMs }];
}

function suppress(alert: Alert, { at, by, until }: Command<'suppress'>): readonly AlertEvent[] {
  requireLive(alert);
  if (alert.state !== 'firing') throw new AppError('conflict', 'Somebody already has this alert.');
  if (until <= at) throw new AppError('invalid', 'Silence must end in the future.');
  if (alert.suppressedUntil === until) return [];
  return [{ type: 'suppressed', at, by, dueAt: until }];
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

function requireLive(alert: Alert): void {
  if (!isLive(alert)) throw new AppError('conflict', 'The alert has already been resolved.');
}
