import type { DeviceProfile } from '../protocol/device/device-profile.ts';
import { shippedProfile } from '../protocol/device/shipped-profile.ts';

/** The model of a device: a shipped one as this release knows it, else what its hub described when it was placed. */
export function modelOf({
  model_id,
  model,
}: {
  model_id: string | null;
  model: string | null;
}): DeviceProfile | null {
  const shipped = model_id === null ? null : shippedProfile(model_id);
  if (shipped !== null || model === null) return shipped;
  return JSON.parse(model) as DeviceProfile;
}
