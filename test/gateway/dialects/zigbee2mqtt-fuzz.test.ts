import fc from 'fast-check';
import { expect, test } from 'vitest';

import { zigbee2mqtt } from '../../../gateway/dialects/zigbee2mqtt.ts';
import type { Interpretation, Json } from '../../../gateway/domain/dialect.ts';
import { catalogue, eventTypes } from '../../../gateway/protocol/catalogue.ts';
import { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import { began, binary, listed, numeric, TestHub, words } from './zigbee2mqtt-hub.ts';

const address = '0x00158d0001a2b3c4';
const exposes = [
  binary('contact', false, true),
  binary('smoke'),
  binary('test'),
  numeric('battery', '%'),
  words('action', ['single', 'off']),
  words('fall_status', ['none', 'maybe_fall', 'fall']),
];

const properties = (
  'contact occupancy smoke test battery battery_low action click fall_status temperature ' +
  'linkquality last_seen device state __proto__ friendly_name ieee_address definition exposes ' +
  'features type data status'
).split(' ');
/** Any 16-bit units, halves of characters too. */
const text = fc
  .array(fc.nat(0xffff), { maxLength: 30 })
  .map((units) => String.fromCharCode(...units));
const scalars = fc.oneof(
  fc.boolean(),
  fc.constantFrom(null, '', 'true', 'ON', 'single', 'emergency', 'fall', 'maybe_fall', address),
  fc.double(),
  fc.integer(),
  text,
);
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalars,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom(...properties), tie('value'), { maxKeys: 6 }),
  ),
}));
const payloads = fc.oneof(
  anything.map((value) => new TextEncoder().encode(JSON.stringify(value))),
  fc.uint8Array({ maxLength: 200 }),
);
const knownTopics =
  `hallen hallen/availability hallen/contact hallen/action ${address} a/b/c bridge bridge/devices ` +
  'bridge/groups bridge/event bridge/state bridge/info';
const topics = fc.oneof(fc.constantFrom(...knownTopics.split(' ')), text);
const messages = fc.array(fc.tuple(topics, payloads), { minLength: 1, maxLength: 8 });

function expectSound(told: Interpretation): void {
  expectSoundReadings(told);
  for (const reason of told.refused) expect(reason).toMatch(/\w/);
  for (const { address: found, profile } of told.found ?? []) {
    expect(found).toMatch(/^[^]{1,128}$/);
    if (profile !== null) expect(DeviceProfile.safeParse(profile).success).toBe(true);
  }
  for (const { what, example } of told.notUnderstood ?? []) {
    expect(what.length).toBeLessThanOrEqual(100);
    expect(example.length).toBeLessThanOrEqual(200);
  }
  for (const [key, value] of told.remember ?? []) {
    expect(key.length).toBeLessThanOrEqual(200);
    expect(JSON.parse(JSON.stringify(value))).toEqual(value);
  }
}

function expectSoundReadings({ readings }: Interpretation): void {
  for (const { type, data, time, id, source } of readings) {
    expect(eventTypes).toContain(type);
    expect(catalogue[type].data.safeParse(data).success).toBe(true);
    expect(time === null || Number.isSafeInteger(time)).toBe(true);
    expect(id === null || /^[\w-]{22}$/.test(id)).toBe(true);
    expect((source ?? '').length).toBeLessThanOrEqual(128);
  }
}

test('takes anything on any topic: nothing throws, and all that is told holds', () => {
  fc.assert(
    fc.property(messages, (all) => {
      const hub = new TestHub();
      hub.say('bridge/devices', [listed({ address, name: 'hallen', exposes })]);
      for (const [topic, payload] of all) expectSound(hub.say(topic, payload));
    }),
    { numRuns: 100 },
  );
});

test('takes anything for its memory, as an earlier release may have left it', () => {
  const said = fc.record({
    contact: fc.boolean(),
    smoke: fc.boolean(),
    test: fc.boolean(),
    battery: fc.integer({ min: 0, max: 100 }),
    action: fc.constantFrom('single', 'emergency', ''),
    fall_status: fc.constantFrom('none', 'maybe_fall', 'fall'),
  });
  const topic = fc.constantFrom('hallen', 'hallen/availability', 'hallen/contact');
  fc.assert(
    fc.property(said, topic, fc.infiniteStream(anything), (state, name, memory) => {
      const kept = new Map<string, Json>();
      const get = (key: string): Json | undefined => {
        if (!kept.has(key)) kept.set(key, JSON.parse(JSON.stringify(memory.next().value)) as Json);
        return kept.get(key);
      };
      const payload = new TextEncoder().encode(JSON.stringify(state));
      const one = { payload, receivedAt: began, timeZone: 'Europe/Stockholm' };
      expectSound(zigbee2mqtt.read({ ...one, topic: `zigbee2mqtt/${name}` }, { get }));
      const list = new TextEncoder().encode(
        JSON.stringify([listed({ address, name: 'hallen', exposes })]),
      );
      const devices = { ...one, payload: list, topic: 'zigbee2mqtt/bridge/devices' };
      expectSound(zigbee2mqtt.read(devices, { get }));
    }),
    { numRuns: 60 },
  );
});

test('says the same of the same message with the same memory', () => {
  fc.assert(
    fc.property(messages, (all) => {
      const [one, other] = [new TestHub(), new TestHub()];
      for (const [topic, payload] of all) {
        expect(one.say(topic, payload)).toEqual(other.say(topic, payload));
      }
    }),
    { numRuns: 100 },
  );
});

test('tells that a door opened and that it closed in turn, whatever is between', () => {
  const state = fc.record({ contact: fc.constantFrom(true, false, null) }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.array(state, { maxLength: 30 }), (states) => {
      const hub = new TestHub();
      const told = states.flatMap((one) => hub.types('dörr', one));
      const edges = told.filter((type) => type.startsWith('door.'));
      edges.forEach((type, index) => {
        expect(type).toBe(index % 2 === 0 ? 'door.opened' : 'door.closed');
      });
      const last = states.map(({ contact }) => contact).findLast((is) => typeof is === 'boolean');
      expect(edges.at(-1) === 'door.opened').toBe(last === false);
      expect(told.length).toBe(states.length);
    }),
    { numRuns: 100 },
  );
});

test('always shows that a device lives', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...properties), anything), (state) => {
      const { readings, refused } = new TestHub().say('dörr', state);
      expect(readings.length).toBeGreaterThan(0);
      expect(refused).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
