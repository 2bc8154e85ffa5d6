import type { Battery } from '../../simulators/battery.ts';
import { between, createDice } from '../../simulators/dice.ts';
import type { Fleet } from '../../simulators/fleet.ts';
import type { Scope } from '../domain/scope.ts';
import type { Tools } from './context.ts';
import { arrangeDemo, demoSeed } from './demo-duty.ts';
import { beginHomesAt, demoHistoryMs } from './demo-history.ts';
import { demoHomes, demoPeople, demoUnits } from './demo-world.ts';

const municipalityId = 'demo';
export const demoTimeZone = 'Europe/Stockholm';
/** All of the demonstration's own municipality. */
export const demoScope: Scope = { userId: '', municipalityId, role: 'coordinator', units: 'all' };

/** Makes the municipality, its homes and its people. */
export async function furnishDemo(
  { store, onboarding }: Pick<Tools, 'store' | 'onboarding'>,
  at: number,
): Promise<Fleet> {
  const since = at - demoHistoryMs;
  const timeZone = demoTimeZone;
  await onboarding.addMunicipality({ id: municipalityId, name: 'Demokommunen', timeZone });
  for (const unit of demoUnits) {
    await store.registry.addUnit({ ...unit, municipalityId, at: since });
  }
  const homes: Fleet['homes'] = [];
  for (const home of demoHomes) {
    const { devices, resident, isFollowed, ...place } = home;
    await onboarding.addHome({
      ...place,
      municipalityId,
      residents: [resident],
      cohabitants: [],
      consents: ['help', 'activity', 'camera', ...(isFollowed ? (['statistics'] as const) : [])],
      since,
    });
    const placed: Fleet['homes'][number]['devices'] = [];
    for (const device of devices) {
      const given = { homeId: home.id, id: `${home.id}-${device.id}`, ...device.as, since };
      const { deviceId, secret } = await onboarding.addDevice(given);
      const battery = { ...(device.battery ?? usualBattery(deviceId)), at: since };
      placed.push({ id: deviceId, secret, ...device.as, battery });
    }
    homes.push({ id: home.id, timeZone, devices: placed });
  }
  await beginHomesAt(store, demoScope, at);
  for (const person of demoPeople) {
    await store.registry.addUser({ ...person, municipalityId, passwordHash: null, at: Date.now() });
  }
  await arrangeDemo(store, municipalityId, { at, since, timeZone });
  return { homes };
}

function usualBattery(deviceId: string): Omit<Battery, 'at'> {
  const dice = createDice(demoSeed, 'battery', deviceId);
  return { percent: Math.round(between(dice, 62, 100)), percentPerDay: 0.2 };
}
