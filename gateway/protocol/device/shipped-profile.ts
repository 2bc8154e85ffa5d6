import type { DeviceProfile, DialectName } from './device-profile.ts';
import { ModelFile } from './model-file.ts';
import aqara from './model/aqara.json' with { type: 'json' };
import browan from './model/browan.json' with { type: 'json' };
import develco from './model/develco.json' with { type: 'json' };
import frigate from './model/frigate.json' with { type: 'json' };
import heiman from './model/heiman.json' with { type: 'json' };
import ikea from './model/ikea.json' with { type: 'json' };
import milesight from './model/milesight.json' with { type: 'json' };
import shelly from './model/shelly.json' with { type: 'json' };
import sonoff from './model/sonoff.json' with { type: 'json' };
import tuya from './model/tuya.json' with { type: 'json' };

const files = [aqara, browan, develco, frigate, heiman, ikea, milesight, shelly, sonoff, tuya];

/** The models that come with the release. */
export const shippedProfiles: readonly DeviceProfile[] = files.flatMap(
  (file) => ModelFile.parse(file).models,
);

const byId = new Map(shippedProfiles.map((profile) => [profile.id, profile]));

/** A model that comes with the release, by its id; null if there is none. */
export function shippedProfile(id: string): DeviceProfile | null {
  return byId.get(id) ?? null;
}

/** A LoRaWAN device is the same behind either network server. */
function nameKey(dialect: DialectName, name: string): string {
  return `${dialect === 'tts' ? 'chirpstack' : dialect} ${name.toLowerCase()}`;
}

const byName = new Map(
  shippedProfiles.flatMap((profile) =>
    [profile.model, ...profile.aliases]
      .filter((name) => name !== null)
      .map((name) => [nameKey(profile.dialect, name), profile] as const),
  ),
);

/** A model that comes with the release, by the first of its names that is known; null if there is none. */
export function shippedModel(dialect: DialectName, names: readonly string[]): DeviceProfile | null {
  for (const name of names) {
    const profile = byName.get(nameKey(dialect, name));
    if (profile !== undefined) return profile;
  }
  return null;
}
