import type { Fleet, FleetHome } from '../../simulators/fleet.ts';
import type { FleetHub } from '../../simulators/hub/fleet-hub.ts';
import type { Store } from '../domain/store.ts';
import { shippedProfile } from '../protocol/device/shipped-profile.ts';
import type { Placement } from '../protocol/placement.ts';
import { profiles, type ProfileId } from '../protocol/profile.ts';
import type { Tools } from './context.ts';
import { type DemoHubDevice, demoHub } from './demo-world.ts';

/** Answers the fleet with the demo's hub, which is placed now if it is not there, as in a folder of an earlier release. */
export async function withDemoHub(
  { store, onboarding }: Pick<Tools, 'store' | 'onboarding'>,
  fleet: Fleet,
  { municipalityId, at }: { municipalityId: string; at: number },
): Promise<Fleet> {
  const { homeId } = demoHub;
  const home = fleet.homes.find(({ id }) => id === homeId);
  if (home === undefined || home.hubs !== undefined) return fleet;
  const hubId = `${homeId}-hub`;
  const { secret } = await onboarding.addDevice({
    homeId,
    id: hubId,
    profile: 'hub',
    name: demoHub.name,
    since: at,
  });
  const devices = demoHub.devices.filter((device) => isMissing(home, device));
  for (const device of devices) {
    if (device.as === null) continue;
    await placeBehind(store, { ...device, as: device.as }, { hubId, municipalityId, at });
  }
  const hub: FleetHub = {
    id: hubId,
    secret,
    speaks: 'zigbee2mqtt',
    devices: devices.map(({ as, address, label, model }) => ({
      address,
      name: label,
      model,
      placement: as?.placement ?? null,
    })),
  };
  return {
    homes: fleet.homes.map((each) => (each === home ? { ...each, hubs: [hub] } : each)),
  };
}

/** What a home of an earlier release has of its own it needs no second one of. */
function isMissing({ devices }: FleetHome, { as }: DemoHubDevice): boolean {
  return !devices.some(
    ({ profile, placement }) => profile === as?.profile && placement === as.placement,
  );
}

type PlacedHubDevice = DemoHubDevice & { as: { profile: ProfileId; placement: Placement } };

function placeBehind(
  store: Pick<Store, 'transaction'>,
  { id, address, name, modelId, as: { profile, placement } }: PlacedHubDevice,
  { hubId, municipalityId, at }: { hubId: string; municipalityId: string; at: number },
): Promise<void> {
  const { homeId } = demoHub;
  const deviceId = `${homeId}-${id}`;
  return store.transaction(async ({ equipment }) => {
    await equipment.add({
      id: deviceId,
      municipalityId,
      name: name ?? profiles[profile].title.sv,
      profile,
      modelId,
      model: modelId === null ? null : shippedProfile(modelId),
      behind: { hubId, address },
      serial: null,
      secretHash: null,
      at,
    });
    await equipment.place(
      { deviceId, homeId, placement, name: name ?? profiles[profile].title.sv },
      at,
    );
  });
}

/**
 * Whether the demo may try a device that its hub has found: until somebody has taken it into use. After that a press
 * would be a call for help.
 */
export async function mayTryInDemo(
  { equipment }: Pick<Store, 'equipment'>,
  municipalityId: string,
  { hubId, address }: { hubId: string; address: string },
): Promise<boolean> {
  const known = await equipment.search(municipalityId, {
    ids: [],
    serials: [],
    addresses: [address],
  });
  const device = known.find(
    ({ behind, decommissionedAt }) => behind?.hubId === hubId && decommissionedAt === null,
  );
  if (device === undefined || device.place === null) return true;
  const open = await equipment.installations(municipalityId, {
    deviceId: device.id,
    state: 'open',
  });
  return open.length > 0;
}
