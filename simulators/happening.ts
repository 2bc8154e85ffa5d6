import { z } from 'zod';

import { isPlacement, type Placement } from '../gateway/protocol/placement.ts';
import { isProfile, type ProfileId } from '../gateway/protocol/profile.ts';

/** What can happen in a home, and which kinds of device sense it. */
export const senses = {
  'help-press': ['call-button', 'event-only', 'location-alarm'],
  'test-press': ['call-button'],
  /** Staff hold their tag to the reader by the door. */
  'staff-arrival': ['tag-reader'],
  fall: ['fall-detector', 'fall-radar'],
  'door-open': ['door-contact'],
  'door-close': ['door-contact'],
  movement: ['motion-sensor', 'night-camera', 'presence-sensor', 'plug'],
  'bed-leave': ['bed-sensor', 'night-camera'],
  'bed-enter': ['bed-sensor', 'night-camera'],
  'room-leave': ['night-camera'],
  'loud-sound': ['night-camera'],
  'smoke-start': ['smoke-detector'],
  'smoke-end': ['smoke-detector'],
  'co-start': ['co-detector'],
  'co-end': ['co-detector'],
  'water-start': ['water-detector'],
  'water-end': ['water-detector'],
  /** The room is so many degrees (`value`) warmer than usual from now on. */
  'temperature-shift': ['thermometer'],
  'power-loss': ['hub', 'plug'],
  'power-return': ['hub', 'plug'],
  /** The battery has `value` percent left. */
  battery: 'any',
  /** The device falls silent for good. */
  death: 'any',
  /** The device is switched on and says who it is. */
  'power-on': 'any',
} satisfies Record<string, readonly ProfileId[] | 'any'>;

export type What = keyof typeof senses;

export const What = z.enum(Object.keys(senses) as What[]);

export const Happening = z.strictObject({
  what: What,
  where: z
    .string()
    .refine((text): text is Placement => isPlacement(text))
    .optional(),
  /** Only devices of this profile sense it. */
  profile: z
    .string()
    .refine((text): text is ProfileId => isProfile(text))
    .optional(),
  value: z.number().optional(),
});
export type Happening = z.infer<typeof Happening>;

/** Whether a device is of the kind, and sits in the place, to sense what happens. */
export function isSensedBy(
  happening: Happening,
  device: { profile: ProfileId; placement: Placement },
): boolean {
  const { what, where, profile } = happening;
  if (profile !== undefined && profile !== device.profile) return false;
  const able: readonly ProfileId[] | 'any' = senses[what];
  if (able !== 'any' && !able.includes(device.profile)) return false;
  return where === undefined || device.placement === 'worn' || device.placement === where;
}
