import type { AlertView, TimelineEntry } from '../../protocol/alert.ts';
import { permissions, queueOf, type Scope } from '../scope.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, audienceOf, nextStepOf } from './alert.ts';

/** What people call the things an alert is about. */
export interface AlertNames {
  homeLabel: string;
  resident: string | null;
  device: { id: string; name: string; placement: string } | undefined;
  /** Users' names by id. */
  people: ReadonlyMap<string, string>;
}

function nextOf(alert: Alert): AlertView['next'] {
  if (alert.dueAt === null || alert.inhibitedBy !== null) return null;
  const { step, audience } = nextStepOf(alert);
  const next = { at: alert.dueAt, since: alert.dueSince, audience };
  switch (alert.state) {
    case 'firing':
      return { ...next, what: step === alert.step ? 'ask-again' : 'escalate' };
    case 'accepted':
      return { ...next, what: 'return' };
    case 'on-site':
      return { ...next, what: 'remind', audience: audienceOf(alert) };
    case 'resolved':
      return null;
  }
}

function inhibitorOf({ inhibitedBy, unitId }: Alert, scope: Scope): AlertView['inhibitedBy'] {
  if (inhibitedBy === null) return null;
  const { id, title, queue } = inhibitedBy;
  const isOfUnit = scope.units === 'all' || scope.units.includes(unitId);
  const mayKnow = isOfUnit && permissions[scope.role].queues.includes(queue);
  return { id, title: mayKnow ? title : null };
}

function person(id: string | null, names: AlertNames) {
  return id === null ? null : { id, name: names.people.get(id) ?? '?' };
}

/** An alert as somebody with this scope may see it. */
export function presentAlert(
  alert: Alert,
  seq: number,
  names: AlertNames,
  scope: Scope,
): AlertView {
  const mayKnowResident = permissions[scope.role].residents;
  return {
    id: alert.id,
    queue: queueOf(alert.severity),
    state: alert.state,
    severity: alert.severity,
    rule: alert.rule,
    unitId: alert.unitId,
    home: { id: alert.homeId, label: names.homeLabel },
    resident: mayKnowResident && names.resident !== null ? { name: names.resident } : null,
    device: names.device ?? null,
    raisedAt: alert.raisedAt,
    since: alert.since,
    lateMs: alert.lateMs,
    repeats: alert.repeats,
    step: alert.step,
    audience: audienceOf(alert),
    next: nextOf(alert),
    inhibitedBy: inhibitorOf(alert, scope),
    acceptedBy: person(alert.by, names),
    etaAt: alert.etaAt,
    arrivedAt: alert.arrivedAt,
    clearedAt: alert.clearedAt,
    resolvedAt: alert.resolvedAt,
    outcome: alert.outcome,
    isTest: alert.isTest,
    seq,
  };
}

/** One recorded fact as a line of the alert's timeline. */
export function presentEvent(event: AlertEvent, seq: number, names: AlertNames): TimelineEntry {
  return {
    seq,
    at: event.at,
    type: event.type,
    by: 'by' in event ? person(event.by, names) : null,
    text: textOf(event),
    reason: 'reason' in event ? event.reason : null,
    step: 'step' in event ? event.step : null,
    severity: 'severity' in event ? event.severity : null,
    outcome: event.type === 'resolved' ? event.outcome : null,
    eventId: 'eventId' in event ? event.eventId : null,
  };
}

function textOf(event: AlertEvent): string | null {
  if (event.type === 'commented') return event.text;
  return event.type === 'resolved' ? event.note : null;
}
