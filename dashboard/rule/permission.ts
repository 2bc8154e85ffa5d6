import type { Role } from '../../gateway/protocol/api.ts';

/** Coordinators own the rules; whoever else sees them reads them. */
export function mayChangeRules(role: Role): boolean {
  return role === 'coordinator';
}
