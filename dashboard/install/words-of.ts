import type { InstallationView } from '../../gateway/protocol/device/installation.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import { placementWord } from '../alert/where.ts';

type Replaced = NonNullable<InstallationView['replaces']>;

const nowhere = ['worn', 'other'];

/** A device by its name and where it sits, where the name does not say it. */
export function namedAt(
  { name, placement }: Pick<Replaced, 'name' | 'placement'>,
  language: Language,
): string {
  if (placement === null || nowhere.includes(placement)) return name;
  const place = placementWord(placement, language);
  return name.toLowerCase().includes(place.toLowerCase()) ? name : `${name}, ${place}`;
}
