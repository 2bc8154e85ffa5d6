import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import { isPlacement, type Placement, placements } from '../../gateway/protocol/placement.ts';
import { isProfile, profiles } from '../../gateway/protocol/profile.ts';
import type { Language } from '../../gateway/protocol/text.ts';

type Device = NonNullable<InstallationView['device']>;
type Placed = Pick<InstallationView, 'replaces'> & {
  device: Pick<Device, 'profile' | 'model' | 'placement' | 'name'>;
};

export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What people call this kind of thing. */
export function kindWord(profile: string, language: Language): string {
  return isProfile(profile) ? profiles[profile].title[language] : profile;
}

/** Where such a device is usually put, the likeliest first, and then everywhere else. */
export function placementsFor({ profile, model }: Placed['device']): Placement[] {
  const usual = model?.placements ?? (isProfile(profile) ? [profiles[profile].placement] : []);
  const every = Object.keys(placements).filter(isPlacement);
  return [...new Set([...usual, ...every])];
}

/** Where it is already, else where the one sat that it replaces, else the likeliest. */
export function firstPlacement({ device, replaces }: Placed): Placement {
  const known = [device.placement, replaces?.placement].find(
    (place) => typeof place === 'string' && isPlacement(place),
  );
  if (typeof known === 'string' && isPlacement(known)) return known;
  return placementsFor(device)[0] ?? 'other';
}

const nowhere: readonly Placement[] = ['worn', 'other'];

/** A door contact is called after its door, most others after what they are and where. */
export function proposedName(
  { device, replaces }: Placed,
  placement: Placement,
  language: Language,
): string {
  if (device.placement !== null) return device.name;
  if (replaces !== null && placement === replaces.placement) return replaces.name;
  const kind = kindWord(device.profile, language);
  if (nowhere.includes(placement)) return kind;
  const place = placements[placement][language];
  if (device.profile === 'door-contact') return capital(place);
  return `${kind}, ${place}`;
}
