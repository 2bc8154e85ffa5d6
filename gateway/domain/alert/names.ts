import type { Directory } from '../directory.ts';
import type { Alert } from './alert.ts';
import type { AlertNames } from './present.ts';

/** What people call the homes, devices and carers of these alerts and of `others` who had to do with them. */
export async function namesOf(
  directory: Directory,
  alerts: readonly Pick<Alert, 'id' | 'homeId' | 'deviceId' | 'by'>[],
  others: readonly string[] = [],
): Promise<(alert: Pick<Alert, 'homeId' | 'deviceId'>) => AlertNames> {
  const deviceIds = alerts.flatMap(({ deviceId }) => (deviceId === null ? [] : [deviceId]));
  const peopleIds = [...others, ...alerts.flatMap(({ by }) => (by === null ? [] : [by]))];
  const [homes, devices, people] = await Promise.all([
    directory.homes([...new Set(alerts.map(({ homeId }) => homeId))]),
    directory.devices([...new Set(deviceIds)]),
    directory.people([...new Set(peopleIds)]),
  ]);
  return ({ homeId, deviceId }) => {
    const home = homes.get(homeId);
    const device = deviceId === null ? undefined : devices.get(deviceId);
    const placement = device?.bindings.find((binding) => binding.homeId === homeId)?.placement;
    return {
      homeLabel: home?.label ?? homeId,
      resident: home?.residents[0]?.name ?? null,
      device: device && { id: device.id, name: device.name, placement: placement ?? 'other' },
      people,
    };
  };
}
