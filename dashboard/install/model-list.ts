import type { DeviceProfile, DialectName } from '../../gateway/protocol/device/device-profile.ts';
import { pictureOf } from '../../gateway/protocol/device/kind-picture.ts';
import { isProfile, type ProfileId, profiles } from '../../gateway/protocol/profile.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import { matches } from '../text/search.ts';

/** A kind, or a model of it. */
export interface Choice {
  key: string;
  title: string;
  /** Vendor and model; null for a kind. */
  model: string | null;
  profile: ProfileId;
  modelId: string | null;
  picture: DeviceProfile['picture'];
  /** It has no connection of its own to us. */
  needsHub: boolean;
}

const throughHubs: readonly DialectName[] = ['zigbee2mqtt', 'frigate', 'chirpstack', 'tts'];

export function vendorAndModel({ vendor, model }: Pick<DeviceProfile, 'vendor' | 'model'>): string {
  return [vendor, model].filter((part) => part !== null).join(' ');
}

/** The kinds and the shipped models that match the words looked for. */
export function choicesOf(
  models: readonly DeviceProfile[],
  wanted: string,
  language: Language,
): { kinds: Choice[]; models: Choice[]; throughHub: Choice[] } {
  const kinds = Object.keys(profiles)
    .filter(isProfile)
    .map((profile): Choice => {
      const title = profiles[profile].title[language];
      const picture = pictureOf(profile);
      return { key: profile, title, model: null, profile, modelId: null, picture, needsHub: false };
    });
  const shipped = models.map((model): Choice => ({
    key: `model ${model.id}`,
    title: model.title[language],
    model: vendorAndModel(model),
    profile: model.kind,
    modelId: model.id,
    picture: model.picture,
    needsHub: throughHubs.includes(model.dialect),
  }));
  const isWanted = ({ title, model, profile }: Choice) =>
    matches(wanted, [title, model ?? '', profiles[profile].title[language]]);
  const byTitle = (one: Choice, other: Choice) => one.title.localeCompare(other.title, language);
  const found = shipped.filter(isWanted).toSorted(byTitle);
  return {
    kinds: kinds.filter(isWanted).toSorted(byTitle),
    models: found.filter(({ needsHub }) => !needsHub),
    throughHub: found.filter(({ needsHub }) => needsHub),
  };
}
