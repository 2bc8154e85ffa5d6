import type { Role } from '../../gateway/protocol/api.ts';
import { staffPaths } from '../plan/permission.ts';
import { reportPaths } from '../report/permission.ts';

export type Destination =
  | 'board'
  | 'technical'
  | 'test'
  | 'homes'
  | 'devices'
  | 'install'
  | 'rules'
  | 'staffing'
  | 'holds'
  | 'reports';

export const paths: Record<Destination, string> = {
  board: '/',
  technical: '/technical',
  test: '/test',
  homes: '/homes',
  devices: '/devices',
  install: '/install',
  rules: '/rules',
  staffing: '/units',
  holds: '/silences',
  reports: reportPaths.followUp,
};

const destinations: Record<Role, readonly [Destination, ...Destination[]]> = {
  carer: ['board', 'homes'],
  technician: ['devices', 'install', 'technical', 'test', 'homes', 'holds'],
  coordinator: ['board', 'technical', 'test', 'homes', 'devices', 'rules', 'staffing', 'reports'],
  administrator: ['devices', 'homes', 'rules', 'staffing', 'reports'],
};

/** Where a role goes, and first where it starts. */
export function destinationsOf(role: Role): readonly [Destination, ...Destination[]] {
  return destinations[role];
}

export function seesBoard(role: Role): boolean {
  return destinations[role].includes('board');
}

/** The addresses that belong to each, with all that is under them. */
const within: Record<Destination, readonly string[]> = {
  board: [],
  technical: ['/technical'],
  test: ['/test'],
  homes: ['/homes'],
  devices: ['/devices', '/visits', '/hubs', reportPaths.telemetry],
  install: ['/install'],
  rules: ['/rules', '/rule-exchange', '/rule-library'],
  staffing: Object.values(staffPaths),
  holds: [paths.holds],
  reports: Object.values(reportPaths),
};

/** Under which of its destinations a role stands at an address; null at one that is under none. */
export function destinationAt(role: Role, path: string): Destination | null {
  const isAt = (destination: Destination) =>
    paths[destination] === path ||
    within[destination].some((start) => path === start || path.startsWith(`${start}/`));
  // Telemetry is under the equipment only for those who have no reports.
  return destinations[role].findLast(isAt) ?? null;
}

/** Where a role goes on from an address that is not for it, or where nothing is: what it is under, or where the role starts. */
export function wayOnFrom(role: Role, path: string): Destination {
  const ways = [destinationAt(role, path), ...destinations[role]];
  const isElsewhere = (way: Destination | null) => way !== null && paths[way] !== path;
  return ways.find(isElsewhere) ?? destinations[role][0];
}
