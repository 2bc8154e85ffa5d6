import type { Channel } from '../domain/notification/channel.ts';
import type { Command } from '../protocol/command.ts';
import { commandsTopic } from '../protocol/topic.ts';
import { retry } from './retry-after.ts';
import { troubleOf } from './trouble.ts';

export interface DeviceOptions {
  /** Publishes with QoS 1; resolves when it is on its way, or kept for a device that is away. */
  publish: (topic: string, payload: string) => Promise<void>;
  /** Whether it is connected now. One that is away is told when it comes back, if that is soon. */
  isConnected: (deviceId: string) => boolean;
}

/** Tells the device from which the alert came that somebody is on the way. */
export function createDeviceChannel({ publish, isConnected }: DeviceOptions): Channel {
  return {
    name: 'device',
    send: async ({ id, target, kind, at }, _alert, signal) => {
      if (kind !== 'reassure') return { result: 'refused', why: 'a device is only reassured' };
      if (!isConnected(target)) return retry('the device is not connected');
      const command: Command = { command: 'reassure', id, at: new Date(at).toISOString() };
      try {
        await publish(commandsTopic(target), JSON.stringify(command));
        return { result: 'delivered' };
      } catch (error) {
        return retry(troubleOf(error, signal));
      }
    },
  };
}
