import type { Role } from '../../gateway/protocol/api.ts';
import type { HoldKind } from '../../gateway/protocol/duty/hold.ts';

const holds: Record<Role, readonly HoldKind[]> = {
  carer: [],
  technician: ['test'],
  coordinator: ['silence', 'pause', 'test'],
  administrator: [],
};

/** Whether the reader may hold alerts back in this way. */
export function mayHold(role: Role, kind: HoldKind): boolean {
  return holds[role].includes(kind);
}

/** Whether duty is the reader's own matter: administrators are never asked. */
export function hasDuty(role: Role): boolean {
  return role !== 'administrator';
}
