import type { Role } from '../../gateway/protocol/api.ts';

/** Whether the reader may see how somebody lives; a carer only where they work, which the gateway sees to. */
export function mayFollow(role: Role): boolean {
  return role === 'carer' || role === 'coordinator';
}
