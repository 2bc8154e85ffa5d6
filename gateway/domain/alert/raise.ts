import type { Raise } from '../home/call.ts';
import type { HomeContext } from '../home/home-context.ts';
import type { AlertEvent, Raised } from './alert-event.ts';
import { stepOf } from './alert.ts';
import { askOn, isWaitedFor, reachOf } from './ask.ts';
import { type EscalationPolicy, testPolicy } from './policy.ts';
import type { AlertTerms } from './terms.ts';

/** What an alert about the service itself is about. */
export interface ServicePlace {
  municipalityId: string;
  /** The unit concerned, if it is one. */
  unitId: string | null;
  timeZone: string;
  policy: EscalationPolicy;
}

/** The beginning of an alert for a need of a home that has no live one. */
export function raisedByHome(
  call: Raise,
  home: HomeContext,
  at: number,
  terms: AlertTerms,
): AlertEvent[] {
  const { municipalityId, timeZone } = home;
  const { unitId, until } = terms.responsibleFor(home, at);
  const test = terms.testModeOf(home.id, call.deviceId, at);
  const wish = { severity: call.severity, municipalityId, homeId: home.id, unitId };
  return asked(call, at, terms, {
    municipalityId,
    unitId,
    unitUntil: test === null ? until : Math.min(until ?? Infinity, test.until),
    homeId: home.id,
    homeUnitId: home.unitId,
    timeZone,
    isTest: test !== null,
    policy: test === null ? terms.policyFor(wish) : testPolicy(test.technicianId),
  });
}

/** The beginning of an alert about the service itself. */
export function raisedByService(
  call: Raise,
  { municipalityId, unitId, timeZone, policy }: ServicePlace,
  at: number,
  terms: AlertTerms,
): AlertEvent[] {
  return asked(call, at, terms, {
    municipalityId,
    unitId,
    unitUntil: null,
    homeId: null,
    homeUnitId: null,
    timeZone,
    isTest: false,
    policy,
  });
}

type Place = Pick<
  Raised,
  | 'municipalityId'
  | 'unitId'
  | 'unitUntil'
  | 'homeId'
  | 'homeUnitId'
  | 'timeZone'
  | 'isTest'
  | 'policy'
>;

function asked(call: Raise, at: number, terms: AlertTerms, place: Place): AlertEvent[] {
  const { type: _, urgent: __, worsening: ___, ...facts } = call;
  const addressed = { ...place, severity: call.severity };
  const reached = reachOf(addressed, 0, at, terms);
  const dueAt = isWaitedFor(addressed, 0, reached) ? at + stepOf(place, 0).waitMs : at;
  const first: Raised = {
    type: 'raised',
    at,
    alertId: terms.newAlertId(),
    ...place,
    ...facts,
    reached,
    dueAt,
  };
  return [first, ...askOn(addressed, { at, step: 0, reached }, terms)];
}
