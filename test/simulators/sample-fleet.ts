import { profiles, type ProfileId } from '../../gateway/protocol/profile.ts';
import type { Fleet } from '../../simulators/fleet.ts';

const kinds: [string, ProfileId, Fleet['homes'][number]['devices'][number]['placement']][] = [
  ['button', 'call-button', 'worn'],
  ['fall', 'fall-detector', 'worn'],
  ['door', 'door-contact', 'entrance'],
  ['motion-hall', 'motion-sensor', 'hall'],
  ['motion-bathroom', 'motion-sensor', 'bathroom'],
  ['motion-bedroom', 'motion-sensor', 'bedroom'],
  ['motion-kitchen', 'motion-sensor', 'kitchen'],
  ['bed', 'bed-sensor', 'bed'],
  ['camera', 'night-camera', 'bedroom'],
  ['smoke', 'smoke-detector', 'hall'],
  ['water', 'water-detector', profiles['water-detector'].placement],
  ['co', 'co-detector', 'hall'],
  ['thermometer', 'thermometer', 'living-room'],
];

/** So many homes, each with one of every kind of device. */
export function sampleFleet(homes = 1): Fleet {
  return {
    homes: Array.from({ length: homes }, (_, index) => ({
      id: `home-${index + 1}`,
      timeZone: 'Europe/Stockholm',
      devices: kinds.map(([name, profile, placement]) => ({
        id: `home-${index + 1}-${name}`,
        secret: `secret-${index}-${name}`,
        profile,
        placement,
      })),
    })),
  };
}
