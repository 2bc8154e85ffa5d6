import { createDice } from '../../simulators/dice.ts';
import { load, type LoadStats } from '../../simulators/load.ts';
import type { TownDevice } from '../bench/town.ts';
import { type Episodes, startEpisodes } from './episode.ts';

export interface TrafficOptions {
  mqttUrl: string;
  devices: readonly TownDevice[];
  seed: string;
  upForMs: number;
  kills: number;
}

/** Everything that devices send while the server is being killed. */
export interface Traffic {
  /** `device id` of each event, as soon as it is acknowledged. */
  acknowledged: Set<string>;
  /** What is still to be sent or acknowledged, in words. */
  waiting: () => string;
  /** Sends nothing new, and resolves when all that was sent is acknowledged. */
  settle: () => Promise<{ sent: number; repeated: number }>;
  stop: () => Promise<void>;
}

interface Stream {
  isOf: (device: TownDevice, home: number) => boolean;
  perSecond: number;
  callShare: number;
  /** How far the clocks of these devices are behind. */
  behindMs: number;
}

/** Homes from here on have no lively motion, so that a fall there may go unanswered. */
const stillHomes = 8;

const streams: readonly Stream[] = [
  {
    isOf: ({ profile }, home) => profile === 'motion-sensor' && home < stillHomes,
    perSecond: 1_200,
    callShare: 0,
    behindMs: 0,
  },
  {
    isOf: ({ profile }) => profile === 'door-contact',
    perSecond: 200,
    callShare: 0.02,
    behindMs: 21 * 60_000,
  },
  {
    isOf: ({ profile }) => profile === 'call-button',
    perSecond: 100,
    callShare: 1,
    behindMs: 45_000,
  },
];

export function startTraffic(options: TrafficOptions): Traffic {
  const { mqttUrl, devices, seed, upForMs, kills } = options;
  const acknowledged = new Set<string>();
  const ending = new AbortController();
  const isStreamed = (device: TownDevice) =>
    streams.some(({ isOf }) => isOf(device, homeOf(device)));
  const left = streams.map(({ perSecond }) => Math.round(perSecond * (upForMs / 1000 + kills)));
  const loads: Promise<LoadStats>[] = streams.map(
    ({ isOf, perSecond, callShare, behindMs }, index) =>
      load({
        mqttUrl,
        devices: devices.filter((device) => isOf(device, homeOf(device))),
        rate: perSecond,
        // After each restart a second's worth is made good, so this is enough for all of it.
        total: left[index] ?? 0,
        alertShare: callShare,
        run: `run-${index}`,
        seed,
        signal: ending.signal,
        clock: () => Date.now() - behindMs,
        acknowledged: ({ deviceId, id }) => {
          acknowledged.add(`${deviceId} ${id}`);
          left[index] = (left[index] ?? 0) - 1;
        },
        log: () => {},
      }),
  );
  const episodes: Episodes = startEpisodes({
    mqttUrl,
    devices: devices.filter((device) => !isStreamed(device)),
    dice: createDice(seed, 'episodes'),
    acknowledged: (deviceId, id) => acknowledged.add(`${deviceId} ${id}`),
  });

  return {
    acknowledged,
    waiting: () =>
      [
        ...left.map((count, index) => `${count} of stream ${index}`),
        `${episodes.pending()} episodes`,
      ].join(', '),
    settle: async () => {
      const [sent, ...stats] = await Promise.all([episodes.settle(), ...loads]);
      const sum = (read: (one: LoadStats) => number) =>
        stats.reduce((total, one) => total + read(one), 0);
      return {
        sent: sent.sent + sum((one) => one.sent),
        repeated: sent.repeated + sum((one) => one.repeated),
      };
    },
    stop: async () => {
      ending.abort();
      await Promise.all([episodes.stop(), ...loads]);
    },
  };
}

function homeOf({ homeId }: TownDevice): number {
  return Number(homeId.split('-')[1]);
}
