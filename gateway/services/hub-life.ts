import type { DeviceFile, HomeFile } from '../domain/directory.ts';
import type { Kept } from './judge-batch.ts';
import { judgeReading } from './judge-reading.ts';
import type { Message } from './message.ts';

/** Well within the time after which a hub is missed, and seldom enough for the log. */
const everyMs = 2 * 60_000;

/**
 * A hub in a home that tells something of others lives, though it may never say anything of itself. One sign of life for each
 * stretch of time: its id is the stretch, so that the log takes it once.
 */
export function hubLife(
  messages: readonly Message[],
  kept: readonly Kept[],
  {
    devices,
    homes,
  }: { devices: ReadonlyMap<string, DeviceFile>; homes: ReadonlyMap<string, HomeFile> },
): Kept[] {
  const told = new Set(kept.map(({ entry }) => entry.deviceId));
  const lives: Kept[] = [];
  for (const { kind, deviceId, receivedAt } of messages) {
    const device = devices.get(deviceId);
    if (kind !== 'published' || device?.profile !== 'hub' || told.has(deviceId)) continue;
    told.add(deviceId);
    const id = `life-${Math.floor(receivedAt / everyMs)}`;
    const heartbeat = { id, type: 'device.heartbeat', time: null, data: {} } as const;
    const judged = judgeReading(heartbeat, device, homes, receivedAt);
    if (!judged.kept || judged.home === null) continue;
    lives.push({ entry: judged.entry, home: judged.home, prefix: null });
  }
  return lives;
}
