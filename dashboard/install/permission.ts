import type { Role } from '../../gateway/protocol/api.ts';

/** Whether the reader puts equipment in homes. */
export function mayInstall(role: Role): boolean {
  return role === 'technician' || role === 'coordinator';
}
