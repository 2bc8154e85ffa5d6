import { expect, test } from 'vitest';

import { tts } from '../../../gateway/dialects/tts.ts';
import { createHub, typesOf } from './reading.ts';

const eui = '0004a30b001c0530';
const ids = { device_id: 'button-1', dev_eui: eui.toUpperCase() };
let count = 0;

function up(decoded: unknown, model = 'tbpb100', more: object = {}) {
  count += 1;
  return {
    end_device_ids: ids,
    received_at: '2026-11-22T11:59:01Z',
    uplink_message: {
      session_key_id: 'AXA50tHUHUucFxh/kVcmAg==',
      f_port: 147,
      f_cnt: count,
      frm_payload: `A${count}==`,
      decoded_payload: decoded,
      rx_metadata: [{ rssi: -70, snr: 9 }, { rssi: 'x' }, null],
      received_at: '2026-11-22T11:59:00.123456789Z',
      version_ids: { brand_id: 'browan', model_id: model },
      ...more,
    },
  };
}
const topic = 'tts/v3/app@tenant/devices/button-1/up';

test.for([
  ['tbpb100', 'help.pressed'],
  ['tbdw100', 'door.opened'],
  ['tbms100', 'motion.detected'],
  ['tbwl100', 'water.detected'],
])('knows what a status of %s means: %s', ([model, type]) => {
  const told = createHub(tts).says(topic, up({ status: 1, battery: 3.6 }, model));
  expect(typesOf(told)).toEqual([type, 'link.measured']);
  expect(told.readings[0]).toMatchObject({
    source: eui,
    time: Date.UTC(2026, 10, 22, 11, 59, 0, 123),
  });
});

test('guesses nothing of a status whose model it does not know', () => {
  const told = createHub(tts).says(topic, up({ status: 1 }, 'xyz'));
  expect(typesOf(told)).toEqual(['link.measured']);
  expect(told.notUnderstood).toEqual([{ source: eui, what: 'status', example: '1' }]);
});

test('gives a webhook that is tried again the ids it had', () => {
  const said = up({ status: 1 });
  const told = [1, 2].map(() => createHub(tts).says('tts/uplink', said).readings);
  expect(told[0]).toEqual(told[1]);
});

test('takes a count that is left out for zero', () => {
  const { uplink_message: message, ...rest } = up({ status: 1 });
  const { f_cnt: _, ...uncounted } = message;
  const again = { ...uncounted, received_at: '2026-11-22T11:59:00.9Z' };
  const hub = createHub(tts);
  const pressed = [uncounted, again].map(
    (one) => hub.says(topic, { ...rest, uplink_message: one }).readings[0],
  );
  expect(pressed[0]).toMatchObject({ type: 'help.pressed' });
  expect(pressed[0]?.id).toBe(pressed[1]?.id);
});

test.for([
  [up({ errors: ['unknown FPort'] }), 'codec error'],
  [up(undefined, 'tbpb100', { errors: ['unknown FPort'] }), 'codec error'],
  [up({ status: 0 }, 'tbpb100', { decoded_payload_warnings: ['odd'] }), 'codec warning'],
  [up(undefined), 'no codec'],
] as const)('takes a failing codec for a fault of the equipment', ([said, what]) => {
  const told = createHub(tts).says(topic, said);
  expect(typesOf(told)).toEqual(['link.measured']);
  expect(told.notUnderstood).toMatchObject([{ source: eui, what }]);
});

test('tells the battery that its network last heard of, once', () => {
  const last = { f_cnt: 3, value: 91.5, received_at: '2026-11-22T01:00:00Z' };
  const hub = createHub(tts);
  const told = [1, 2].map(() => {
    const said = up({ status: 0 }, 'tbpb100', { last_battery_percentage: last });
    return hub.says(topic, said).readings.find(({ type }) => type === 'battery.measured');
  });
  expect(told[0]).toMatchObject({ data: { percent: 91.5 }, time: Date.UTC(2026, 10, 22, 1) });
  expect(told[0]?.id).toBe(told[1]?.id);
});

test('reads what was made alike for all vendors where the codec says nothing', () => {
  const normalized = [
    { air: { temperature: 21.5, relativeHumidity: 40 }, action: { contactState: 'open' } },
  ];
  const told = createHub(tts).says(topic, up(undefined, 'xyz', { normalized_payload: normalized }));
  expect(typesOf(told)).toEqual([
    'temperature.measured',
    'humidity.measured',
    'door.opened',
    'link.measured',
  ]);
});

test.for([
  ['join_accept', ['device.heartbeat']],
  ['location_solved', ['device.heartbeat']],
  ['downlink_ack', ['device.heartbeat']],
  ['downlink_sent', []],
  ['downlink_failed', []],
  ['service_data', []],
] as const)('takes %s for %o', ([kind, types]) => {
  expect(typesOf(createHub(tts).says(topic, { end_device_ids: ids, [kind]: {} }))).toEqual(types);
});

test('keeps what it knows of the model when a join does not name it', () => {
  const hub = createHub(tts);
  expect(hub.says(topic, up({ status: 0 })).found).toMatchObject([
    {
      address: eui,
      label: 'button-1',
      vendor: 'Browan',
      model: 'tbpb100',
      profile: { kind: 'call-button' },
    },
  ]);
  expect(hub.says(topic, { end_device_ids: ids, join_accept: {} }).found).toEqual([]);
});

test.for([['garbage'], [[]], [{}], ['']])('refuses %o', ([payload]) => {
  expect(createHub(tts).says(topic, payload).refused).toHaveLength(1);
});
