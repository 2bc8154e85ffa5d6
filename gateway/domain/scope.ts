import type { Queue } from '../protocol/alert.ts';
import type { Role } from '../protocol/api.ts';
import type { Alert } from './alert/alert.ts';

/** What a signed-in person may see and do; every query of theirs takes it. */
export interface Scope {
  userId: string;
  municipalityId: string;
  role: Role;
  /** The units a carer works in, all of them named; everybody else's work is the whole municipality. */
  units: readonly string[] | 'all';
}

export interface Permissions {
  queues: readonly Queue[];
  /** Who lives in a home, and how they live. */
  residents: boolean;
  /** Accept, arrive, resolve and comment, in the queues above. */
  answer: boolean;
  /** Which rules hold, and why. */
  rules: 'change' | 'read' | 'none';
  /** Units, plans, policies and rosters. */
  duty: 'change' | 'read' | 'take-part';
  /** Which silences, pauses and test modes one may begin and end. */
  holds: readonly ('silence' | 'pause' | 'test')[];
  /** Where webhooks go. */
  endpoints: 'change' | 'none';
  /** Put devices in homes, exchange them and take them out of use. */
  equipment: 'change' | 'none';
  /** By what devices prove who they are, and the keys with which fleets fetch that. */
  credentials: 'change' | 'none';
  /** The municipality's own certificate authority. */
  authority: 'change' | 'read' | 'none';
  /** Follow-up of many homes together, and what the service costs. */
  reports: 'read' | 'none';
  /** How the writing of history goes. */
  telemetry: 'read' | 'none';
}

/** Least privilege by role: a technician needs no names, an administrator no nights. */
export const permissions: Readonly<Record<Role, Permissions>> = {
  carer: {
    queues: ['care', 'technical'],
    residents: true,
    answer: true,
    rules: 'none',
    duty: 'take-part',
    holds: [],
    endpoints: 'none',
    equipment: 'none',
    credentials: 'none',
    authority: 'none',
    reports: 'none',
    telemetry: 'none',
  },
  coordinator: {
    queues: ['care', 'technical', 'test'],
    residents: true,
    answer: true,
    rules: 'change',
    duty: 'change',
    holds: ['silence', 'pause', 'test'],
    endpoints: 'change',
    equipment: 'change',
    credentials: 'change',
    authority: 'read',
    reports: 'read',
    telemetry: 'read',
  },
  technician: {
    queues: ['technical', 'test'],
    residents: false,
    answer: true,
    rules: 'none',
    duty: 'take-part',
    holds: ['test'],
    endpoints: 'none',
    equipment: 'change',
    credentials: 'change',
    authority: 'read',
    reports: 'none',
    telemetry: 'read',
  },
  administrator: {
    queues: ['technical'],
    residents: false,
    answer: false,
    rules: 'read',
    duty: 'read',
    holds: [],
    endpoints: 'change',
    equipment: 'none',
    credentials: 'change',
    authority: 'change',
    reports: 'read',
    telemetry: 'read',
  },
};

export function queueOf({ severity, isTest }: Pick<Alert, 'severity' | 'isTest'>): Queue {
  if (isTest) return 'test';
  return severity === 'technical' ? 'technical' : 'care';
}

/** What decides who may see an alert. */
export type Sighted = Pick<
  Alert,
  'municipalityId' | 'homeUnitId' | 'severity' | 'isTest' | 'state' | 'by' | 'asked'
>;

/**
 * Whether an alert exists for this scope at an instant. Who works with the whole municipality sees all of its alerts; a
 * carer those that they have, those that ask them now, and what is over in the homes of their units. The store's own
 * queries make the same test.
 */
export function maySeeAlert(scope: Scope, alert: Sighted, at: number): boolean {
  if (!permissions[scope.role].queues.includes(queueOf(alert))) return false;
  const isOwn = scope.municipalityId === alert.municipalityId;
  if (scope.units === 'all' && isOwn) return true;
  if (alert.by === scope.userId && alert.state !== 'resolved') return true;
  if (isAsked(scope, alert, at)) return true;
  const { units } = scope;
  const isOver = alert.state === 'resolved' && alert.homeUnitId !== null;
  return isOver && isOwn && units !== 'all' && units.includes(alert.homeUnitId ?? '');
}

function isAsked(
  { userId, municipalityId, units }: Scope,
  { asked }: Sighted,
  at: number,
): boolean {
  return asked.some(({ kind, ref, until }) => {
    if (until !== null && until <= at) return false;
    switch (kind) {
      case 'unit':
        return units !== 'all' && units.includes(ref);
      case 'person':
        return ref === userId;
      case 'everyone':
        // Somebody who works in no unit is never asked, not even when the whole municipality is.
        return ref === municipalityId && (units === 'all' || units.length > 0);
    }
  });
}
