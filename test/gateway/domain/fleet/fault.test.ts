import { describe, expect, test } from 'vitest';

import { faultsOf } from '../../../../gateway/domain/fleet/fault.ts';
import { aDevice, aHub, aModel, day, minute, now } from './given-device.ts';

const faultsWith = (some: Parameters<typeof aDevice>[0], endsAt: number | null = null) =>
  faultsOf(aDevice(some), endsAt, now);

test('nothing is wrong with a device that is well', () => {
  expect(faultsWith({ batteryPercent: 80, rssiDbm: -60, lqi: 120, skewMs: 900 })).toEqual([]);
});

describe('a device is silent', () => {
  test('when it has not been heard for as long as its kind may be', () => {
    expect(faultsWith({ lastSeenAt: now - 30 * minute })).toEqual(['silent']);
    expect(faultsWith({ lastSeenAt: now - 30 * minute + 1 })).toEqual([]);
  });

  test('when its model says so, which is more exact than its kind', () => {
    const model = aModel();
    expect(faultsWith({ model, lastSeenAt: now - 89 * minute })).toEqual([]);
    expect(faultsWith({ model, lastSeenAt: now - 90 * minute })).toEqual(['silent']);
  });

  test('never when it is in no home, nor when it only speaks of events', () => {
    expect(faultsWith({ homeId: null, lastSeenAt: null })).toEqual([]);
    expect(faultsWith({ profile: 'event-only', lastSeenAt: now - 90 * day })).toEqual([]);
  });

  test('not before it has had its time in the home it came to', () => {
    expect(faultsWith({ lastSeenAt: now - 90 * day, placedAt: now - minute })).toEqual([]);
  });
});

describe('its hub is away', () => {
  test('when it is to be connected and is not, or says that it does not reach the device', () => {
    expect(faultsWith({ hub: aHub() })).toEqual([]);
    expect(faultsWith({ hub: aHub({ connected: false }) })).toEqual(['hub-away']);
    expect(faultsWith({ hub: aHub({ reaches: false }) })).toEqual(['hub-away']);
    expect(faultsWith({ hub: aHub({ reaches: true }) })).toEqual([]);
  });

  test('only after a silence when it is never connected, as a network server that calls us', () => {
    const server = { connected: false, isSteady: false };
    expect(faultsWith({ hub: aHub(server) })).toEqual([]);
    expect(faultsWith({ hub: aHub({ ...server, lastSeenAt: now - 15 * minute }) })).toEqual([
      'hub-away',
    ]);
  });
});

describe('a battery', () => {
  test.each([
    [21, []],
    [20, ['battery-low']],
    [11, ['battery-low']],
    [10, ['battery-urgent']],
    [0, ['battery-urgent']],
  ])('at %i %% of a model that does not say is %j', (batteryPercent, faults) => {
    expect(faultsWith({ batteryPercent })).toEqual(faults);
  });

  test('is judged by what its model says', () => {
    expect(faultsWith({ model: aModel(), batteryPercent: 30 })).toEqual(['battery-low']);
    expect(faultsWith({ model: aModel(), batteryPercent: 15 })).toEqual(['battery-urgent']);
  });

  test('is falling when it will end within thirty days', () => {
    expect(faultsWith({}, now + 30 * day)).toEqual(['battery-falling']);
    expect(faultsWith({}, now + 30 * day + 1)).toEqual([]);
  });
});

describe('a link is weak', () => {
  test('by its own measure: quality for Zigbee, strength for what is near, less of it for LoRa', () => {
    expect(faultsWith({ lqi: 29 })).toEqual(['weak-link']);
    expect(faultsWith({ lqi: 30, rssiDbm: -99 })).toEqual([]);
    expect(faultsWith({ rssiDbm: -80 })).toEqual([]);
    expect(faultsWith({ rssiDbm: -81 })).toEqual(['weak-link']);
    expect(faultsWith({ rssiDbm: -115, isLongRange: true })).toEqual([]);
    expect(faultsWith({ rssiDbm: -116, isLongRange: true })).toEqual(['weak-link']);
    expect(faultsWith({ rssiDbm: -110, model: aModel({ dialect: 'tts' }) })).toEqual([]);
  });
});

test('a clock is wrong from five minutes, either way', () => {
  expect(faultsWith({ skewMs: 5 * minute })).toEqual([]);
  expect(faultsWith({ skewMs: 5 * minute + 1 })).toEqual(['clock-wrong']);
  expect(faultsWith({ skewMs: -6 * minute })).toEqual(['clock-wrong']);
});

test('all that is wrong is told, the worst first', () => {
  const all = {
    isPuzzling: true,
    skewMs: 9 * minute,
    rssiDbm: -90,
    batteryPercent: 9,
    quarantined: 2,
    isUnfinished: true,
    hub: aHub({ connected: false }),
    lastSeenAt: now - day,
  };
  expect(faultsWith(all, now + day)).toEqual([
    'silent',
    'hub-away',
    'battery-urgent',
    'unfinished',
    'quarantine',
    'battery-falling',
    'weak-link',
    'clock-wrong',
    'not-understood',
  ]);
});
