import type { Channel } from '../domain/notification/channel.ts';
import type { Command } from '../protocol/command.ts';
import { commandsTopic } from '../protocol/topic.ts';
import { retry } from './retry-after.ts';
import { troubleOf } from './trouble.ts';

export interface DeviceOptions {
  /** Publishes with QoS 1; resolves when it is on its way, or kept for a device that is away. */
  publish: (topic: string, payload: string) => Promise<void>;
}

/** Tells the device from which the alert came that somebody is on the way. */
export function createDeviceChannel({ publish }: DeviceOptions): Channel {
  return {
    name: 'device',
    send: async ({ id, target, kind, at }, _alert, signal) => {
      if (kind !== 'reassure') return { result: 'refused', why: 'a device is only reassured' };
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
