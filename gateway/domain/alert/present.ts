import type { AlertView, Asked, TimelineEntry } from '../../protocol/alert.ts';
import type { Target } from '../../protocol/duty/policy.ts';
import type { Names } from '../directory.ts';
import { permissions, queueOf, type Scope } from '../scope.ts';
import type { AlertEvent, Reach } from './alert-event.ts';
import { type Alert, nextStepOf, stepOf } from './alert.ts';

/** What people call the things an alert is about. */
export interface AlertNames extends Names {
  /** Null for an alert about the service itself. */
  homeLabel: string | null;
  resident: string | null;
  device: { id: string; name: string; placement: string } | undefined;
  /** Users' names by id. */
  people: ReadonlyMap<string, string>;
}

/** An alert as somebody with this scope may see it. */
export function presentAlert(
  alert: Alert,
  seq: number,
  names: AlertNames,
  scope: Scope,
): AlertView {
  const mayKnowResident = permissions[scope.role].residents;
  const { municipalityId, unitId } = alert;
  return {
    id: alert.id,
    queue: queueOf(alert),
    state: alert.state,
    severity: alert.severity,
    rule: alert.rule,
    municipality: { id: municipalityId, name: nameIn(names.municipalities, municipalityId) },
    unit: unitId === null ? null : { id: unitId, name: nameIn(names.units, unitId) },
    home: homeOf(alert, names, scope),
    resident: mayKnowResident && names.resident !== null ? { name: names.resident } : null,
    device: names.device ?? null,
    raisedAt: alert.raisedAt,
    since: alert.since,
    lateMs: alert.lateMs,
    repeats: alert.repeats,
    step: alert.step,
    asked: alert.state === 'resolved' ? [] : targetsOf(alert, alert.step, names),
    declinedBy: peopleOf(alert.declinedBy, names),
    next: nextOf(alert, names),
    inhibitedBy: inhibitorOf(alert, scope),
    held: alert.held,
    acceptedBy: person(alert.by, names),
    helpWantedAt: alert.helpWanted?.at ?? null,
    helpers: peopleOf(alert.helpers, names),
    etaAt: alert.etaAt,
    arrivedAt: alert.arrivedAt,
    clearedAt: alert.clearedAt,
    resolvedAt: alert.resolvedAt,
    outcome: alert.outcome,
    isTest: alert.isTest,
    seq,
  };
}

function homeOf(
  { homeId, homeUnitId, municipalityId }: Alert,
  { homeLabel }: AlertNames,
  scope: Scope,
): AlertView['home'] {
  if (homeId === null) return null;
  const isOwnUnit = scope.units === 'all' || scope.units.includes(homeUnitId ?? '');
  const isOpen = scope.municipalityId === municipalityId && isOwnUnit;
  return { id: homeId, label: homeLabel ?? homeId, isOpen };
}

/** Whoever waits for hours is told when those end, for then it is looked at again. */
function nextOf(alert: Alert, names: AlertNames): AlertView['next'] {
  if (alert.stateDueAt === null || alert.inhibitedBy !== null) return null;
  const next = { at: alert.stateDueAt, since: alert.dueSince };
  const step = nextStepOf(alert);
  const asks = targetsOf(alert, step, names);
  switch (alert.state) {
    case 'firing':
      if (alert.held !== null) {
        return { ...next, what: 'hold-ends', asks: targetsOf(alert, alert.step, names) };
      }
      return { ...next, what: step === alert.step ? 'ask-again' : 'escalate', asks };
    case 'accepted':
      return { ...next, what: 'return', asks };
    case 'on-site':
      return { ...next, what: 'remind', asks: [] };
    case 'resolved':
      return null;
  }
}

function inhibitorOf(alert: Alert, scope: Scope): AlertView['inhibitedBy'] {
  if (alert.inhibitedBy === null) return null;
  const { id, title, queue } = alert.inhibitedBy;
  const isOfUnit = scope.units === 'all' || scope.units.includes(alert.unitId ?? '');
  const mayKnow = isOfUnit && permissions[scope.role].queues.includes(queue);
  return { id, title: mayKnow ? title : null };
}

function targetsOf(alert: Alert, step: number, names: AlertNames): Asked[] {
  return stepOf(alert, step).asks.flatMap((target) => askedBy(target, alert, names));
}

function askedBy(target: Target, { unitId }: Alert, names: AlertNames): Asked[] {
  switch (target.who) {
    case 'responsible-unit':
      return unitId === null ? [] : [unit(unitId, names)];
    case 'unit':
      return [unit(target.unitId, names)];
    case 'people':
      return target.ids.map((id) => ({ who: 'person', id, name: nameIn(names.people, id) }));
    case 'webhook':
      return [webhook(target.endpointId, names)];
    case 'everyone':
    case 'coordinators':
    case 'technicians':
      return [{ who: target.who, id: null, name: null }];
  }
}

function unit(id: string, names: AlertNames): Asked {
  return { who: 'unit', id, name: nameIn(names.units, id) };
}

function webhook(id: string, names: AlertNames): Asked {
  return { who: 'webhook', id, name: nameIn(names.endpoints, id) };
}

function nameIn(names: ReadonlyMap<string, string>, id: string): string {
  return names.get(id) ?? '?';
}

function person(id: string | null, names: AlertNames) {
  return id === null ? null : { id, name: nameIn(names.people, id) };
}

function peopleOf(ids: readonly string[], names: AlertNames) {
  return ids.map((id) => ({ id, name: nameIn(names.people, id) }));
}

/** One recorded fact as a line of the alert's timeline. */
export function presentEvent(event: AlertEvent, seq: number, names: AlertNames): TimelineEntry {
  return {
    seq,
    at: event.at,
    type: event.type,
    by: 'by' in event ? person(event.by, names) : null,
    other: otherOf(event, names),
    asked: 'reached' in event && event.reached !== null ? reachedOf(event.reached, names) : [],
    channel: 'channel' in event ? event.channel : null,
    text: textOf(event),
    reason: 'reason' in event ? event.reason : null,
    step: 'step' in event ? event.step : null,
    severity: 'severity' in event ? event.severity : null,
    outcome: event.type === 'resolved' ? event.outcome : null,
    eventId: 'eventId' in event ? event.eventId : null,
  };
}

function otherOf(event: AlertEvent, names: AlertNames): TimelineEntry['other'] {
  if (event.type === 'taken-over') return person(event.from, names);
  if (event.type === 'handed-over') return person(event.to, names);
  if (event.type === 'assigned') {
    const { unitId } = event;
    return unitId === null ? null : { id: unitId, name: nameIn(names.units, unitId) };
  }
  if (event.type !== 'delivered' && event.type !== 'undelivered') return null;
  return event.to === null ? null : receiverOf(event.to, names);
}

function receiverOf(id: string, { people, endpoints, device }: AlertNames) {
  const ofDevice = device?.id === id ? device.name : undefined;
  return { id, name: people.get(id) ?? endpoints.get(id) ?? ofDevice ?? '?' };
}

function reachedOf({ people, endpoints }: Reach, names: AlertNames): Asked[] {
  return [
    ...people.map((id) => ({ who: 'person' as const, id, name: nameIn(names.people, id) })),
    ...endpoints.map((id) => webhook(id, names)),
  ];
}

function textOf(event: AlertEvent): string | null {
  if (event.type === 'commented') return event.text;
  if (event.type === 'undelivered') return event.why;
  return event.type === 'resolved' ? event.note : null;
}
