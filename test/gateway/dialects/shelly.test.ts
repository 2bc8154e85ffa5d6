import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { shelly } from '../../../gateway/dialects/shelly.ts';
import { conversation, expectTotal } from './conversation.ts';

const at = 1_795_348_800.25;
const flood = 'shellyfloodg4-a8032abe54dc';
const button = 'shellyi4g3-aabbccddeeff';

function notify(src: string, method: string, params: object): object {
  return { src, dst: `${src}/events`, method, params: { ts: at, ...params } };
}
function pushed(src: string, ...events: readonly string[]): object {
  const all = events.map((event) => ({ component: 'input:0', id: 0, event, ts: at }));
  return notify(src, 'NotifyEvent', { events: all });
}

describe('a notification', () => {
  test('tells what has changed, at its own time, of the device by its id', () => {
    const { readings, found } = conversation(shelly).say(
      `shelly/${flood}/events/rpc`,
      notify('shellyfloodg4-A8032ABE54DC', 'NotifyFullStatus', {
        'flood:0': { id: 0, alarm: true, mute: false },
        'devicepower:0': { battery: { V: 2.9, percent: 81 }, external: { present: false } },
        'temperature:0': { id: 0, tC: 19.8, tF: 67.6 },
        'humidity:0': { rh: 42.2 },
        wifi: { rssi: -61 },
        sys: { mac: 'A8032ABE54DC', available_updates: {} },
      }),
    );
    expect(readings.map(({ type, data }) => [type, data])).toEqual([
      ['water.detected', {}],
      ['battery.measured', { percent: 81 }],
      ['temperature.measured', { celsius: 19.8 }],
      ['humidity.measured', { percent: 42.2 }],
      ['link.measured', { rssiDbm: -61 }],
    ]);
    expect(new Set(readings.map(({ source }) => source))).toEqual(new Set([flood]));
    expect(new Set(readings.map(({ time }) => time))).toEqual(new Set([at * 1_000]));
    expect(found?.at(-1)).toMatchObject({
      address: flood,
      vendor: 'Shelly',
      model: 'shellyfloodg4',
      profile: { kind: 'water-detector', supervision: { class: 'battery' } },
    });
  });

  test('tells what all outputs of a plug draw together, when that has changed enough, and how light it is', () => {
    const hub = conversation(shelly);
    const plug = 'shellyplus2pm-a8032abe54dc';
    const say = (params: object) =>
      hub
        .say(`shelly/${plug}/events/rpc`, notify(plug, 'NotifyStatus', params))
        .readings.map(({ type, data }) => [type, data]);
    expect(say({ 'switch:0': { id: 0, output: true, apower: 40 } })).toEqual([
      ['power.measured', { watts: 40 }],
    ]);
    expect(say({ 'switch:1': { id: 1, apower: 1_900.5 } })).toEqual([
      ['power.measured', { watts: 1_940.5 }],
    ]);
    expect(say({ 'switch:0': { id: 0, apower: 41 } })).toEqual([['device.heartbeat', {}]]);
    expect(say({ 'switch:0': { id: 0, output: false } })).toEqual([['device.heartbeat', {}]]);
    expect(say({ 'switch:0': { id: 0, apower: 'much' } })).toEqual([['device.heartbeat', {}]]);
    expect(say({ 'illuminance:0': { id: 0, lux: 55, illumination: 'dark' } })).toEqual([
      ['illuminance.measured', { lux: 55 }],
    ]);
  });

  test('that comes again has the same ids, and no edge a second time', () => {
    const hub = conversation(shelly);
    const message = notify(flood, 'NotifyStatus', {
      'flood:0': { alarm: true },
      'temperature:0': { tC: 20 },
    });
    const [leak, first] = hub.say(`shelly/${flood}/events/rpc`, message).readings;
    const again = hub.say(`shelly/${flood}/events/rpc`, message).readings;
    expect(leak?.id).toHaveLength(22);
    expect(again).toEqual([first]);
  });

  test('with parts missing leaves them as they were', () => {
    const hub = conversation(shelly);
    const say = (status: object): readonly string[] =>
      hub.types(`shelly/${flood}/events/rpc`, notify(flood, 'NotifyStatus', status));
    expect(say({ 'flood:0': { alarm: false } })).toEqual(['device.heartbeat']);
    expect(say({ 'flood:0': { alarm: true } })).toEqual(['water.detected']);
    expect(say({ 'flood:0': { mute: true } })).toEqual(['device.heartbeat']);
    expect(say({ 'flood:0': { alarm: null } })).toEqual(['device.heartbeat']);
    expect(say({ 'flood:0': { alarm: false } })).toEqual(['water.cleared']);
  });

  test('of mains that go is told, but not of a device that never had them', () => {
    const hub = conversation(shelly);
    const say = (present: boolean): readonly string[] =>
      hub.types(
        `shelly/${flood}/events/rpc`,
        notify(flood, 'NotifyStatus', { 'devicepower:0': { external: { present } } }),
      );
    expect([false, true, false, true].map(say)).toEqual([
      ['device.heartbeat'],
      ['power.restored'],
      ['power.lost'],
      ['power.restored'],
    ]);
  });

  test('from a clock that is not set has no time', () => {
    const message = {
      src: flood,
      method: 'NotifyStatus',
      params: { ts: 12.5, wifi: { rssi: -5 } },
    };
    expect(
      conversation(shelly).say(`shelly/${flood}/events/rpc`, message).readings[0],
    ).toMatchObject({
      time: null,
      id: null,
    });
  });

  test('that is none is refused', () => {
    for (const body of ['[]', 'x', '{"method":"NotifyStatus"}', new Uint8Array([0xff, 0xfe])]) {
      expect(conversation(shelly).say(`shelly/${flood}/events/rpc`, body)).toMatchObject({
        readings: [],
        refused: [expect.stringContaining('notification')],
      });
    }
  });
});

describe('a push', () => {
  test.each(['single_push', 'double_push', 'triple_push', 'long_push'])(
    '%s of a button calls for help once',
    (event) => {
      const hub = conversation(shelly);
      const types = hub.types(
        `shelly/${button}/events/rpc`,
        pushed(button, 'btn_down', event, 'btn_up'),
      );
      expect(types).toEqual(['help.pressed']);
    },
  );

  test('on a relay is for the lamp: noted, and no call', () => {
    const relay = 'shellyplus1-a8032abe54dc';
    expect(
      conversation(shelly).say(`shelly/${relay}/events/rpc`, pushed(relay, 'single_push')),
    ).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ source: relay, what: 'input:0', example: 'single_push' }],
    });
  });

  test('of a Bluetooth button calls for it, not for the gateway', () => {
    const gateway = 'shellyblugwg3-34cdb0770c4c';
    const event = { component: 'bthomedevice:200', id: 200, event: 'single_push', idx: 0, ts: at };
    const hub = conversation(shelly);
    expect(
      hub.told(`shelly/${gateway}/events/rpc`, notify(gateway, 'NotifyEvent', { events: [event] })),
    ).toEqual([`${gateway}/bthomedevice:200 help.pressed`, `${gateway} device.heartbeat`]);
  });

  test('passed on by a script calls once, whoever heard it', () => {
    const hub = conversation(shelly);
    const data = { address: 'B4:35:22:FE:56:E5', pid: 118, battery: 100, button: 1, rssi: -67 };
    const event = { component: 'script:1', id: 1, event: 'shelly-blu', data, ts: at };
    const say = (gateway: string): readonly string[] =>
      hub.told(`shelly/${gateway}/events/rpc`, notify(gateway, 'NotifyEvent', { events: [event] }));
    expect(say('shellyplus1-a8032abe54dc')).toContain('b4:35:22:fe:56:e5 help.pressed');
    expect(say('shellyplus2-a8032abe54dd')).toEqual(['shellyplus2-a8032abe54dd device.heartbeat']);
  });
});

test('what a gateway heard of a Bluetooth device before is no sign of life', () => {
  const hub = conversation(shelly);
  const gateway = 'shellyblugwg3-34cdb0770c4c';
  const say = (last_updated_ts: number | null): readonly string[] =>
    hub.told(
      `shelly/${gateway}/events/rpc`,
      notify(gateway, 'NotifyFullStatus', {
        'bthomedevice:200': { id: 200, rssi: -60, battery: 90, last_updated_ts },
      }),
    );
  const own = `${gateway} device.heartbeat`;
  const heard = ['battery', 'link'].map((kind) => `${gateway}/bthomedevice:200 ${kind}.measured`);
  expect([null, at, at, at + 60].map(say)).toEqual([
    [own],
    [...heard, own],
    [own],
    [...heard, own],
  ]);
});

test('its will tells that it cannot be reached', () => {
  const hub = conversation(shelly);
  const told = ['true', 'false', 'false', 'true'].map((body) =>
    hub.types(`shelly/${flood}/online`, body),
  );
  expect(told).toEqual([['device.heartbeat'], ['reach.lost'], [], ['reach.restored']]);
});

test('a status by itself is read like a notification', () => {
  const hub = conversation(shelly);
  expect(hub.told(`shelly/${flood}/status/smoke:0`, { id: 0, alarm: true })).toEqual([
    `${flood} smoke.detected`,
  ]);
});

test('a chosen prefix is a makeshift until the device says who it is', () => {
  const hub = conversation(shelly);
  expect(hub.told('shelly/hem/badrum/status/flood:0', { alarm: true })).toEqual([
    'topic:hem/badrum water.detected',
  ]);
  const { found } = hub.say(
    'shelly/hem/badrum/events/rpc',
    notify(flood, 'NotifyStatus', { wifi: { rssi: -50 } }),
  );
  expect(found).toMatchObject([{ address: flood, formerly: 'topic:hem/badrum' }]);
  expect(hub.types('shelly/hem/badrum/status/flood:0', { alarm: true })).toEqual([
    'device.heartbeat',
  ]);
  expect(hub.told('shelly/hem/badrum/online', 'false')).toEqual([`${flood} reach.lost`]);
});

test('no message and no memory make it throw', () => {
  const part = fc.constantFrom(
    'flood:0',
    'devicepower:0',
    'temperature:0',
    'bthomedevice:1',
    '__proto__',
    'input:0',
    'wifi',
  );
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom({ alarm: true }, { tC: 1e9 }, { battery: { percent: 300 } }),
  );
  expectTotal(
    shelly,
    [
      `shelly/${flood}/events/rpc`,
      `shelly/${flood}/online`,
      `shelly/x/y/status/flood:0`,
      'shelly/',
      'shelly/a/b',
      'shelly//online',
    ],
    fc.record({
      src: fc.constantFrom(flood, '', 7, '__proto__'),
      method: fc.constantFrom('NotifyStatus', 'NotifyFullStatus', 'NotifyEvent', 'x'),
      params: fc.oneof(
        fc.dictionary(part, value),
        fc.record({
          ts: fc.oneof(fc.double(), fc.constant(at)),
          events: fc.array(
            fc.record({
              component: part,
              event: fc.constantFrom('single_push', 'shelly-blu', 'x'),
              ts: fc.constantFrom(at, null, -1, 1e300),
              data: fc.constantFrom(
                { address: 'b43522fe56e5', pid: 1, button: 1, window: 1, motion: 'x' },
                {},
                null,
              ),
            }),
          ),
        }),
      ),
    }),
  );
});
