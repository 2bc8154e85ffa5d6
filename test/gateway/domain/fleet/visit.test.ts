import { describe, expect, test } from 'vitest';

import type { DeviceFacts } from '../../../../gateway/domain/fleet/device-facts.ts';
import { visitsOf } from '../../../../gateway/domain/fleet/visit.ts';
import { aDevice, aHub, aModel, day, now, seen } from './given-device.ts';

const silent: Partial<DeviceFacts> = { lastSeenAt: now - day };

function visits(...devices: (Partial<DeviceFacts> & { endsAt?: number })[]) {
  return visitsOf(
    devices.map(({ endsAt = null, ...facts }) => seen(aDevice(facts), endsAt)),
    now,
  ).map(({ homeLabel, devices: due, bring }) => ({
    homeLabel,
    due: due.map(({ id }) => id),
    bring,
  }));
}

describe('a home is to be gone to', () => {
  test.each([
    ['a silent device', silent],
    ['a battery that is nearly empty', { batteryPercent: 9 }],
    ['a battery that ends this week', { endsAt: now + 7 * day }],
    ['an installation that nobody has signed', { isUnfinished: true }],
    ['a weak link', { lqi: 3 }],
    ['a device that its hub does not reach', { hub: aHub({ reaches: false }) }],
  ])('for %s', (_, facts) => {
    expect(visits(facts)).toHaveLength(1);
  });

  test.each([
    ['nothing', {}],
    ['a battery that is low but lasts', { batteryPercent: 19, endsAt: now + 8 * day }],
    ['a clock that is wrong', { skewMs: day }],
    ['refused messages', { quarantined: 3 }],
    ['what is in no home', { ...silent, homeId: null, homeLabel: null, batteryPercent: 1 }],
  ])('not for %s', (_, facts) => {
    expect(visits(facts)).toEqual([]);
  });

  test('for a hub that is gone and not for each device behind it', () => {
    const hub = aHub({ connected: false });
    const behind = { ...silent, hub };
    expect(
      visits(
        { id: 'hub-1', profile: 'hub', ...silent },
        { ...behind, id: 'one' },
        { ...behind, id: 'two', homeId: 'home-2', homeLabel: 'Storgatan 2' },
      ),
    ).toEqual([{ homeLabel: 'Storgatan 1', due: ['hub-1'], bring: [] }]);
  });
});

test('whoever goes there changes the batteries that will not last, and knows which to bring', () => {
  const two = aModel({
    battery: { chemistry: 'AA', count: 2, lowPercent: 30, urgentPercent: 15 },
  });
  expect(
    visits(
      { id: 'silent', ...silent },
      { id: 'low', batteryPercent: 19 },
      { id: 'urgent', batteryPercent: 3, model: two },
      { id: 'falling', batteryPercent: 60, model: two, endsAt: now + 29 * day },
      { id: 'coin', batteryPercent: 3, model: aModel() },
      { id: 'well', batteryPercent: 90 },
    ),
  ).toEqual([
    {
      homeLabel: 'Storgatan 1',
      due: ['silent', 'urgent', 'coin', 'low', 'falling'],
      bring: [
        { what: null, count: 1 },
        { what: 'AA', count: 4 },
        { what: 'CR2032', count: 1 },
      ],
    },
  ]);
});

test('the most pressing home comes first, then the one with more to do, then by address', () => {
  const at = (number: number) => ({ homeId: `home-${number}`, homeLabel: `Storgatan ${number}` });
  expect(
    visits(
      { ...at(10), lqi: 1 },
      { ...at(9), lqi: 1 },
      { ...at(11), id: 'a', lqi: 1 },
      { ...at(11), id: 'b', lqi: 1 },
      { ...at(12), batteryPercent: 4 },
      { ...at(13), ...silent },
    ).map(({ homeLabel }) => homeLabel),
  ).toEqual(['Storgatan 13', 'Storgatan 12', 'Storgatan 11', 'Storgatan 9', 'Storgatan 10']);
});
