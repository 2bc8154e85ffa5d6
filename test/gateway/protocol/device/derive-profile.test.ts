import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { eventTypes } from '../../../../gateway/protocol/catalogue.ts';
import {
  type Described,
  deriveProfile,
  kindFor,
} from '../../../../gateway/protocol/device/derive-profile.ts';
import { DeviceProfile, dialectNames } from '../../../../gateway/protocol/device/device-profile.ts';
import { silentAfterMs } from '../../../../gateway/protocol/profile.ts';

const hour = 3_600_000;
const described: Described = {
  dialect: 'zigbee2mqtt',
  vendor: 'Åkes Sensorer',
  model: 'DÖRR/1',
  title: 'Door sensor',
  capabilities: ['door.opened', 'door.closed', 'battery.measured'],
  power: 'battery',
};

describe('a model that no release knows', () => {
  test('is of the kind that what it tells is dearest for', () => {
    expect(kindFor(['battery.measured', 'door.opened', 'tamper.detected'])).toBe('door-contact');
    expect(kindFor(['help.pressed', 'battery.measured'])).toBe('call-button');
    expect(kindFor(['temperature.measured', 'smoke.detected'])).toBe('smoke-detector');
    expect(kindFor(['motion.detected', 'presence.detected'])).toBe('presence-sensor');
    expect(kindFor(['help.pressed', 'area.left'])).toBe('location-alarm');
    expect(kindFor(['power.measured', 'temperature.measured'])).toBe('plug');
    expect(kindFor(['power.measured', 'help.pressed'])).toBe('call-button');
    expect(kindFor(['link.measured', 'illuminance.measured'])).toBe('sensor');
  });

  test('that tells falls is a radar if it sees people, and worn if it does not', () => {
    expect(kindFor(['fall.detected', 'presence.detected'])).toBe('fall-radar');
    expect(kindFor(['fall.detected', 'battery.measured'])).toBe('fall-detector');
  });

  test('is known by an id of plain letters, whatever its makers call it', () => {
    expect(deriveProfile(described).id).toBe('zigbee2mqtt-akes-sensorer-dorr-1');
    expect(deriveProfile({ ...described, vendor: null, model: '门磁', title: null }).id).toBe(
      'zigbee2mqtt',
    );
  });

  test('is called what its kind is when the hub does not say', () => {
    expect(deriveProfile({ ...described, title: ' \u0000 ' }).title.sv).toBe('Dörrsensor');
  });

  test('on a battery is not called silent within the 25 hours that zigbee2mqtt itself allows', () => {
    const allowed = silentAfterMs('door-contact', deriveProfile(described));
    expect(allowed).toBeGreaterThan(25 * hour);
    expect(allowed).toBeLessThan(30 * hour);
  });

  test('of unknown power is given the time of a battery', () => {
    const { supervision } = deriveProfile({ ...described, power: null });
    expect(supervision.class).toBe('battery');
  });
});

test('is a valid profile, whatever a hub says', () => {
  const text = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));
  const words = fc.option(fc.oneof(text, fc.constant('å\u{1F600}'.repeat(60))));
  const anything = fc.record({
    dialect: fc.constantFrom(...dialectNames),
    vendor: words,
    model: words,
    title: words,
    aliases: fc.array(text, { maxLength: 22 }),
    capabilities: fc.subarray(eventTypes),
    power: fc.constantFrom('mains' as const, 'battery' as const, null),
  });
  fc.assert(
    fc.property(anything, (one) => {
      const profile = deriveProfile(one);
      expect(DeviceProfile.safeParse(profile).error).toBeUndefined();
      expect(JSON.parse(JSON.stringify(profile))).toEqual(profile);
    }),
  );
});
