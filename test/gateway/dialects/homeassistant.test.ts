import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { homeassistant } from '../../../gateway/dialects/homeassistant.ts';
import { conversation, expectTotal } from './conversation.ts';

const door = {
  dev_cla: 'door',
  stat_t: '~/state',
  '~': 'zigbee2mqtt/Entrée (garażowa)',
  val_tpl: '{{ value_json.contact }}',
  pl_on: false,
  pl_off: true,
  uniq_id: 'x_contact',
  dev: {
    ids: ['zigbee2mqtt_0x00158D0001825511'],
    name: 'Entrée (garażowa)',
    mf: 'Aqara',
    mdl: 'MCCGQ11LM',
    sw: '3000-0001',
  },
};
const doorAddress = '0x00158d0001825511';
const doorConfig = 'homeassistant/homeassistant/binary_sensor/0x00158d0001825511/contact/config';
const doorState = 'homeassistant/zigbee2mqtt/Entrée (garażowa)/state';

describe('a discovery message', () => {
  test('describes a device by its address, whatever it is called', () => {
    const { found } = conversation(homeassistant).say(doorConfig, door);
    expect(found).toMatchObject([
      {
        address: doorAddress,
        label: 'Entrée (garażowa)',
        vendor: 'Aqara',
        model: 'MCCGQ11LM',
        firmware: '3000-0001',
        profile: { kind: 'door-contact', capabilities: ['door.opened', 'door.closed'] },
      },
    ]);
  });

  test('is read under a prefix of any name, and without one', () => {
    for (const topic of [
      'homeassistant/ha/binary_sensor/contact/config',
      'homeassistant/binary_sensor/contact/config',
      'homeassistant/binary_sensor/node/contact/config',
    ]) {
      const hub = conversation(homeassistant);
      hub.say(topic, door);
      expect(hub.told(doorState, { contact: false })).toEqual([`${doorAddress} door.opened`]);
    }
  });

  test('gives the device gone with its last entity', () => {
    const hub = conversation(homeassistant);
    const battery = {
      ...door,
      dev_cla: 'battery',
      unit_of_meas: '%',
      val_tpl: '{{ value_json.battery }}',
    };
    const batteryConfig = 'homeassistant/homeassistant/sensor/0x00158d0001825511/battery/config';
    hub.say(doorConfig, door);
    expect(hub.say(batteryConfig, battery).found?.[0]?.profile?.capabilities).toEqual([
      'door.opened',
      'door.closed',
      'battery.measured',
    ]);
    expect(hub.say(doorConfig, '')).toEqual({
      readings: [],
      refused: [],
      remember: expect.any(Map),
    });
    expect(hub.types(doorState, { contact: false, battery: 55 })).toEqual(['battery.measured']);
    expect(hub.say(batteryConfig, '').gone).toEqual([doorAddress]);
    expect([...hub.kept.keys()].filter((key) => !key.startsWith('states'))).toEqual([]);
  });

  test('may describe a whole device at once', () => {
    const hub = conversation(homeassistant);
    const { found } = hub.say('homeassistant/homeassistant/device/0AFFD2/config', {
      dev: {
        ids: 'ea334450945afc',
        cns: [['mac', '02:5B:26:A8:DC:12']],
        name: 'Kök',
        mf: 'Bla',
        mdl: 'xya',
      },
      o: { name: 'bla2mqtt' },
      state_topic: 'kök/state',
      avty_t: 'kök/up',
      cmps: {
        temp: {
          p: 'sensor',
          device_class: 'temperature',
          unit_of_measurement: '°F',
          value_template: '{{ value_json.t }}',
        },
        leak: {
          p: 'binary_sensor',
          device_class: 'moisture',
          value_template: "{{ 'ON' if value_json.leak == 1 else 'OFF' }}",
        },
        old: { p: 'sensor' },
      },
    });
    expect(found?.[0]).toMatchObject({
      address: '02:5b:26:a8:dc:12',
      profile: { kind: 'water-detector' },
    });
    const { readings } = hub.say('homeassistant/kök/state', { t: 68, leak: 1 });
    expect(readings).toMatchObject([
      { type: 'temperature.measured', data: { celsius: 20 }, source: '02:5b:26:a8:dc:12' },
      { type: 'water.detected' },
    ]);
    expect(hub.types('homeassistant/kök/up', 'offline')).toEqual(['reach.lost']);
  });

  test('with a template beyond the subset is noted once, and its entity tells nothing', () => {
    const hub = conversation(homeassistant);
    const val_tpl = '{% if value_json.contact %}OFF{% else %}ON{% endif %}';
    const odd = { ...door, val_tpl };
    expect(hub.say(doorConfig, odd).notUnderstood).toEqual([
      { source: doorAddress, what: 'value_template', example: val_tpl },
    ]);
    expect(hub.say(doorConfig, odd).notUnderstood).toBeUndefined();
    expect(hub.types(doorState, { contact: false })).toEqual(['device.heartbeat']);
  });

  test('that is none is refused, and says why', () => {
    const hub = conversation(homeassistant);
    for (const body of ['{', '[]', '7', new Uint8Array([0xff])]) {
      expect(hub.say(doorConfig, body).refused).toEqual([expect.stringContaining('discovery')]);
    }
  });
});

describe('a state', () => {
  test('is told when it changes, and the first time when it is active', () => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, door);
    const told = [true, false, false, true, true].map((contact) =>
      hub.types(doorState, { contact }),
    );
    expect(told).toEqual([
      ['device.heartbeat'],
      ['door.opened'],
      ['device.heartbeat'],
      ['door.closed'],
      ['device.heartbeat'],
    ]);
  });

  test('that is missing stays as it was, also behind a condition', () => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, {
      ...door,
      val_tpl: "{{ 'x' if value_json.contact else 'y' }}",
      pl_on: 'y',
      pl_off: 'x',
    });
    expect(hub.types(doorState, { contact: false })).toEqual(['door.opened']);
    expect(hub.types(doorState, { battery: 5 })).toEqual(['device.heartbeat']);
    expect(hub.types(doorState, '{}')).toEqual(['device.heartbeat']);
    expect(hub.types(doorState, { contact: true })).toEqual(['door.closed']);
  });

  test('that is neither of the two is noted, and nothing is told', () => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, door);
    expect(hub.say(doorState, { contact: 'ajar' })).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ source: doorAddress, example: 'ajar' }],
    });
  });

  test('of a sensor that only ever says on is told again when its time is out', () => {
    const hub = conversation(homeassistant);
    const { val_tpl: _, ...plain } = door;
    hub.say(doorConfig, { ...plain, dev_cla: 'motion', off_dly: 30, pl_on: 'ON', pl_off: 'OFF' });
    expect(hub.types(doorState, 'ON')).toEqual(['motion.detected']);
    hub.wait(10_000);
    expect(hub.types(doorState, 'ON')).toEqual(['device.heartbeat']);
    hub.wait(31_000);
    expect(hub.types(doorState, 'ON')).toEqual(['motion.detected']);
  });

  test.each([
    ['smoke', 'smoke.detected', 'smoke.cleared'],
    ['carbon_monoxide', 'co.detected', 'co.cleared'],
    ['occupancy', 'presence.detected', 'presence.cleared'],
    ['window', 'door.opened', 'door.closed'],
    ['tamper', 'tamper.detected', 'device.heartbeat'],
    ['battery', 'battery.low', 'device.heartbeat'],
    ['gas', 'device.heartbeat', 'device.heartbeat'],
    ['safety', 'device.heartbeat', 'device.heartbeat'],
  ])('of the class %s', (device_class, on, off) => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, { device_class, state_topic: 'a/b', device: { identifiers: ['n'] } });
    expect(hub.types('homeassistant/a/b', 'ON')).toEqual([on]);
    expect(hub.types('homeassistant/a/b', 'OFF')).toEqual([off]);
  });

  test.each([
    ['illuminance', 'lx', '12', 'illuminance.measured', { lux: 12 }],
    ['power', 'W', '-3', 'power.measured', { watts: 0 }],
    ['power', 'kW', '1.9', 'power.measured', { watts: 1_900 }],
    ['power', 'BTU/h', '1.9', 'device.heartbeat', {}],
    ['illuminance', '%', '12', 'device.heartbeat', {}],
  ])('that measures %s in %s', (device_class, unit_of_measurement, value, type, data) => {
    const hub = conversation(homeassistant);
    hub.say('homeassistant/homeassistant/sensor/a/b/config', {
      device_class,
      unit_of_measurement,
      state_topic: 'a/b',
      device: { identifiers: ['n'] },
    });
    expect(hub.say('homeassistant/a/b', value).readings).toMatchObject([{ type, data }]);
  });

  test('of power is lost when none is detected', () => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, {
      device_class: 'power',
      state_topic: 'a/b',
      device: { identifiers: ['n'] },
    });
    expect(hub.types('homeassistant/a/b', 'ON')).toEqual(['device.heartbeat']);
    expect(hub.types('homeassistant/a/b', 'OFF')).toEqual(['power.lost']);
    expect(hub.types('homeassistant/a/b', 'ON')).toEqual(['power.restored']);
  });

  test('on a topic that nothing describes is noted, and Home Assistant itself is not heard', () => {
    const hub = conversation(homeassistant);
    expect(hub.say('homeassistant/a/b', 'ON')).toEqual({
      readings: [],
      refused: [],
      notUnderstood: [{ what: 'b', example: 'ON' }],
    });
    expect(hub.say('homeassistant/homeassistant/status', 'online')).toEqual({
      readings: [],
      refused: [],
    });
  });
});

describe('a button', () => {
  const device = { identifiers: ['0xa4c1380000000001'] };
  const action = { topic: 'z/knapp/action', automation_type: 'trigger', device };
  const config = (name: string) => `homeassistant/homeassistant/device_automation/k/${name}/config`;

  test('calls for help when buttons are all it has; its release does not', () => {
    const hub = conversation(homeassistant);
    for (const payload of ['single', 'release']) {
      hub.say(config(payload), { ...action, type: 'action', subtype: payload, payload });
    }
    expect(hub.told('homeassistant/z/knapp/action', 'single')).toEqual([
      '0xa4c1380000000001 help.pressed',
    ]);
    expect(hub.types('homeassistant/z/knapp/action', 'release')).toEqual(['device.heartbeat']);
    expect(hub.types('homeassistant/z/knapp/action', 'rotate')).toEqual(['device.heartbeat']);
  });

  test('of a device that is for something else calls only when it is named so', () => {
    const hub = conversation(homeassistant);
    hub.say('homeassistant/homeassistant/light/k/config', { state_topic: 'z/lampa', device });
    for (const payload of ['single', 'sos']) {
      hub.say(config(payload), { ...action, type: 'action', subtype: payload, payload });
    }
    expect(hub.say('homeassistant/z/knapp/action', 'single')).toMatchObject({
      readings: [{ type: 'device.heartbeat' }],
      notUnderstood: [{ what: 'action' }],
    });
    expect(hub.types('homeassistant/z/knapp/action', 'sos')).toEqual(['help.pressed']);
  });

  test('told as an event entity counts, and one press that comes on two topics counts once', () => {
    const hub = conversation(homeassistant);
    hub.say('homeassistant/homeassistant/event/k/config', {
      state_topic: 'z/knapp',
      event_types: ['single', 'hold'],
      device,
    });
    hub.say(config('single'), { ...action, type: 'action', subtype: 'single', payload: 'single' });
    expect(hub.types('homeassistant/z/knapp', { event_type: 'single' })).toEqual(['help.pressed']);
    expect(hub.types('homeassistant/z/knapp/action', 'single')).toEqual(['device.heartbeat']);
    hub.wait(5_000);
    expect(hub.types('homeassistant/z/knapp', { event_type: 'hold' })).toEqual(['help.pressed']);
    expect(hub.types('homeassistant/z/knapp', { event_type: '' })).toEqual(['device.heartbeat']);
  });
});

describe('availability', () => {
  const bridge = { topic: 'z/bridge', value_template: '{{ value_json.state }}' };
  const own = {
    topic: 'z/dörr/availability',
    payload_available: 'up',
    payload_not_available: 'down',
  };

  test.each([
    ['all', ['reach.lost'], [], []],
    ['any', [], [], []],
    ['latest', ['reach.lost'], ['reach.restored'], []],
  ])('of several topics, mode %s', (availability_mode, first, second, third) => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, { ...door, availability: [bridge, own], availability_mode });
    expect(hub.types('homeassistant/z/bridge', { state: 'offline' })).toEqual(first);
    expect(hub.types('homeassistant/z/dörr/availability', 'up')).toEqual(second);
    expect(hub.types('homeassistant/z/dörr/availability', 'up')).toEqual(third);
  });

  test('is told on change, and shows no life', () => {
    const hub = conversation(homeassistant);
    hub.say(doorConfig, { ...door, availability: [own] });
    const told = ['up', 'up', 'down', 'down', 'up', 'gibberish'].map((body) =>
      hub.types('homeassistant/z/dörr/availability', body),
    );
    expect(told).toEqual([[], [], ['reach.lost'], [], ['reach.restored'], []]);
  });
});

test('no message and no memory make it throw', () => {
  expectTotal(
    homeassistant,
    [
      doorConfig,
      doorState,
      'homeassistant/homeassistant/device/x/config',
      'homeassistant/a',
      'homeassistant/',
      'homeassistant//a/__proto__',
    ],
    fc.oneof(
      fc.constantFrom(door, { contact: false }, { contact: true }, 'ON', ''),
      fc.record({
        device: fc.constantFrom({ ids: ['x'] }, {}, [], '__proto__'),
        cmps: fc.dictionary(
          fc.constantFrom('__proto__', 'a', 'constructor'),
          fc.constant({ p: 'sensor', stat_t: 'a' }),
        ),
        state_topic: fc.constantFrom('a', '/a/__proto__', '', 7),
        value_template: fc.oneof(
          fc.string(),
          fc.constantFrom('{{ value }}', '{{ value_json.__proto__ }}'),
        ),
        availability: fc.constantFrom([null, {}, { topic: 'a' }], {}, 'x'),
        device_class: fc.constantFrom('door', 'battery', '__proto__'),
        off_delay: fc.oneof(fc.double(), fc.constant('x')),
      }),
    ),
  );
});
