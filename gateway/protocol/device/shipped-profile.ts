import type { DeviceProfile } from './device-profile.ts';

/** The models that come with the release. */
export const shippedProfiles: readonly DeviceProfile[] = [];

const byId = new Map(shippedProfiles.map((profile) => [profile.id, profile]));

/** A model that comes with the release, by its id; null if there is none. */
export function shippedProfile(id: string): DeviceProfile | null {
  return byId.get(id) ?? null;
}
