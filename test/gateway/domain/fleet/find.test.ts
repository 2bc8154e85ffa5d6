import { describe, expect, test } from 'vitest';

import type { DeviceFacts } from '../../../../gateway/domain/fleet/device-facts.ts';
import { findDevices, type FleetWish } from '../../../../gateway/domain/fleet/find.ts';
import { aDevice, aHub, aModel, day, minute, now, seen } from './given-device.ts';

const fleet = [
  one({ id: 'well', name: 'Dörr', homeLabel: 'Åsgatan 2' }),
  one({ id: 'silent', lastSeenAt: now - day, batteryPercent: 5, homeLabel: 'Storgatan 10' }),
  one({ id: 'silent-longer', lastSeenAt: now - 2 * day, homeLabel: 'Storgatan 9' }),
  one({
    id: 'low',
    batteryPercent: 15,
    unitId: 'norr-2',
    profile: 'door-contact',
    model: aModel(),
  }),
  one({ id: 'lower', batteryPercent: 12, hub: aHub({ id: 'hub-7' }) }),
  one({ id: 'nowhere', homeId: null, homeLabel: null, lastSeenAt: null }),
];

function one(some: Partial<DeviceFacts>) {
  const { device, facts } = seen(aDevice(some));
  return { device, unitId: facts.unitId };
}

function idsOf(wish: Partial<FleetWish>): string[] {
  return findDevices(fleet, { sort: 'fault', ...wish }).items.map(({ id }) => id);
}

describe('a fleet', () => {
  test('comes the worst first, and what is well last', () => {
    expect(idsOf({})).toEqual(['silent-longer', 'silent', 'low', 'lower', 'well', 'nowhere']);
  });

  test('comes by home as people count, what is in none last', () => {
    expect(idsOf({ sort: 'home' })).toEqual([
      'low',
      'lower',
      'silent-longer',
      'silent',
      'well',
      'nowhere',
    ]);
  });

  test('comes by battery, the lowest first and what has none last; or by when it was heard', () => {
    expect(idsOf({ sort: 'battery' }).slice(0, 3)).toEqual(['silent', 'lower', 'low']);
    expect(idsOf({ sort: 'last-seen' }).slice(0, 3)).toEqual([
      'nowhere',
      'silent-longer',
      'silent',
    ]);
  });

  test('is narrowed by fault, unit, kind and words, all of them', () => {
    expect(idsOf({ fault: 'silent' })).toEqual(['silent-longer', 'silent']);
    expect(idsOf({ fault: 'any' })).toHaveLength(4);
    expect(idsOf({ fault: 'none' })).toEqual(['well', 'nowhere']);
    expect(idsOf({ unitId: 'norr-2' })).toEqual(['low']);
    expect(idsOf({ profile: 'door-contact' })).toEqual(['low']);
    expect(idsOf({ search: 'STORGATAN 10' })).toEqual(['silent']);
    expect(idsOf({ search: 'maker m1' })).toEqual(['low']);
    expect(idsOf({ search: ' hub-7  lower ' })).toEqual(['lower']);
    expect(idsOf({ search: 'åsgatan' })).toEqual(['well']);
    expect(idsOf({ search: 'storgatan', fault: 'battery-low', unitId: 'norr-2' })).toEqual([]);
  });

  test('counts faults among what the rest of the wish leaves, whichever fault is chosen', () => {
    const found = findDevices(fleet, { sort: 'fault', fault: 'silent', search: 'storgatan' });
    expect(found.items).toHaveLength(2);
    expect(found).toMatchObject({
      all: 4,
      sound: 0,
      faults: { silent: 2, 'battery-urgent': 2, 'battery-low': 1, 'weak-link': 0 },
    });
  });
});

test('a device that was heard in time is not counted as silent', () => {
  const heard = [one({ lastSeenAt: now - 29 * minute })];
  expect(findDevices(heard, { sort: 'fault' }).faults.silent).toBe(0);
});
