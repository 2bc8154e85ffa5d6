import type { EventType } from '../../protocol/catalogue.ts';

/**
 * What a technician can make a device tell in a hallway. Left out is what ends by itself, what is measured or told
 * without anybody's doing, and what would take an hour, an illness or a power cut: seizure, a missed medicine.
 */
const provoked: ReadonlySet<EventType> = new Set<EventType>([
  'help.pressed',
  'fall.detected',
  'smoke.detected',
  'co.detected',
  'water.detected',
  'bed.left',
  'bed.entered',
  'door.opened',
  'door.closed',
  'motion.detected',
  'presence.detected',
  'person.out-of-bed',
  'person.left-room',
  'person.seen',
  'sound.loud',
  'medication.taken',
  'area.left',
  'tamper.detected',
  'test.pressed',
]);

/** The function tests of a device: of all it can tell what somebody can provoke, in the order of its profile. */
export function testsOf(capabilities: readonly EventType[]): readonly EventType[] {
  return [...new Set(capabilities)].filter((type) => provoked.has(type));
}
