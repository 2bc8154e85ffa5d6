import type { EventType } from '../../gateway/protocol/catalogue.ts';
import { profiles } from '../../gateway/protocol/profile.ts';
import { eventsTopic } from '../../gateway/protocol/topic.ts';
import { between, type Dice, pick } from '../../simulators/dice.ts';
import { closeAll, Link } from '../../simulators/link.ts';
import { createStats } from '../../simulators/stats.ts';
import type { TownDevice } from '../bench/town.ts';

export interface EpisodeOptions {
  mqttUrl: string;
  devices: readonly TownDevice[];
  dice: Dice;
  acknowledged: (deviceId: string, id: string) => void;
}

export interface Episodes {
  /** How many wait for an acknowledgement. */
  pending: () => number;
  settle: () => Promise<{ sent: number; repeated: number }>;
  stop: () => Promise<void>;
}

const pauseMs = [150, 1_000] as const;
const waitingAtMost = 200;
const minute = 60_000;

/** Devices that tell, now and then, something their kind can tell, of now or of up to half an hour ago. */
export function startEpisodes({ mqttUrl, devices, dice, acknowledged }: EpisodeOptions): Episodes {
  const stats = createStats();
  const links = devices.map((device) => {
    const { placement } = profiles[device.profile];
    const link = new Link({ mqttUrl, device: { ...device, placement }, stats, log: () => {} });
    link.up();
    return { device, link };
  });
  const timers = new Set<NodeJS.Timeout>();
  let count = 0;

  function tell({ device, link }: (typeof links)[number]): void {
    if (link.pending < waitingAtMost) {
      count += 1;
      const id = `episode-${count}`;
      const event = { id, ...happening(device, dice), ...timeOf(dice, Date.now()) };
      void link
        .send(eventsTopic(device.id), JSON.stringify(event))
        .then(() => acknowledged(device.id, id));
    }
    again({ device, link });
  }

  function again(one: (typeof links)[number]): void {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        tell(one);
      },
      between(dice, ...pauseMs),
    );
    timers.add(timer);
  }

  function quiet(): void {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  }

  links.forEach(again);
  return {
    pending: () => links.reduce((sum, { link }) => sum + link.pending, 0),
    settle: async () => {
      quiet();
      await Promise.all(links.map(({ link }) => link.whenIdle()));
      await Promise.resolve();
      return { sent: stats.sent, repeated: stats.repeated };
    },
    stop: async () => {
      quiet();
      await closeAll(links.map(({ link }) => link));
    },
  };
}

function happening(
  { profile }: TownDevice,
  dice: Dice,
): { type: EventType; data: Record<string, unknown> } {
  const type = pick<EventType>(dice, profiles[profile].capabilities) ?? 'device.heartbeat';
  return { type, data: type === 'battery.measured' ? { percent: Math.round(dice() * 100) } : {} };
}

/** Mostly of the last three minutes, where the short waits are; some older, some with a clock ahead or with none. */
function timeOf(dice: Dice, now: number): { time?: string } {
  const throwOf = dice();
  if (throwOf < 0.05) return {};
  const agoMs =
    throwOf < 0.1
      ? -between(dice, 0, 2 * minute)
      : between(dice, 0, throwOf < 0.7 ? 3 * minute : 30 * minute);
  return { time: new Date(now - agoMs).toISOString() };
}
