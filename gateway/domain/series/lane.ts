import { activityLanes } from '../../protocol/api.ts';
import type { EventType } from '../../protocol/catalogue.ts';

export type Lane = (typeof activityLanes)[number];

/** Which events are signs of life, and of what kind. */
export const laneTypes: Readonly<Record<Lane, readonly EventType[]>> = {
  motion: ['motion.detected', 'person.seen', 'person.left-room'],
  door: ['door.opened', 'door.closed'],
  bed: ['bed.left', 'bed.entered', 'person.out-of-bed'],
  presence: ['presence.detected', 'presence.cleared'],
};

const laneByType: ReadonlyMap<string, Lane> = new Map(
  activityLanes.flatMap((lane) => laneTypes[lane].map((type) => [type, lane] as const)),
);

/** Null for what is no sign of life. */
export function laneOf(type: string): Lane | null {
  return laneByType.get(type) ?? null;
}

export const quarterMs = 15 * 60_000;

export function quarterOf(at: number): number {
  return Math.floor(at / quarterMs) * quarterMs;
}
