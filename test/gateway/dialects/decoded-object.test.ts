import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readDecoded } from '../../../gateway/dialects/decoded-object.ts';
import { lorawanModel } from '../../../gateway/dialects/lorawan-model.ts';
import { catalogue } from '../../../gateway/protocol/catalogue.ts';
import { receivedAt } from './reading.ts';

function read(object: unknown, name: string | null = null, states = new Map<string, boolean>()) {
  return readDecoded(object, lorawanModel([name]), states, receivedAt);
}

function told(object: unknown, name: string | null = null) {
  return read(object, name).facts.map(({ type }) => type);
}

describe('whatever a codec calls it,', () => {
  test.for([
    [{ magnet_status: 'open' }, 'door.opened'],
    [{ DOOR_OPEN_STATUS: 1 }, 'door.opened'],
    [{ DOOR_OPEN_STATUS: '0' }, 'door.closed'],
    [{ action: { contactState: 'closed' } }, 'door.closed'],
    [{ contact: true }, 'door.closed'],
    [{ contact: false }, 'door.opened'],
    [{ isOpen: true }, 'door.opened'],
    [{ door: 'OPEN' }, 'door.opened'],
    [{ pir: 'trigger' }, 'motion.detected'],
    [{ pir_status: 'normal' }, 'motion.cleared'],
    [{ action: { motion: { detected: true } } }, 'motion.detected'],
    [{ motion: 8 }, 'motion.detected'],
    [{ Occupy: 1 }, 'presence.detected'],
    [{ occupancy: 'vacant' }, 'presence.cleared'],
    [{ occupancy: 2 }, 'presence.detected'],
    [{ leakage_status: 'leak' }, 'water.detected'],
    [{ WaterLeak_1: 'Leak' }, 'water.detected'],
    [{ WATER_LEAK_STATUS: 1 }, 'water.detected'],
    [{ waterleak: 90 }, 'water.detected'],
    [{ smoke_alarm: true }, 'smoke.detected'],
    [{ carbon_monoxide: 'detected' }, 'co.detected'],
    [{ smoke_status: 'testing alarm' }, 'test.pressed'],
    [{ tamper_status: 'uninstalled' }, 'tamper.detected'],
    [{ DisassembledAlarm: 1 }, 'tamper.detected'],
    [{ SOS: 'TRUE' }, 'help.pressed'],
    [{ panic_button: 1 }, 'help.pressed'],
    [{ event: 'emergency' }, 'help.pressed'],
    [{ button_event: { status: 'double press' } }, 'help.pressed'],
    [{ press: 'short' }, 'help.pressed'],
    [{ fall_status: 'fall confirmed' }, 'fall.detected'],
    [{ fall: 'maybe_fall' }, 'fall.suspected'],
    [{ fall_alarm: 'fall_warning' }, 'fall.suspected'],
    [{ fall_alarm: { alarm_id: '1, 2, 3', alarm_status: '2, 1, 2' } }, 'fall.detected'],
    [{ man_down: true }, 'fall.detected'],
    [{ alarm: { type: 'fall', status: 'alarm_triggered' } }, 'fall.detected'],
    [{ events: [{ alarm_type: 'fall', alarm_status: 1 }] }, 'fall.detected'],
    [{ battery_low: true }, 'battery.low'],
    [{ Volt: '2.4(low battery)' }, 'battery.low'],
    [{ battery: '80.00' }, 'battery.measured'],
    [{ battery_level: 3 }, 'battery.measured'],
    [{ TempC_SHT: '21.5' }, 'temperature.measured'],
    [{ temperature: [24.53] }, 'temperature.measured'],
    [{ air: { relativeHumidity: 40 } }, 'humidity.measured'],
    [{ light: 120 }, 'illuminance.measured'],
    [{ Illumination: '43' }, 'illuminance.measured'],
    [{ ambient: { lux: 12.5 } }, 'illuminance.measured'],
    [{ active_power: 1840 }, 'power.measured'],
    [{ power_w: 3.2 }, 'power.measured'],
    [{ data: { magnet_status: 'open' } }, 'door.opened'],
  ] as const)('%o is read as %s', ([object, type]) => {
    expect(told(object)).toEqual([type]);
  });
});

describe('nothing is told of', () => {
  test.for([
    ['a door that only counts', { pulse1: 4353, pulseAbs: 655377 }],
    ['a contact as a number, which could be either', { contact: 1 }],
    ['a bit of which only the model knows the meaning', { status: 1 }],
    ['volts', { battery: 3.6 }],
    ['three, in volts or in percent', { battery: 3 }],
    ['300 percent', { battery: 300 }],
    ['degrees nobody lives in', { temperature: 3276.7 }],
    [
      'the temperature of a board, of soil and of a pipe',
      { temperatureBoard: 21, soil: { temperature: 4 }, water: { temperature: 50 } },
    ],
    ['what is not wet and never was', { leakage_status: 'normal' }],
    ['an alarm that could be of anything', { alarm: true, door: null }],
    ['a temperature alarm', { temperature_alarm: 'threshold alarm' }],
    ['how long a door has been open', { DOOR_OPEN_TIMES: 3, LAST_DOOR_OPEN_DURATION: 7 }],
    ['the end of a fall', { fall: 'fall exit', fall_status: 'finished', target_status: 'normal' }],
    ['an alarm that was ended', { alarm_type: 'fall', alarm_status: 'alarm_deactivated' }],
    ['an alarm that was ended, deeper', { alarm: { alarm_type: 'fall', alarm_status: 3 } }],
    ['a button let go', { button: 'released', sos: 0, panic: false, press: '' }],
    [
      'a level of light, which is one of five, and light in words',
      { light_level: 3, light: 'dark' },
    ],
    [
      'energy, a factor and a plug that is on',
      { power_consumption: 900, power_factor: 99, power: 'on' },
    ],
    ['light and power out of all bounds', { lux: 1e9, power: -4 }],
    ['the limits of a setting', { config: { lux: 50, power: 100 } }],
    ['where it is', { latitude: 59.1, longitude: 18.1, gps: '59.1,18.1' }],
  ] as const)('%s', ([, object]) => {
    expect(told(object)).toEqual([]);
  });
});

test('shows technicians what it did not understand, without control characters', () => {
  expect(read({ pulse1: 4353, curtain: 'half\u0007\u202e', version: '1.2' }).notUnderstood).toEqual(
    [
      { what: 'pulse1', example: '4353' },
      { what: 'curtain', example: 'half' },
    ],
  );
});

test('knows by the model what its battery is in, and what its button is for', () => {
  expect(told({ battery: 3 }, 'Milesight WS202')).toEqual(['battery.measured']);
  expect(told({ battery: 90 }, 'tbms100')).toEqual([]);
  expect(told({ button: 1 }, 'ws156')).toEqual([]);
  expect(told({ Device: 'R312A', Alarm: 1 }, 'R312A')).toEqual(['help.pressed']);
  expect(told({ button: 1 })).toEqual(['help.pressed']);
  expect(told({ button: 1, door: 'open' })).toEqual(['door.opened']);
  expect(told({ ALARM_status: 'TRUE', latitude: 59.1, longitude: 18.1 })).toEqual(['help.pressed']);
});

test('takes a room for empty though a region of it says otherwise', () => {
  const room = {
    detection_status: 'vacant',
    target_status: 'normal',
    region_2_occupancy: 'occupied',
  };
  expect(told(room)).toEqual(['presence.cleared']);
  expect(told({ detection_status: 'fall' })).toEqual(['presence.detected', 'fall.detected']);
  expect(told({ detection_status: 'out of bed' })).toEqual(['presence.detected', 'bed.left']);
});

test('tells a state when it changes, keeps one that is missing, and tells each press', () => {
  const states = new Map<string, boolean>();
  const says = (object: unknown) => read(object, null, states).facts.map(({ type }) => type);
  expect(says({ leak: true, door: 'open' })).toEqual(['water.detected', 'door.opened']);
  expect(says({ leak: true })).toEqual([]);
  expect(says({ door: 'open' })).toEqual([]);
  expect(says({ leak: false })).toEqual(['water.cleared']);
  expect(says({ leak: true })).toEqual(['water.detected']);
  expect(says({ sos: true })).toEqual(['help.pressed']);
  expect(says({ sos: true })).toEqual(['help.pressed']);
});

test('tells what the catalogue allows, whatever the object, and never throws', () => {
  const names = fc.constantFrom(
    'door',
    'sos',
    'fall',
    'battery',
    'temperature',
    'history',
    'events',
    'status',
    '__proto__',
    'constructor',
  );
  const object = fc.dictionary(
    fc.oneof(names, fc.string()),
    fc.oneof(fc.jsonValue(), fc.string(), fc.double()),
  );
  fc.assert(
    fc.property(object, object, (outer, inner) => {
      const { facts, notUnderstood } = read({ ...outer, history: [inner], data: inner });
      for (const { type, data, storedAt } of facts) {
        expect(catalogue[type].data.safeParse(data).success).toBe(true);
        expect(storedAt === null || Number.isFinite(storedAt)).toBe(true);
      }
      expect(notUnderstood.length).toBeLessThanOrEqual(10);
    }),
    { numRuns: 300, seed: 7 },
  );
});
