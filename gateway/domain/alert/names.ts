import type { Directory } from '../directory.ts';
import type { AlertEvent } from './alert-event.ts';
import type { Alert } from './alert.ts';
import type { AlertNames } from './present.ts';

/** What people call all that these alerts, and what happened to them, speak of. */
export async function namesOf(
  directory: Directory,
  alerts: readonly Alert[],
  events: readonly AlertEvent[] = [],
): Promise<(alert: Pick<Alert, 'homeId' | 'deviceId'>) => AlertNames> {
  const [homes, devices, people, names] = await Promise.all([
    directory.homes(unique(alerts.map(({ homeId }) => homeId))),
    directory.devices(unique(alerts.map(({ deviceId }) => deviceId))),
    directory.people(unique([...alerts.flatMap(peopleOf), ...events.flatMap(peopleIn)])),
    directory.names(unique([...alerts.flatMap(placesOf), ...events.flatMap(placesIn)])),
  ]);
  return ({ homeId, deviceId }) => {
    const home = homeId === null ? undefined : homes.get(homeId);
    const device = deviceId === null ? undefined : devices.get(deviceId);
    const placement = device?.bindings.find((binding) => binding.homeId === homeId)?.placement;
    return {
      homeLabel: home?.label ?? homeId,
      resident: home?.residents[0]?.name ?? null,
      device: device && { id: device.id, name: device.name, placement: placement ?? 'other' },
      people,
      ...names,
    };
  };
}

function unique(ids: readonly (string | null)[]): string[] {
  return [...new Set(ids.filter((id) => id !== null))];
}

function peopleOf({ by, helpers, declinedBy, policy }: Alert): readonly (string | null)[] {
  const named = policy.steps.flatMap(({ asks }) =>
    asks.flatMap((target) => (target.who === 'people' ? target.ids : [])),
  );
  return [by, ...helpers, ...declinedBy, ...named];
}

function placesOf({ municipalityId, unitId, policy }: Alert): readonly (string | null)[] {
  const asked = policy.steps.flatMap(({ asks }) =>
    asks.flatMap((target) => {
      if (target.who === 'unit') return [target.unitId];
      return target.who === 'webhook' ? [target.endpointId] : [];
    }),
  );
  return [municipalityId, unitId, ...asked];
}

/** The people whom an event names. */
export function peopleIn(event: AlertEvent): readonly (string | null)[] {
  return [
    'by' in event ? event.by : null,
    'to' in event ? event.to : null,
    'from' in event ? event.from : null,
    ...('reached' in event ? (event.reached?.people ?? []) : []),
  ];
}

function placesIn(event: AlertEvent): readonly (string | null)[] {
  const reached = 'reached' in event ? event.reached : null;
  return [
    ...('unitId' in event ? [event.unitId] : []),
    ...('to' in event ? [event.to] : []),
    ...(reached?.endpoints ?? []),
    ...(reached?.parties.map(({ ref }) => ref) ?? []),
  ];
}
