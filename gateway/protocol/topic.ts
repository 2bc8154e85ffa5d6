/** Where devices and hubs publish, and where we answer them (MQTT 3.1.1, prefix `vaka/v1`). */
const prefix = 'vaka/v1';

/** A device id is also its MQTT client id and user name, so it must be safe in a topic. */
export const deviceIdPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export function eventsTopic(deviceId: string): string {
  return `${prefix}/${deviceId}/events`;
}

export function errorsTopic(deviceId: string): string {
  return `${prefix}/${deviceId}/errors`;
}

export function commandsTopic(deviceId: string): string {
  return `${prefix}/${deviceId}/commands`;
}

export function configTopic(deviceId: string): string {
  return `${prefix}/${deviceId}/config`;
}

/** What a device may publish: `rest` is `events`, or a dialect's name and its own topic. */
export interface Uplink {
  deviceId: string;
  rest: string;
}

export function parseUplink(topic: string): Uplink | null {
  const [vaka, version, deviceId, ...rest] = topic.split('/');
  if (`${vaka}/${version}` !== prefix || deviceId === undefined || rest.length === 0) return null;
  if (!deviceIdPattern.test(deviceId)) return null;
  return { deviceId, rest: rest.join('/') };
}

const downlinks = [errorsTopic, commandsTopic, configTopic];

/** A device reads only what is addressed to it; a filter over all of that is allowed too. */
export function maySubscribe(deviceId: string, filter: string): boolean {
  return (
    filter === `${prefix}/${deviceId}/#` || downlinks.some((topic) => topic(deviceId) === filter)
  );
}

export function isOwnTopic(deviceId: string, topic: string): boolean {
  return topic.startsWith(`${prefix}/${deviceId}/`);
}
