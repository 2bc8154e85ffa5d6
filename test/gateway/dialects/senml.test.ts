import fc from 'fast-check';
import { expect, test } from 'vitest';

import { senml } from '../../../gateway/dialects/senml.ts';
import { createHub, receivedAt, typesOf } from './reading.ts';

const base = 'urn:dev:mac:0024befffe804ff1/';
const address = 'urn:dev:mac:0024befffe804ff1';
const at = 1_795_348_000;

test('resolves a pack: base name, time, unit and value hold for the records that follow', () => {
  const told = createHub(senml).says('senml', [
    { bn: base, bt: at, bu: 'Cel', bv: 20, n: 'air', v: 1.5 },
    { n: 'air', v: 2, t: 60 },
    { n: 'humidity', u: '%RH', bv: 0, v: '40' },
    { n: 'battery', u: '%EL', v: 80 },
    { n: 'signal', u: 'dBm', v: -71, t: -60 },
    { n: 'window', u: 'lx', bv: 0, v: 340, t: 61 },
    { n: 'kettle', u: 'kW', v: 1.9, t: 62 },
    { n: 'lamp', u: 'W', v: 7, t: 63 },
  ]);
  expect(told.readings.map(({ type, data, time, source }) => [type, data, time, source])).toEqual([
    ['link.measured', { rssiDbm: -71 }, (at - 60) * 1_000, address],
    ['temperature.measured', { celsius: 21.5 }, at * 1_000, address],
    ['humidity.measured', { percent: 40 }, at * 1_000, address],
    ['battery.measured', { percent: 80 }, at * 1_000, address],
    ['temperature.measured', { celsius: 22 }, (at + 60) * 1_000, address],
    ['illuminance.measured', { lux: 340 }, (at + 61) * 1_000, address],
    ['power.measured', { watts: 1_900 }, (at + 62) * 1_000, address],
    ['power.measured', { watts: 7 }, (at + 63) * 1_000, address],
  ]);
  expect(told.found).toMatchObject([{ address }]);
});

test('takes a small time for one from now, and gives it no id, as it is another each time', () => {
  const [reading] = createHub(senml).says('senml', [
    { n: `${base}t`, u: 'Cel', v: 20, t: -5 },
  ]).readings;
  expect(reading).toMatchObject({ id: null, time: receivedAt - 5_000 });
  const [timed] = createHub(senml).says('senml', [
    { n: `${base}t`, u: 'Cel', v: 20, t: at },
  ]).readings;
  expect(timed?.id).toMatch(/^[\w-]{22}$/);
});

test.for([
  ['door', true, 'door.opened'],
  ['contact', true, 'door.closed'],
  ['motion', true, 'motion.detected'],
  ['presence', true, 'presence.detected'],
  ['leak', true, 'water.detected'],
  ['smoke', true, 'smoke.detected'],
  ['button', true, 'help.pressed'],
  ['alarm', true, 'help.pressed'],
  ['leak', false, 'device.heartbeat'],
  ['alarm', false, 'device.heartbeat'],
  ['curtain', true, 'device.heartbeat'],
] as const)('reads %s %s as %s', ([name, flag, type]) => {
  expect(typesOf(createHub(senml).says('senml/home', [{ bn: base, n: name, vb: flag }]))).toEqual([
    type,
  ]);
});

test('tells a state when it changes', () => {
  const hub = createHub(senml);
  const says = (flag: boolean) => typesOf(hub.says('senml', [{ bn: base, n: 'door', vb: flag }]));
  expect([true, true, false].map(says)).toEqual([
    ['door.opened'],
    ['device.heartbeat'],
    ['door.closed'],
  ]);
});

test('tells devices apart, and takes a name without one for the sender itself', () => {
  const told = createHub(senml).says('senml', [
    { n: 'urn:dev:ow:10e2073a01080063:door', vb: true },
    { n: 'https://example.org/sensor/7/smoke', vb: true },
    { n: 'motion', vb: true },
  ]);
  expect(told.readings.map(({ source, type }) => [source, type])).toEqual([
    ['urn:dev:ow:10e2073a01080063', 'door.opened'],
    ['https://example.org/sensor/7', 'smoke.detected'],
    [undefined, 'motion.detected'],
  ]);
});

test.for([
  ['an object', { bn: base }],
  ['noise', 'garbage'],
  ['records that are none', [1]],
  ['a record without a name', [{ v: 1 }]],
  ['a field that must be understood', [{ n: base, v: 1, odd_: 1 }]],
  ['a later version', [{ bver: 11, n: base, v: 1 }]],
  ['more records than a pack may have', Array.from({ length: 1_001 }, () => ({ n: base, v: 1 }))],
] as const)('refuses %s, with a reason', ([, pack]) => {
  const told = createHub(senml).says('senml', pack);
  expect([told.readings, told.refused.length]).toEqual([[], 1]);
});

test('never throws, and every time is a number, whatever the pack', () => {
  const record = fc.dictionary(
    fc.constantFrom('bn', 'bt', 'bu', 'bv', 'n', 'u', 'v', 'vs', 'vb', 't', '__proto__'),
    fc.oneof(fc.double(), fc.string(), fc.boolean(), fc.jsonValue()),
  );
  fc.assert(
    fc.property(fc.array(record, { maxLength: 12 }), (pack) => {
      for (const { time } of createHub(senml).says('senml', pack).readings) {
        expect(time === null || Number.isFinite(time)).toBe(true);
      }
    }),
    { numRuns: 300, seed: 11 },
  );
});
