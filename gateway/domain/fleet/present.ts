import type { FleetDevice } from '../../protocol/device/fleet.ts';
import { type DeviceFacts, silentAtOf } from './device-facts.ts';
import { faultsOf } from './fault.ts';

/** A device as people see it now. */
export function presentDevice(
  device: DeviceFacts,
  batteryEndsAt: number | null,
  now: number,
): FleetDevice {
  const { model, hub } = device;
  const names = [model?.vendor, model?.model].filter((part) => typeof part === 'string');
  return {
    id: device.id,
    name: device.name,
    profile: device.profile,
    model: names.length === 0 ? null : names.join(' '),
    placement: device.placement,
    homeId: device.homeId,
    homeLabel: device.homeLabel,
    unitName: device.unitName,
    hubId: hub?.id ?? null,
    connected: device.connected,
    lastSeenAt: device.lastSeenAt,
    silentAt: silentAtOf(device),
    batteryPercent: device.batteryPercent,
    batteryEndsAt,
    rssiDbm: device.rssiDbm,
    lqi: device.lqi,
    skewMs: device.skewMs,
    firmware: device.firmware,
    quarantined: device.quarantined,
    faults: faultsOf(device, batteryEndsAt, now),
  };
}
