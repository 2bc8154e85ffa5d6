import { eventsTopic } from '../../gateway/protocol/topic.ts';
import type { Fleet } from '../fleet.ts';
import { closeAll, Link } from '../link.ts';
import { toWire } from '../misbehave.ts';
import { until } from '../patience.ts';
import { createStats, type Log, type Stats } from '../stats.ts';
import type { ReplayEvent } from './read-log.ts';

export interface ReplayOptions {
  mqttUrl: string;
  fleet: Fleet;
  /** In order of time, as `readLog` and `endAt` give them. */
  events: readonly ReplayEvent[];
  /** How many times as fast as it was recorded, or as fast as the gateway acknowledges. */
  speed: number | 'max';
  /**
   * `home` (the default): an event is sent when those of other devices before it are acknowledged, so that the gateway
   * meets all events in the order of the log. `device`: only the order within each device is kept, which is faster.
   */
  order?: 'home' | 'device';
  signal: AbortSignal;
  clock: () => number;
  log: Log;
}

const outstandingAtMost = 256;

/** Publishes a recorded log, and resolves when every event is acknowledged, or within a second of the signal. */
export async function replay(options: ReplayOptions): Promise<Stats> {
  const { events, speed, order = 'home', signal, clock } = options;
  const stats = createStats();
  const links = createLinks(options, stats);
  const close = () => void closeAll(links.values());
  signal.addEventListener('abort', close);
  const startedAt = clock();
  const firstAt = events[0]?.at ?? 0;
  const outstanding = new Set<Promise<void>>();
  let previous: string | undefined;

  try {
    for (const event of events) {
      if (speed !== 'max') await until(startedAt + (event.at - firstAt) / speed, clock, signal);
      const isTurn = order === 'home' && event.deviceId !== previous;
      if (isTurn) await Promise.all(outstanding);
      else if (outstanding.size >= outstandingAtMost) await Promise.race(outstanding);
      if (signal.aborted) break;
      previous = event.deviceId;
      const sent = send(event, links).then(() => void outstanding.delete(sent));
      outstanding.add(sent);
    }
    await Promise.all(outstanding);
  } finally {
    signal.removeEventListener('abort', close);
    await closeAll(links.values());
  }
  return stats;
}

/** A connection for each device of the log; throws when the fleet lacks one, for then nothing can be sent. */
function createLinks(
  { mqttUrl, fleet, events, log }: ReplayOptions,
  stats: Stats,
): Map<string, Link> {
  const devices = new Map(
    fleet.homes.flatMap((home) => home.devices.map((device) => [device.id, device] as const)),
  );
  const links = new Map<string, Link>();
  for (const deviceId of new Set(events.map((event) => event.deviceId))) {
    const device = devices.get(deviceId);
    if (device === undefined) throw new Error(`The fleet has no device ${deviceId}.`);
    links.set(deviceId, new Link({ mqttUrl, device, stats, log }));
  }
  for (const link of links.values()) link.up();
  return links;
}

async function send(event: ReplayEvent, links: ReadonlyMap<string, Link>): Promise<void> {
  const payload = JSON.stringify(toWire({ deviceId: event.deviceId, event }));
  await links.get(event.deviceId)?.send(eventsTopic(event.deviceId), payload);
}
