import type { Role } from '../../gateway/protocol/api.ts';
import type { HoldKind } from '../../gateway/protocol/duty/hold.ts';

export type StaffPage = 'units' | 'plan' | 'policies' | 'roster' | 'holds' | 'endpoints';

export const staffPaths: Record<StaffPage, string> = {
  units: '/units',
  plan: '/plan',
  policies: '/policies',
  roster: '/roster',
  holds: '/silences',
  endpoints: '/endpoints',
};

const all: readonly StaffPage[] = ['units', 'plan', 'policies', 'roster', 'holds', 'endpoints'];

/** Which of these pages a role sees. */
export function staffPagesOf(role: Role): readonly StaffPage[] {
  if (role === 'coordinator' || role === 'administrator') return all;
  return role === 'technician' ? ['holds'] : [];
}

/** Coordinators arrange who is asked; administrators read it. */
export function mayArrange(role: Role): boolean {
  return role === 'coordinator';
}

export function mayTendEndpoints(role: Role): boolean {
  return role === 'coordinator' || role === 'administrator';
}

/** Whoever may begin one may end it; a carer's silence too is a coordinator's to end. */
export function mayEnd(role: Role, kind: HoldKind): boolean {
  return role === 'coordinator' || (role === 'technician' && kind === 'test');
}
