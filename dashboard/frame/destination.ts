import type { Role } from '../../gateway/protocol/api.ts';

export type Destination =
  | 'board'
  | 'technical'
  | 'test'
  | 'homes'
  | 'devices'
  | 'rules'
  | 'staffing'
  | 'holds';

export const paths: Record<Destination, string> = {
  board: '/',
  technical: '/technical',
  test: '/test',
  homes: '/homes',
  devices: '/devices',
  rules: '/rules',
  staffing: '/units',
  holds: '/silences',
};

const destinations: Record<Role, readonly [Destination, ...Destination[]]> = {
  carer: ['board', 'homes'],
  technician: ['devices', 'technical', 'test', 'homes', 'holds'],
  coordinator: ['board', 'technical', 'test', 'homes', 'devices', 'rules', 'staffing'],
  administrator: ['devices', 'homes', 'rules', 'staffing'],
};

/** Where a role goes, and first where it starts. */
export function destinationsOf(role: Role): readonly [Destination, ...Destination[]] {
  return destinations[role];
}

export function seesBoard(role: Role): boolean {
  return destinations[role].includes('board');
}
