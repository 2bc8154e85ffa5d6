import type { Queue } from '../protocol/alert.ts';
import type { Role } from '../protocol/api.ts';
import type { Alert } from './alert/alert.ts';
import { audienceOf } from './alert/alert.ts';

/** What a signed-in person may see and do; every query of theirs takes it. */
export interface Scope {
  userId: string;
  municipalityId: string;
  role: Role;
  /** The units a carer works in; everybody else's work is the whole municipality. */
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
}

/** Least privilege by role: a technician needs no names, an administrator no nights. */
export const permissions: Readonly<Record<Role, Permissions>> = {
  carer: { queues: ['care', 'technical'], residents: true, answer: true, rules: 'none' },
  coordinator: { queues: ['care', 'technical'], residents: true, answer: true, rules: 'change' },
  technician: { queues: ['technical'], residents: false, answer: true, rules: 'none' },
  administrator: { queues: ['technical'], residents: false, answer: false, rules: 'read' },
};

export function queueOf(severity: Alert['severity']): Queue {
  return severity === 'technical' ? 'technical' : 'care';
}

/** Somebody who works in no unit is never asked, not even when the whole municipality is. */
function isAsked(units: Scope['units'], alert: Alert): boolean {
  if (units === 'all') return true;
  return units.includes(alert.unitId) || (units.length > 0 && audienceOf(alert) === 'municipality');
}

/** The same test as the store's own queries make, for what is passed on without a query. */
export function maySeeAlert(scope: Scope, alert: Alert): boolean {
  return (
    scope.municipalityId === alert.municipalityId &&
    permissions[scope.role].queues.includes(queueOf(alert.severity)) &&
    isAsked(scope.units, alert)
  );
}
