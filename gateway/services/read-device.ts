import type { DeviceFile } from '../domain/directory.ts';
import type { DeviceReading, LogEntry } from '../domain/ledger.ts';
import type { Judged } from './judge-reading.ts';
import type { Message } from './message.ts';

interface JudgedMessage {
  message: Message;
  device: DeviceFile;
  results: readonly Judged[];
}

/** What messages tell of the devices themselves, one line each. */
export function readDevices(judged: readonly JudgedMessage[]): readonly DeviceReading[] {
  const readings = new Map<string, DeviceReading>();
  for (const { message, device, results } of judged) {
    const before: DeviceReading = readings.get(device.id) ?? {
      deviceId: device.id,
      municipalityId: device.municipalityId,
      lastSeenAt: 0,
    };
    // That a connection was lost is no sign of life.
    const lastSeenAt = message.connected === false ? before.lastSeenAt : message.receivedAt;
    let reading: DeviceReading = { ...before, lastSeenAt };
    if (message.connected !== null) reading.connected = message.connected;
    for (const result of results) reading = withResult(reading, result);
    readings.set(device.id, reading);
  }
  return [...readings.values()];
}

function withResult(reading: DeviceReading, result: Judged): DeviceReading {
  if (!result.kept) {
    return { ...reading, droppedWithoutConsent: (reading.droppedWithoutConsent ?? 0) + 1 };
  }
  const { entry, skewMs } = result;
  return { ...reading, ...measured(entry), ...(skewMs === null ? {} : { skewMs }) };
}

function measured({ type, data }: LogEntry): Partial<DeviceReading> {
  const { percent, rssiDbm } = data;
  if ((type === 'battery.measured' || type === 'battery.low') && typeof percent === 'number') {
    return { batteryPercent: percent };
  }
  return type === 'link.measured' && typeof rssiDbm === 'number' ? { rssiDbm } : {};
}
