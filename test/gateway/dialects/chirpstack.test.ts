import { expect, test } from 'vitest';

import { chirpstack } from '../../../gateway/dialects/chirpstack.ts';
import { createHub, receivedAt, typesOf } from './reading.ts';

const eui = '24e124535b316056';
const topic = `chirpstack/application/1/device/${eui}/event`;
const hourMs = 3_600_000;
let count = 0;

function up(object: unknown, more: object = {}) {
  count += 1;
  return {
    deduplicationId: `8d2f5ab4-8fd3-4f3a-9a5d-${count}`,
    time: '2026-11-22T11:59:00.123456789+00:00',
    deviceInfo: { deviceName: 'Hall', deviceProfileName: 'WS301', devEui: eui.toUpperCase() },
    fCnt: count,
    fPort: 85,
    data: `A${count}=`,
    object,
    rxInfo: [
      { rssi: -110, snr: -3 },
      { rssi: -80, snr: 7.5 },
    ],
    ...more,
  };
}

test('tells of a door when it changes, at the time to the nanosecond, and how well it was heard', () => {
  const hub = createHub(chirpstack);
  const opened = hub.says(`${topic}/up`, up({ magnet_status: 'open' })).readings;
  const time = Date.UTC(2026, 10, 22, 11, 59, 0, 123);
  expect(opened).toMatchObject([
    { type: 'door.opened', time, source: eui },
    { type: 'link.measured', data: { rssiDbm: -80, snrDb: 7.5 }, source: eui },
  ]);
  expect(typesOf(hub.says(`${topic}/up`, up({ magnet_status: 'open' })))).toEqual([
    'link.measured',
  ]);
  expect(typesOf(hub.says(`${topic}/up`, up({ battery: 90 })))).toEqual([
    'battery.measured',
    'link.measured',
  ]);
  expect(typesOf(hub.says(`${topic}/up`, up({ magnet_status: 'close' })))).toContain('door.closed');
});

test('counts an uplink once that another gateway passes on as its own', () => {
  const hub = createHub(chirpstack);
  const first = up({ sos: true });
  const again = { ...first, deduplicationId: 'another', rxInfo: [{ rssi: -120 }] };
  const ids = [first, again].map((said) => hub.says(`${topic}/up`, said).readings[0]?.id);
  expect(ids[0]).toBe(ids[1]);
});

test('counts a press as another when the count of messages began anew, much later', () => {
  const hub = createHub(chirpstack);
  const press = up({ sos: true });
  const ids = [0, hourMs].map((later) => {
    const said = { ...press, deduplicationId: `at ${later}` };
    return hub.says(`${topic}/up`, said, receivedAt + later).readings[0]?.id;
  });
  expect(ids[0]).not.toBe(ids[1]);
});

test('lets no late message turn a state back', () => {
  const hub = createHub(chirpstack);
  const late = up({ magnet_status: 'open' }, { time: '2026-11-22T11:30:00Z' });
  hub.says(`${topic}/up`, up({ magnet_status: 'closed' }));
  expect(typesOf(hub.says(`${topic}/up`, late))).toContain('door.opened');
  expect(typesOf(hub.says(`${topic}/up`, up({ magnet_status: 'closed' })))).toEqual([
    'link.measured',
  ]);
});

test('says that there is no codec, and takes the device for alive', () => {
  const told = createHub(chirpstack).says('chirpstack/event/up', up(undefined, { rxInfo: [] }));
  expect(typesOf(told)).toEqual(['device.heartbeat']);
  expect(told.notUnderstood).toEqual([{ source: eui, what: 'no codec', example: 'port 85' }]);
});

test('keeps stored readings as history, save a call for help of the last day', () => {
  const old = receivedAt - 40 * 24 * hourMs;
  const lately = receivedAt - 2 * hourMs;
  const history = [
    { timestamp: lately / 1_000, sos: 1, temperature: 20 },
    { timestamp: old / 1_000, magnet_status: 'open', sos: 1 },
    { magnet_status: 'open' },
  ];
  const hub = createHub(chirpstack);
  const told = hub.says(`${topic}/up`, up({ history }));
  expect(
    told.readings.map(({ type, time, isHistory }) => [type, time, isHistory ?? false]),
  ).toEqual([
    ['door.opened', old, true],
    ['help.pressed', old, true],
    ['help.pressed', lately, false],
    ['temperature.measured', lately, true],
    ['link.measured', expect.any(Number), false],
  ]);
  expect(told.notUnderstood).toMatchObject([{ what: 'history' }]);
  const again = hub.says(`${topic}/up`, up({ history }));
  expect(again.readings.slice(0, 4).map(({ id }) => id)).toEqual(
    told.readings.slice(0, 4).map(({ id }) => id),
  );
  expect(typesOf(hub.says(`${topic}/up`, up({ magnet_status: 'open' })))).toContain('door.opened');
});

test.for([
  [{ batteryLevel: 88.3 }, 88.3],
  [{ batteryLevel: '80.00' }, 80],
  [{ batteryLevel: 255 }, null],
  [{ batteryLevel: 0, externalPowerSource: true }, null],
  [{ batteryLevel: 0, batteryLevelUnavailable: true }, null],
] as const)('reads the battery of a status %o as %s', ([status, percent]) => {
  const told = createHub(chirpstack).says(
    `${topic}/status`,
    up(undefined, { margin: 10, ...status }),
  );
  const battery = told.readings.find(({ type }) => type === 'battery.measured');
  expect(battery?.data['percent'] ?? null).toBe(percent);
  expect(told.readings.length).toBeGreaterThan(0);
});

test('takes a failing codec for a fault: neither an alarm nor silence', () => {
  const said = { level: 'ERROR', code: 'UPLINK_CODEC', description: 'it\u0007 threw' };
  const told = createHub(chirpstack).says(`${topic}/log`, up(undefined, said));
  expect(typesOf(told)).toEqual(['device.heartbeat']);
  expect(told.notUnderstood).toEqual([{ source: eui, what: 'UPLINK_CODEC', example: 'it  threw' }]);
});

test.for([
  ['join', {}, ['device.heartbeat']],
  ['ack', { acknowledged: true }, ['device.heartbeat']],
  ['ack', { acknowledged: false }, []],
  ['location', { location: { latitude: 59.1, longitude: 18.1 } }, ['device.heartbeat']],
  ['integration', {}, ['device.heartbeat']],
  ['txack', {}, []],
  ['log', { level: 'ERROR', code: 'DOWNLINK_GATEWAY' }, []],
] as const)(
  'takes a %s %o for %o, as only the device can show that it lives',
  ([kind, more, types]) => {
    const told = createHub(chirpstack).says(`${topic}/${kind}`, up(undefined, more));
    expect(typesOf(told)).toEqual(types);
    expect(JSON.stringify(told.readings)).not.toContain('59.1');
  },
);

test('finds a device once, and again when it tells something new', () => {
  const hub = createHub(chirpstack);
  const [first] = hub.says(`${topic}/join`, up(undefined)).found ?? [];
  expect(first).toMatchObject({ address: eui, label: 'Hall', profile: { kind: 'door-contact' } });
  expect(hub.says(`${topic}/join`, up(undefined)).found).toEqual([]);
  const [again] = hub.says(`${topic}/up`, up({ temperature: 20 })).found ?? [];
  expect(again?.profile?.capabilities).toContain('temperature.measured');
});

test.for([
  ['up', 'garbage'],
  ['up', []],
  ['up', ''],
] as const)('refuses an event %s of %o', ([kind, payload]) => {
  expect(createHub(chirpstack).says(`${topic}/${kind}`, payload).refused).toHaveLength(1);
});

test('refuses what names no device, and leaves alone what goes down to one', () => {
  const hub = createHub(chirpstack);
  expect(hub.says('chirpstack/event/up', { object: {} }).refused).toHaveLength(1);
  const down = hub.says(`chirpstack/application/1/device/${eui}/command/down`, {});
  expect([down.readings, down.refused]).toEqual([[], []]);
});
