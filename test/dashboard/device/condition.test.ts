import { expect, test } from 'vitest';

import { conditionOf, orderDevices } from '../../../dashboard/device/condition.ts';
import type { DeviceView } from '../../../gateway/protocol/api.ts';

const now = 1_000_000;

function aDevice(facts: Partial<DeviceView> = {}): DeviceView {
  return {
    id: 'device-1',
    name: 'Dörr',
    profile: 'door-contact',
    placement: 'entrance',
    homeId: 'home-1',
    homeLabel: 'Skogsgatan 4',
    connected: true,
    lastSeenAt: now - 1_000,
    silentAt: now + 1_000,
    batteryPercent: 80,
    rssiDbm: -60,
    ...facts,
  };
}

test('is silent from the instant it should have been heard, whatever else it last said', () => {
  expect(conditionOf(aDevice({ silentAt: now, batteryPercent: 5 }), now)).toBe('silent');
  expect(conditionOf(aDevice({ silentAt: now + 1 }), now)).toBe('ok');
});

test.each([
  [{ batteryPercent: 20 }, 'low-battery'],
  [{ batteryPercent: 21 }, 'ok'],
  [{ silentAt: null }, 'unsupervised'],
  [{ connected: false }, 'disconnected'],
] as const)('with %o is %s', (facts, condition) => {
  expect(conditionOf(aDevice(facts), now)).toBe(condition);
});

test('puts first what has been silent longest, then the lowest battery, then by name', () => {
  const devices = [
    aDevice({ id: 'z', name: 'Ö' }),
    aDevice({ id: 'a', name: 'Ä' }),
    aDevice({ id: 'low', batteryPercent: 15 }),
    aDevice({ id: 'lowest', batteryPercent: 3 }),
    aDevice({ id: 'silent', silentAt: now - 1 }),
    aDevice({ id: 'silent-long', silentAt: now - 9_000 }),
  ];
  expect(orderDevices(devices, now).map(({ id }) => id)).toEqual([
    'silent-long',
    'silent',
    'lowest',
    'low',
    'a',
    'z',
  ]);
});
