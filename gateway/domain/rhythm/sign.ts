import type { EventType } from '../../protocol/catalogue.ts';
import type { HomeHistory, Placed } from '../history.ts';
import { isOwnType, type LogEntry } from '../ledger.ts';
import { laneOf } from '../series/lane.ts';
import { createMayFollow } from '../series/may-follow.ts';
import { roomOf } from './equipped.ts';

/**
 * What an event says of where somebody is. `move`: something moves indoors; `still`: what moved there does no more;
 * `door`: a way out was opened or closed; `in` and `out` of bed; `gone` from the area and `back`.
 */
export type Saying = 'move' | 'still' | 'door' | 'in' | 'out' | 'gone' | 'back';

export interface Sign {
  at: number;
  deviceId: string;
  says: Saying;
  /** Null: in no room. */
  room: string | null;
  /** Whether it counts as activity. */
  isLively: boolean;
}

const sayings: Readonly<Partial<Record<EventType, Saying>>> = {
  'motion.detected': 'move',
  'presence.detected': 'move',
  'person.seen': 'move',
  'person.left-room': 'move',
  'motion.cleared': 'still',
  'presence.cleared': 'still',
  'door.opened': 'move',
  'door.closed': 'move',
  'bed.entered': 'in',
  'bed.left': 'out',
  'person.out-of-bed': 'out',
  'area.left': 'gone',
  'area.entered': 'back',
};

/** The types of events that say so. */
export const rhythmTypes: readonly string[] = Object.keys(sayings);

/** The signs of life among what was told, each once and in order of event time; only what may be followed over time. */
export function signsOf(home: HomeHistory, entries: Iterable<LogEntry>): Sign[] {
  const mayFollow = createMayFollow(home);
  const placed = Map.groupBy(home.placed, ({ id }) => id);
  const seen = new Map<string, Sign>();
  for (const { deviceId, id, type, at } of entries) {
    if (deviceId === null || isOwnType(type) || sayings[type] === undefined) continue;
    const key = `${deviceId} ${id}`;
    if (seen.has(key)) continue;
    const device = placed.get(deviceId)?.find(isThere(at));
    if (device === undefined || !mayFollow(type, device.profile, at)) continue;
    const says = sayingOf(type, device.placement);
    if (says === null) continue;
    const room = roomOf(device.placement);
    seen.set(key, { at, deviceId, says, room, isLively: laneOf(type) !== null });
  }
  return [...seen]
    .sort(([one, a], [other, b]) => a.at - b.at || (one < other ? -1 : 1))
    .map(([, sign]) => sign);
}

function isThere(at: number): (device: Placed) => boolean {
  return ({ from, until }) => from <= at && (until === null || at < until);
}

function sayingOf(type: EventType, placement: string): Saying | null {
  if (placement === 'entrance' && type.startsWith('door.')) return 'door';
  if (placement === 'bed' && type === 'presence.detected') return 'in';
  if (placement === 'bed' && type === 'presence.cleared') return 'out';
  return sayings[type] ?? null;
}
