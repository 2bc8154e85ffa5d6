import type { DeviceFile } from '../domain/directory.ts';
import type { DeviceReading, LogEntry } from '../domain/ledger.ts';
import type { JudgedReading } from './judge-batch.ts';
import type { Understood } from './message.ts';

/** What messages tell of the devices themselves, one line each: of those that sent them, and of those behind them. */
export function readDevices(
  understood: readonly Understood[],
  judged: readonly JudgedReading[],
  devices: ReadonlyMap<string, DeviceFile>,
): readonly DeviceReading[] {
  const readings = new Map<string, DeviceReading>();
  const readingOf = ({ id, municipalityId }: DeviceFile): DeviceReading => {
    const reading = readings.get(id) ?? { deviceId: id, municipalityId, lastSeenAt: 0 };
    readings.set(id, reading);
    return reading;
  };
  for (const { message } of understood) {
    const device = devices.get(message.deviceId);
    if (device === undefined) continue;
    const reading = readingOf(device);
    // That a connection was lost is no sign of life.
    const isLife = message.kind === 'published' || message.connected;
    if (isLife) reading.lastSeenAt = message.receivedAt;
    if (message.kind === 'presence') reading.connected = message.connected;
  }
  for (const { message, device, judged: result } of judged) {
    const reading = readingOf(device);
    if (device.behind !== null) noteReach(reading, result, message.receivedAt);
    noteResult(reading, result);
  }
  return [...readings.values()];
}

/**
 * Whoever is spoken for lives when its hub tells something of it, even what nobody has consented to, and is out of reach
 * when its hub says so.
 */
function noteReach(reading: DeviceReading, result: JudgedReading['judged'], at: number): void {
  reading.isReached = !result.kept || result.entry.type !== 'reach.lost';
  if (reading.isReached) reading.lastSeenAt = Math.max(reading.lastSeenAt, at);
}

function noteResult(reading: DeviceReading, result: JudgedReading['judged']): void {
  if (!result.kept) {
    reading.droppedWithoutConsent = (reading.droppedWithoutConsent ?? 0) + 1;
    return;
  }
  const { entry, skewMs } = result;
  Object.assign(reading, measured(entry), skewMs === null ? {} : { skewMs });
}

/** What an event tells of its device itself. */
export function measured({ type, data, at }: LogEntry): Partial<DeviceReading> {
  const { percent, rssiDbm, lqi } = data;
  if ((type === 'battery.measured' || type === 'battery.low') && typeof percent === 'number') {
    return { batteryPercent: percent, batteryAt: at };
  }
  if (type !== 'link.measured') return {};
  return {
    ...(typeof rssiDbm === 'number' ? { rssiDbm } : {}),
    ...(typeof lqi === 'number' ? { lqi } : {}),
  };
}
