import type { NewSecret } from '../../gateway/protocol/device/identity.ts';

/** An MQTT address with who signs in and by what, as clients read it. */
export function mqttCode({
  mqttUrl,
  deviceId,
  secret,
}: Pick<NewSecret, 'mqttUrl' | 'deviceId' | 'secret'>): string {
  const signIn = `${encodeURIComponent(deviceId)}:${encodeURIComponent(secret)}@`;
  return mqttUrl.replace(/^([a-z]+:\/\/)(.*@)?/, `$1${signIn}`);
}
