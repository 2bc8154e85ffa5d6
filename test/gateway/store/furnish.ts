import { createHash } from 'node:crypto';

import type {
  AlertEvent,
  AskedParty,
  Raised,
  Reach,
} from '../../../gateway/domain/alert/alert-event.ts';
import type { Alert } from '../../../gateway/domain/alert/alert.ts';
import { fold } from '../../../gateway/domain/alert/evolve.ts';
import { defaultPolicies } from '../../../gateway/domain/alert/policy.ts';
import type { AlertChangeSet, LogEntry } from '../../../gateway/domain/ledger.ts';
import type { NewDevice, NewHome, NewUser } from '../../../gateway/domain/registry.ts';
import type { Scope } from '../../../gateway/domain/scope.ts';
import type { Store } from '../../../gateway/domain/store.ts';

/** A Saturday noon in Stockholm. */
export const start = Date.parse('2026-11-21T11:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;

/** Homes by unit, by municipality. */
export type Plan = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Each home gets a resident, consent to all purposes and a button. */
export async function furnish(store: Store, plan: Plan): Promise<void> {
  const { registry } = store;
  for (const [municipalityId, units] of Object.entries(plan)) {
    await addMunicipality(store, municipalityId);
    for (const [unitId, homes] of Object.entries(units)) {
      await registry.addUnit({ id: unitId, municipalityId, name: `Lag ${unitId}`, at: start });
      for (const id of homes) {
        await addHome(store, { id, municipalityId, unitId });
        await addDevice(store, { id: `button-${id}`, homeId: id });
      }
    }
  }
}

export function addMunicipality({ registry }: Store, id: string): Promise<void> {
  return registry.addMunicipality({
    id,
    name: `${id}s kommun`,
    timeZone: 'Europe/Stockholm',
    at: start,
  });
}

export function addHome(
  { registry }: Store,
  home: Pick<NewHome, 'id' | 'municipalityId' | 'unitId'> & Partial<NewHome>,
): Promise<void> {
  return registry.addHome({
    label: `Storgatan ${home.id}`,
    timeZone: 'Europe/Stockholm',
    residents: [{ id: `resident-${home.id}`, name: `Elsa ${home.id}`, cohabitant: false }],
    consents: ['help', 'activity', 'camera'],
    at: start,
    ...home,
  });
}

export function addDevice(
  { registry }: Store,
  device: Pick<NewDevice, 'id' | 'homeId'> & Partial<NewDevice>,
): Promise<void> {
  return registry.addDevice({
    name: 'Larmknapp',
    profile: 'call-button',
    placement: 'worn',
    secretHash: secretHashOf(device.id),
    at: start,
    ...device,
  });
}

export function secretHashOf(deviceId: string): Buffer {
  return createHash('sha256').update(`secret of ${deviceId}`).digest();
}

export function addUser(
  { registry }: Store,
  user: Pick<NewUser, 'id' | 'municipalityId'> & Partial<NewUser>,
): Promise<void> {
  return registry.addUser({
    email: `${user.id}@vaka.example`,
    name: user.id,
    role: 'carer',
    units: [],
    passwordHash: null,
    at: start,
    ...user,
  });
}

/** Without named units a carer works in the first two of their municipality, `norr-1` and `norr-2` of `norr`. */
export function scopeOf(scope: Partial<Scope> = {}): Scope {
  const { municipalityId = 'norr', role = 'carer' } = scope;
  const own = [1, 2].map((number) => `${municipalityId}-${number}`);
  const units = role === 'carer' ? own : 'all';
  return { userId: 'astrid', municipalityId, role, units, ...scope };
}

/** A unit of the municipality that its name begins with, whose carers check in. */
export function addCheckInUnit({ staffing }: Store, id: string, serves: readonly string[] = []) {
  const municipalityId = id.split('-')[0] ?? '';
  const kind = { kind: 'team', duty: 'check-in', endpointId: null } as const;
  return staffing.addUnit(
    { id, municipalityId, name: `Lag ${id}`, ...kind, serves: [...serves] },
    start,
  );
}

/** Checks somebody in, or for no unit has them on call, from now on until then. */
export function checkIn(
  { staffing }: Store,
  personId: string,
  unitId: string | null,
  { from, until }: { from: number; until: number },
): Promise<void> {
  const municipalityId = unitId?.split('-')[0] ?? 'norr';
  const id = `${personId} ${unitId ?? '-'} ${from}`;
  return staffing.addDuty({ id, municipalityId, personId, unitId, from, until, byId: personId });
}

export function entry(some: Partial<LogEntry> & Pick<LogEntry, 'id'>): LogEntry {
  return {
    municipalityId: 'norr',
    homeId: 'home-1',
    deviceId: 'button-home-1',
    type: 'help.pressed',
    at: start,
    receivedAt: start,
    data: {},
    ...some,
  };
}

export function raised(some: Partial<Raised> & Pick<Raised, 'alertId'>): Raised {
  const severity = some.severity ?? 'high';
  const policy = defaultPolicies[severity];
  const { municipalityId = 'norr', unitId = 'norr-1' } = some;
  return {
    type: 'raised',
    at: start,
    municipalityId,
    unitId,
    unitUntil: null,
    homeId: 'home-1',
    homeUnitId: unitId,
    timeZone: 'Europe/Stockholm',
    about: severity === 'technical' ? 'technical' : 'care',
    reached: reachOf(unitId === null ? [] : [{ kind: 'unit', ref: unitId, until: null }]),
    deviceId: null,
    eventId: null,
    need: some.alertId,
    rule: { id: 'help', version: 1, title: { sv: 'Larmknapp', en: 'Help button' }, action: null },
    severity,
    since: start,
    lateMs: null,
    leavesWhenCleared: false,
    inhibits: [],
    isTest: false,
    policy,
    dueAt: (some.at ?? start) + policy.steps[0].waitMs,
    ...some,
  };
}

/** An alert as these events make it. */
export function changeOf(...events: [Raised, ...AlertEvent[]]): AlertChangeSet {
  const alert = fold(events);
  if (alert === null) throw new Error('A history begins with `raised`.');
  return { alert, before: null, events };
}

/** Keeps one alert, and answers it. */
export async function keepAlert(
  store: Store,
  ...events: [Raised, ...AlertEvent[]]
): Promise<Alert> {
  const change = changeOf(...events);
  await store.transaction((ledger) => ledger.saveAlerts([change]));
  return change.alert;
}

export function resolvedAt(at: number): AlertEvent {
  return { type: 'resolved', at, by: null, outcome: 'no-action', note: null };
}

/** The last of three steps asks everybody, here of `norr`. */
export function escalatedTo(step: number, at: number): AlertEvent {
  const reached = reachOf(step < 2 ? [] : [{ kind: 'everyone', ref: 'norr', until: null }]);
  return { type: 'escalated', at, step, reason: 'unanswered', reached, dueAt: at + minute };
}

function reachOf(parties: readonly AskedParty[]): Reach {
  return { parties, people: [], endpoints: [], isNobody: parties.length === 0 };
}

/** Lets everything that is under way go on for a while. */
export async function turns(count = 8): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
