import { z } from 'zod';

import {
  type EndpointInput,
  EndpointList,
  EndpointSecret,
  EndpointTested,
  EndpointView,
} from '../../gateway/protocol/duty/endpoint.ts';
import { HoldList, HoldView, type SilenceInput } from '../../gateway/protocol/duty/hold.ts';
import { type Plan, PlanChecked, PlanView } from '../../gateway/protocol/duty/plan.ts';
import {
  PolicyChecked,
  type PolicySet,
  PolicySetView,
} from '../../gateway/protocol/duty/policy.ts';
import {
  Coverage,
  type Roster,
  type RosterImport,
  RosterImported,
  RosterView,
} from '../../gateway/protocol/duty/roster.ts';
import { type UnitEdit, UnitList, UnitView } from '../../gateway/protocol/duty/unit.ts';
import { request } from './request.ts';

function path(kind: string, id: string, rest = ''): string {
  return `/${kind}/${encodeURIComponent(id)}${rest}`;
}

/** What somebody wants in force instead of the version they began from. */
export interface Edit<D> {
  version: number;
  document: D;
  reason: string;
}

export function fetchUnits(signal: AbortSignal): Promise<UnitList> {
  return request(UnitList, '/units', { signal });
}

export function addUnit(body: UnitEdit): Promise<UnitView> {
  return request(UnitView, '/units', { method: 'POST', body });
}

export function changeUnit(id: string, body: UnitEdit): Promise<UnitView> {
  return request(UnitView, path('units', id), { method: 'PUT', body });
}

export function fetchPlan(signal: AbortSignal): Promise<PlanView> {
  return request(PlanView, '/plan', { signal });
}

export function putPlan(body: Edit<Plan>): Promise<PlanView> {
  return request(PlanView, '/plan', { method: 'PUT', body });
}

/** What is wrong with it, and who would answer in the week from then. */
export function checkPlan(document: Plan, from: number, signal: AbortSignal): Promise<PlanChecked> {
  const body = { document, from };
  return request(PlanChecked, '/plan/check', { method: 'POST', body, signal });
}

export function fetchPolicies(signal: AbortSignal): Promise<PolicySetView> {
  return request(PolicySetView, '/policies', { signal });
}

export function putPolicies(body: Edit<PolicySet>): Promise<PolicySetView> {
  return request(PolicySetView, '/policies', { method: 'PUT', body });
}

export function checkPolicies(document: PolicySet, signal: AbortSignal): Promise<PolicyChecked> {
  return request(PolicyChecked, '/policies/check', { method: 'POST', body: { document }, signal });
}

export function fetchRoster(unitId: string, signal: AbortSignal): Promise<RosterView> {
  return request(RosterView, path('units', unitId, '/roster'), { signal });
}

export function putRoster(unitId: string, body: Edit<Roster>): Promise<RosterView> {
  return request(RosterView, path('units', unitId, '/roster'), { method: 'PUT', body });
}

/** Reads a file; nothing is kept. */
export function readRoster(
  unitId: string,
  body: z.infer<typeof RosterImport>,
): Promise<RosterImported> {
  return request(RosterImported, path('units', unitId, '/roster/import'), { method: 'POST', body });
}

export interface Stay {
  from: number;
  weeks: number;
  unitId: string;
}

export function fetchCoverage(
  { from, weeks, unitId }: Stay,
  signal: AbortSignal,
): Promise<Coverage> {
  const query = new URLSearchParams({ from: String(from), weeks: String(weeks), unitId });
  return request(Coverage, `/coverage?${query}`, { signal });
}

/** Of all own units, for the eight weeks from now. */
export function fetchNextWeeks(signal: AbortSignal): Promise<Coverage> {
  return request(Coverage, '/coverage', { signal });
}

export async function fetchHolds(signal: AbortSignal): Promise<HoldView[]> {
  return (await request(HoldList, '/holds', { signal })).items;
}

export async function endHold(id: string): Promise<void> {
  await request(z.unknown(), path('holds', id), { method: 'DELETE' });
}

export function addSilence(body: SilenceInput): Promise<HoldView> {
  return request(HoldView, '/silences', { method: 'POST', body });
}

export async function fetchEndpoints(signal: AbortSignal): Promise<EndpointView[]> {
  return (await request(EndpointList, '/endpoints', { signal })).items;
}

export function addEndpoint(body: EndpointInput): Promise<EndpointSecret> {
  return request(EndpointSecret, '/endpoints', { method: 'POST', body });
}

export function changeEndpoint(id: string, body: EndpointInput): Promise<EndpointView> {
  return request(EndpointView, path('endpoints', id), { method: 'PUT', body });
}

/** A new secret; the old one is good no longer. */
export function rotateSecret(id: string): Promise<EndpointSecret> {
  return request(EndpointSecret, path('endpoints', id, '/secret'), { method: 'POST', body: {} });
}

/** Sends a test, and answers what the receiver said of it. */
export function testEndpoint(id: string): Promise<EndpointTested> {
  return request(EndpointTested, path('endpoints', id, '/test'), { method: 'POST', body: {} });
}

/** Refused while a unit or a policy names it. */
export async function removeEndpoint(id: string): Promise<void> {
  await request(z.unknown(), path('endpoints', id), { method: 'DELETE' });
}
