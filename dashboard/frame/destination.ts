import type { Role } from '../../gateway/protocol/api.ts';

export type Destination = 'board' | 'technical' | 'homes' | 'devices' | 'rules';

export const paths: Record<Destination, string> = {
  board: '/',
  technical: '/technical',
  homes: '/homes',
  devices: '/devices',
  rules: '/rules',
};

const destinations: Record<Role, readonly [Destination, ...Destination[]]> = {
  carer: ['board', 'homes'],
  technician: ['devices', 'technical', 'homes'],
  coordinator: ['board', 'technical', 'homes', 'devices', 'rules'],
  administrator: ['devices', 'homes', 'rules'],
};

/** Where a role goes, and first where it starts. */
export function destinationsOf(role: Role): readonly [Destination, ...Destination[]] {
  return destinations[role];
}

export function seesBoard(role: Role): boolean {
  return destinations[role].includes('board');
}
