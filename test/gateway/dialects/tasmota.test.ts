import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { localTime } from '../../../gateway/dialects/local-time.ts';
import { tasmota } from '../../../gateway/dialects/tasmota.ts';
import { conversation, expectTotal, noon } from './conversation.ts';

const sensor = 'tasmota/tele/kok/SENSOR';
const config = {
  dn: 'Kök',
  mac: '84F3EBED76DA',
  md: 'Sonoff TH',
  sw: '13.3.0',
  t: 'kok',
  ft: '%prefix%/%topic%/',
  tp: ['cmnd', 'stat', 'tele'],
  rl: [1, 0],
  btn: [0, 0],
  onln: 'På',
  ofln: 'Av',
};
const mac = '84:f3:eb:ed:76:da';

describe('the sensors of a device', () => {
  test('are told at the time of its clock, by the topic until its own address is known', () => {
    const hub = conversation(tasmota);
    const { readings, found } = hub.say(sensor, {
      Time: '2026-11-22T12:59:00',
      DS18B20: { Id: '01', Temperature: 68 },
      AM2301: { Temperature: 50, Humidity: 40.5 },
      ESP32: { Temperature: 130 },
      TempUnit: 'F',
    });
    expect(readings).toMatchObject([
      {
        type: 'temperature.measured',
        data: { celsius: 20 },
        source: 'topic:kok',
        time: noon - 60_000,
      },
      { type: 'temperature.measured', data: { celsius: 10 } },
      { type: 'humidity.measured', data: { percent: 40.5 } },
    ]);
    expect(found).toMatchObject([{ address: 'topic:kok', profile: { kind: 'thermometer' } }]);
    expect(hub.say('tasmota/tasmota/discovery/84F3EBED76DA/config', config).found).toMatchObject([
      { address: mac, formerly: 'topic:kok', label: 'Kök', model: 'Sonoff TH', firmware: '13.3.0' },
    ]);
    expect(hub.told('tasmota/stat/kok/RESULT', { POWER: 'OFF' })).toEqual([
      `${mac} device.heartbeat`,
    ]);
  });

  test('tell how light it is, and what all outlets of a plug draw together', () => {
    const hub = conversation(tasmota);
    const told = (message: object) =>
      hub.say(sensor, message).readings.map(({ type, data }) => [type, data]);
    const energy = { Total: 3.185, Factor: 0.98, Voltage: 230 };
    expect(told({ ENERGY: { ...energy, Power: [1_800, 4] } })).toEqual([
      ['power.measured', { watts: 1_804 }],
    ]);
    expect(told({ ENERGY: { ...energy, Power: 60, Temperature: 44 } })).toEqual([
      ['power.measured', { watts: 60 }],
    ]);
    expect(told({ ENERGY: { ...energy, Power: 61 } })).toEqual([['device.heartbeat', {}]]);
    expect(told({ ENERGY: { ...energy, Power: ['x'] } })).toEqual([['device.heartbeat', {}]]);
    expect(told({ BH1750: { Illuminance: 79 } })).toEqual([['illuminance.measured', { lux: 79 }]]);
  });

  test('are read whichever way round its topic is', () => {
    const hub = conversation(tasmota);
    hub.say('tasmota/discovery/84F3EBED76DA/config', { ...config, ft: 'hem/%topic%/%prefix%/' });
    expect(hub.told('tasmota/hem/kok/tele/SENSOR', { SI7021: { Humidity: 30 } })).toEqual([
      `${mac} humidity.measured`,
    ]);
    expect(hub.told('tasmota/hem/kok/stat/POWER1', 'ON')).toEqual([`${mac} device.heartbeat`]);
    expect(hub.say('tasmota/hem/kok/cmnd/POWER', 'ON')).toEqual({ readings: [], refused: [] });
  });

  test('out of all bounds are noted and not told', () => {
    const { readings, notUnderstood } = conversation(tasmota).say(sensor, {
      SI7021: { Humidity: 255 },
    });
    expect(readings.map(({ type }) => type)).toEqual(['device.heartbeat']);
    expect(notUnderstood).toMatchObject([{ what: 'humidity.measured' }]);
  });

  test('heard over Bluetooth are of the device that has them', () => {
    const told = conversation(tasmota).told(sensor, {
      'ATC-aabbcc': { mac: 'a4c138aabbcc', Temperature: 21, Battery: 80, RSSI: -70 },
    });
    expect(told).toContain('a4:c1:38:aa:bb:cc temperature.measured');
    expect(told.at(-1)).toBe('topic:kok device.heartbeat');
  });
});

describe('a switch', () => {
  test('without a name has no meaning, and is noted', () => {
    expect(
      conversation(tasmota).say(sensor, { Time: '2021-01-01T00:00:00', Switch1: 'ON' }),
    ).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ source: 'topic:kok', what: 'Switch1', example: 'ON' }],
    });
  });

  test('that is named after what it is connected to is told when it changes', () => {
    const hub = conversation(tasmota);
    const told = ['OFF', 'ON', 'ON', 'OFF'].map((door) =>
      hub.types(sensor, { Ytterdörr_door: door }),
    );
    expect(told).toEqual([
      ['device.heartbeat'],
      ['door.opened'],
      ['device.heartbeat'],
      ['door.closed'],
    ]);
  });

  test('that is a button calls for help only where buttons are all there is', () => {
    const press = { Button1: { Action: 'SINGLE' } };
    const hub = conversation(tasmota);
    expect(hub.types('tasmota/stat/kok/RESULT', press)).toEqual(['device.heartbeat']);
    hub.say('tasmota/discovery/84F3EBED76DA/config', { ...config, rl: [0, 0], btn: [1, 0] });
    expect(hub.told('tasmota/stat/kok/RESULT', press)).toEqual([`${mac} help.pressed`]);
    expect(hub.types('tasmota/stat/kok/RESULT', { Button1: { Action: 'CLEAR' } })).toEqual([
      'device.heartbeat',
    ]);
  });
});

test('its will is told on change, also in its own words', () => {
  const hub = conversation(tasmota);
  hub.say('tasmota/discovery/84F3EBED76DA/config', config);
  const told = ['Online', 'Offline', 'Av', 'På', '{}'].map((body) =>
    hub.types('tasmota/tele/kok/LWT', body),
  );
  expect(told).toEqual([['device.heartbeat'], ['reach.lost'], [], ['reach.restored'], []]);
});

test('its state tells how well it is heard', () => {
  const { readings } = conversation(tasmota).say('tasmota/tele/kok/STATE', {
    Wifi: { RSSI: 80, Signal: -60 },
  });
  expect(readings).toMatchObject([{ type: 'link.measured', data: { rssiDbm: -60 } }]);
});

describe('a Zigbee device behind it', () => {
  const report = (fields: object): object => ({
    ZbReceived: { '0x2916': { Device: '0x2916', ...fields } },
  });
  const own = 'topic:kok device.heartbeat';

  test('is known by the key it stands under until its own address comes to light', () => {
    const hub = conversation(tasmota);
    expect(
      hub.told(sensor, report({ Temperature: 25.72, Humidity: 47.73, LinkQuality: 116 })),
    ).toEqual([
      '0x2916 temperature.measured',
      '0x2916 humidity.measured',
      '0x2916 link.measured',
      own,
    ]);
    const info = {
      Device: '0x2916',
      IEEEAddr: '0x00158D00036B50AE',
      ModelId: 'lumi.weather',
      Manufacturer: 'LUMI',
    };
    expect(hub.say('tasmota/stat/kok/RESULT', { ZbInfo: { '0x2916': info } }).found).toMatchObject([
      { address: '0x00158d00036b50ae', formerly: '0x2916', vendor: 'LUMI', model: 'lumi.weather' },
    ]);
    const named = { ZbReceived: { Hallen: { Device: '0x2916', Humidity: 40 } } };
    expect(hub.told(sensor, named)[0]).toBe('0x00158d00036b50ae humidity.measured');
    hub.say(sensor, {
      ZbState: { Status: 30, IEEEAddr: '0x00158D00036B50AE', ShortAddr: '0x8F20' },
    });
    expect(hub.told(sensor, { ZbReceived: { '0x8F20': { Humidity: 41 } } })[0]).toBe(
      '0x00158d00036b50ae humidity.measured',
    );
  });

  test('is not mistaken for one with the same short address on another coordinator', () => {
    const hub = conversation(tasmota);
    hub.say(sensor, report({ Humidity: 40 }));
    expect(hub.told('tasmota/tele/vind/SENSOR', report({ Humidity: 40 }))[0]).toBe(
      '0x2916@vind humidity.measured',
    );
  });

  test.each([
    [{ Contact: 1 }, 'door.opened'],
    [{ Occupancy: 1 }, 'motion.detected'],
    [{ Water: 1 }, 'water.detected'],
    [{ Fire: 1, ZoneStatusChange: 1 }, 'smoke.detected'],
    [{ Fire: 1, ZoneStatusChange: 0x101 }, 'test.pressed'],
    [{ Panic: 1 }, 'help.pressed'],
    [{ ZoneStatusChange: 8 }, 'battery.low'],
    [{ '0500<00': '040000000000' }, 'tamper.detected'],
    [{ BatteryPercentage: 55 }, 'battery.measured'],
    [{ Power: 1 }, 'device.heartbeat'],
  ])('%j is %s, once', (fields, type) => {
    const hub = conversation(tasmota);
    const told = (): readonly string[] =>
      hub.told(sensor, report(fields)).filter((one) => one !== own);
    expect(told()).toEqual([`0x2916 ${type}`]);
    const again = type.endsWith('measured') ? type : 'device.heartbeat';
    expect(told()).toEqual([`0x2916 ${again}`]);
  });

  test('of a model that is a contact may say so as a switch or a zone', () => {
    for (const [ModelId, on, off, type] of [
      ['lumi.sensor_magnet', { Power: 1 }, { Power: 0 }, 'door.closed'],
      [
        'lumi.sensor_wleak.aq1',
        { '0500!00': '010000FF0000' },
        { '0500!00': '000000FF0000' },
        'water.cleared',
      ],
    ] as const) {
      const hub = conversation(tasmota);
      hub.say(sensor, { ZbInfo: { '0x2916': { Device: '0x2916', ModelId } } });
      hub.say(sensor, report(on));
      expect(hub.told(sensor, report(off))[0]).toBe(`0x2916 ${type}`);
    }
  });
});

describe('a local time without a zone', () => {
  const zone = 'Europe/Stockholm';
  const now = Date.UTC(2026, 9, 25, 5);

  test.each([
    ['2026-07-01T12:00:00', Date.UTC(2026, 6, 1, 10)],
    ['2026-01-01 12:00:00', Date.UTC(2026, 0, 1, 11)],
    // The hour that was left out: its clock has not been put forward.
    ['2026-03-29T02:30:00', Date.UTC(2026, 2, 29, 1, 30)],
    ['2026-10-25T02:30:00', Date.UTC(2026, 9, 25, 1, 30)],
    ['2017-02-16T10:13:52', null],
    ['1970-01-01T00:00:00', null],
    ['2026-02-30T00:00:00', null],
    ['2026-01-01T12:00:00Z', null],
    ['today', null],
    [1_795_348_800, null],
  ])('%s', (text, expected) => {
    expect(localTime(text, zone, now)).toBe(expected);
  });

  test('of the hour that comes twice is the first while the second is to come', () => {
    const during = Date.UTC(2026, 9, 25, 0, 31);
    expect(localTime('2026-10-25T02:30:00', zone, during)).toBe(Date.UTC(2026, 9, 25, 0, 30));
  });
});

test('no message and no memory make it throw', () => {
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom({ Temperature: 1e9 }, { mac: 'a4c138aabbcc', Humidity: '4' }, 'ON'),
  );
  expectTotal(
    tasmota,
    [
      sensor,
      'tasmota/tele/kok/LWT',
      'tasmota/tele/kok/ZbReceived',
      'tasmota/discovery/84F3EBED76DA/config',
      'tasmota/',
      'tasmota/tele//INFO1',
      'tasmota/stat/kok/2916/SENSOR',
    ],
    fc.oneof(
      fc.constant(config),
      fc.dictionary(
        fc.constantFrom(
          'Time',
          'TempUnit',
          'DS18B20',
          'Switch1',
          'door',
          '__proto__',
          'ZbReceived',
          'ZbInfo',
          'Wifi',
        ),
        value,
      ),
      fc.record({
        ZbReceived: fc.dictionary(
          fc.constantFrom('0x2916', '__proto__', 'x'),
          fc.dictionary(
            fc.constantFrom('Contact', 'ZoneStatus', 'Power', 'Device', 'IEEEAddr'),
            fc.jsonValue({ maxDepth: 1 }),
          ),
        ),
      }),
    ),
  );
});
