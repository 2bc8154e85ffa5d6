import type { Role } from '../../gateway/protocol/api.ts';

/** Whether the reader gives devices new secrets. */
export function mayRenewSecret(role: Role): boolean {
  return role !== 'carer';
}

/** Whether the reader looks after the equipment of the whole municipality. */
export function mayTendFleet(role: Role): boolean {
  return role !== 'carer';
}
