import type { DeviceView } from '../../gateway/protocol/api.ts';

export const conditions = ['silent', 'low-battery', 'disconnected', 'ok', 'unsupervised'] as const;
export type Condition = (typeof conditions)[number];

export const lowBatteryPercent = 20;

/** How a device is, worst first: what is silent tells nothing of its battery. */
export function conditionOf(device: DeviceView, now: number): Condition {
  if (device.silentAt !== null && device.silentAt <= now) return 'silent';
  if (device.batteryPercent !== null && device.batteryPercent <= lowBatteryPercent) {
    return 'low-battery';
  }
  if (device.silentAt === null) return 'unsupervised';
  return device.connected ? 'ok' : 'disconnected';
}

/** What needs a technician first: silent, then low on battery, each longest or lowest first; then by name. */
export function orderDevices(devices: readonly DeviceView[], now: number): DeviceView[] {
  return devices.toSorted((a, b) => {
    const condition = conditionOf(a, now);
    return (
      rank(condition) - rank(conditionOf(b, now)) ||
      withinCondition(condition, a, b) ||
      a.name.localeCompare(b.name, 'sv')
    );
  });
}

function rank(condition: Condition): number {
  return condition === 'silent' || condition === 'low-battery' ? conditions.indexOf(condition) : 2;
}

function withinCondition(condition: Condition, a: DeviceView, b: DeviceView): number {
  if (condition === 'silent') return (a.silentAt ?? 0) - (b.silentAt ?? 0);
  if (condition === 'low-battery') return (a.batteryPercent ?? 0) - (b.batteryPercent ?? 0);
  return 0;
}
