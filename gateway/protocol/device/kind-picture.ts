import { isProfile, type ProfileId } from '../profile.ts';
import type { Picture } from './device-profile.ts';

const pictures: Record<ProfileId, Picture> = {
  'call-button': 'button',
  'fall-detector': 'pendant',
  'door-contact': 'contact',
  'motion-sensor': 'motion',
  'bed-sensor': 'bed',
  'night-camera': 'camera',
  'smoke-detector': 'smoke',
  'co-detector': 'co',
  'water-detector': 'water',
  thermometer: 'thermometer',
  'tag-reader': 'tag-reader',
  hub: 'hub',
  'presence-sensor': 'radar',
  'fall-radar': 'radar',
  'seizure-sensor': 'bed',
  'medication-dispenser': 'dispenser',
  'location-alarm': 'locator',
  plug: 'plug',
  sensor: 'sensor',
  'event-only': 'sensor',
};

/** What a device of this kind looks like where its model is not known. */
export function pictureOf(profile: string): Picture {
  return isProfile(profile) ? pictures[profile] : 'sensor';
}
