import type { AlertCommand, Command } from './alert-command.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, isLive, isWorse, nextStepOf } from './alert.ts';
import {
  accept,
  arrive,
  arrived,
  decline,
  giveBack,
  handOver,
  resolve,
  takeOver,
  wantHelp,
} from './answer.ts';
import { askFrom, askHelp, firstStepOf, returnTo } from './ask.ts';
import { assign } from './assign.ts';
import { heldBackMs, longestHoldMs } from './policy.ts';
import type { AlertTerms } from './terms.ts';
import { untold } from './untold.ts';

export type { AlertCommand } from './alert-command.ts';

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
  if (alert.isTest && isTestOver({ ...alert, deviceId }, at, terms))
    return [repeated, ...assign(alert, at, terms, { call: { deviceId } })];
  if (alert.state === 'on-site' && !call.worsening && isLeft(alert, call)) {
    return [repeated, ...returnTo(alert, { at, reason: 'pressed-again' }, terms)];
  }
  return alert.state === 'firing' ? [repeated, ...louder(alert, call, worse, terms)] : [repeated];
}

function isTestOver(
  { homeId, deviceId }: Pick<Alert, 'homeId' | 'deviceId'>,
  at: number,
  terms: AlertTerms,
): boolean {
  return homeId === null || terms.testModeOf(homeId, deviceId, at) === null;
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
