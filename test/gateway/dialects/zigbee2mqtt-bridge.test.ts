import { describe, expect, test } from 'vitest';

import { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import {
  binary,
  coordinator,
  heartbeat,
  listed,
  numeric,
  TestHub,
  words,
} from './zigbee2mqtt-hub.ts';

const door = '0x00158d0001a2b3c4';
const button = '0x00158d0001a2b3c5';
const contact = [binary('contact', false, true), numeric('battery', '%')];

describe('a list of devices', () => {
  test('shows each but the radio itself, by its address and what it is called', () => {
    const hub = new TestHub();
    const { found, readings } = hub.say('bridge/devices', [
      coordinator,
      listed({ address: door, name: 'ytterdörr', exposes: contact }),
      listed({ address: button, name: 'knapp', exposes: null }),
    ]);
    expect(readings).toEqual([]);
    expect(found).toMatchObject([
      { address: door, label: 'ytterdörr', vendor: 'Nordsensor', model: 'NS-1', firmware: '1.0.3' },
      { address: button, label: 'knapp', vendor: 'Nordsensor', profile: null },
    ]);
    expect(found?.[0]?.profile).toMatchObject({
      kind: 'door-contact',
      capabilities: ['door.opened', 'door.closed', 'battery.measured'],
      supervision: { class: 'battery' },
    });
  });

  test('gives a model that comes with the release what is known of it', () => {
    const { found } = new TestHub().say('bridge/devices', [
      listed({
        address: door,
        name: 'dörr',
        vendor: 'Aqara',
        model: 'MCCGQ11LM',
        exposes: contact,
      }),
    ]);
    expect(found?.[0]?.profile).toMatchObject({
      id: 'aqara-mccgq11lm',
      battery: { chemistry: 'CR1632', count: 1 },
    });
  });

  test.each([
    [
      'a lamp',
      [{ type: 'light', features: [binary('state', 'ON', 'OFF'), numeric('brightness')] }],
      'sensor',
    ],
    [
      'a plug',
      [{ type: 'switch', features: [binary('state', 'ON', 'OFF')] }, numeric('power', 'W')],
      'plug',
    ],
    [
      'a thermostat',
      [{ type: 'climate', features: [numeric('local_temperature', '°C')] }],
      'thermometer',
    ],
    ['a button', [words('action', ['single', 'double', 'hold'])], 'call-button'],
    ['a dimmer', [words('action', ['on_press', 'off_press', 'up_hold'])], 'sensor'],
    ['a radar', [binary('presence'), words('fall_down_status', ['none', 'fall'])], 'fall-radar'],
    ['something strange', ['text', null, { type: 'list', features: { a: 1 } }], 'sensor'],
  ])('takes %s for what its description says', (_, exposes, kind) => {
    const entry = listed({ address: door, name: 'a', exposes, power: 'Mains (single phase)' });
    const { found } = new TestHub().say('bridge/devices', [entry]);
    const profile = DeviceProfile.parse(found?.[0]?.profile);
    expect(profile).toMatchObject({ kind, supervision: { class: 'mains' } });
    expect(profile.capabilities.length).toBeGreaterThan(0);
  });

  test('that is sent again changes nothing', () => {
    const hub = new TestHub();
    const list = [coordinator, listed({ address: door, name: 'dörr', exposes: contact })];
    hub.say('bridge/devices', list);
    const { remember, gone, readings } = hub.say('bridge/devices', list);
    expect({ remember, gone, readings }).toEqual({ readings: [] });
  });

  test('that lacks a device says that it has gone, once, and is back when it is listed again', () => {
    const hub = new TestHub();
    const one = listed({ address: door, name: 'dörr', exposes: contact });
    hub.say('bridge/devices', [coordinator, one]);
    const without = hub.say('bridge/devices', [coordinator]);
    expect(without.gone).toEqual([door]);
    expect(without.readings).toMatchObject([
      { type: 'reach.lost', source: door, data: { reason: 'left-network' } },
    ]);
    expect(hub.say('bridge/devices', [coordinator]).readings).toEqual([]);
    expect(hub.types('bridge/devices', [coordinator, one])).toEqual(['reach.restored']);
  });

  test('that is empty has not been made yet, and says of nobody that it has gone', () => {
    const hub = new TestHub();
    hub.say('bridge/devices', [listed({ address: door, name: 'dörr', exposes: contact })]);
    expect(hub.say('bridge/devices', [])).toEqual({ readings: [], refused: [] });
  });

  test('is kept in memory as little more than names and addresses', () => {
    const hub = new TestHub();
    const many = Array.from({ length: 100 }, (_, index) =>
      listed({
        address: `0x${index.toString(16).padStart(16, '0')}`,
        name: `rum/${index}`,
        exposes: [...contact, words('action', ['single'])],
      }),
    );
    hub.say('bridge/devices', many);
    expect(JSON.stringify([...hub.memory]).length).toBeLessThan(100 * 150);
  });
});

describe('a name', () => {
  test('is a label: a device that is renamed is the same device in the same state', () => {
    const hub = new TestHub();
    hub.say('bridge/devices', [listed({ address: door, name: 'gammal', exposes: contact })]);
    hub.say('gammal', { contact: false });
    hub.say('bridge/devices', [listed({ address: door, name: 'ny', exposes: contact })]);
    expect(hub.types('ny', { contact: false })).toEqual(heartbeat);
    expect(hub.say('ny', { contact: true }).readings).toMatchObject([
      { type: 'door.closed', source: door },
    ]);
    expect(hub.memory.has('name gammal')).toBe(false);
  });

  test('that two devices swap is each time that of the one it is told of', () => {
    const hub = new TestHub();
    const both = (one: string, other: string) => [
      listed({ address: door, name: one, exposes: contact }),
      listed({ address: button, name: other, exposes: contact }),
    ];
    hub.say('bridge/devices', both('a', 'b'));
    hub.say('bridge/devices', both('b', 'a'));
    expect(hub.say('a', { contact: false }).readings[0]?.source).toBe(button);
    expect(hub.say('b', { contact: false }).readings[0]?.source).toBe(door);
  });

  test.each(['/kök', ' kök', 'garażowa', 'entrée [2]', 'våning 1/hall', 'räkna/set up', '日本'])(
    'may be "%s"',
    (name) => {
      const hub = new TestHub();
      hub.say('bridge/devices', [listed({ address: door, name, exposes: contact })]);
      expect(hub.say(name, { contact: false }).readings).toMatchObject([
        { type: 'door.opened', source: door },
      ]);
      expect(hub.say(`${name}/availability`, 'offline').readings).toMatchObject([
        { type: 'reach.lost', source: door },
      ]);
    },
  );

  test('that is an address is that address', () => {
    const { readings, found } = new TestHub().say('0x00158D0001A2B3C4', { contact: false });
    expect(readings[0]?.source).toBe(door);
    expect(found).toMatchObject([{ address: door, profile: null }]);
  });

  test('with the address in the message is that address', () => {
    const device = { ieeeAddr: door, manufacturerName: 'LUMI', modelID: 'lumi.x' };
    const { readings, found } = new TestHub().say('dörr', { contact: false, device });
    expect(readings[0]?.source).toBe(door);
    expect(found).toMatchObject([
      { address: door, label: 'dörr', vendor: 'LUMI', model: 'lumi.x' },
    ]);
  });

  test('that nobody has told yet stands for the device until its address is told', () => {
    const hub = new TestHub();
    hub.say('dörr/availability', { state: 'offline' });
    const early = hub.say('dörr', { contact: false });
    expect(early.found).toMatchObject([{ address: 'name:dörr', label: 'dörr', profile: null }]);
    expect(early.readings).toMatchObject([{ type: 'door.opened', source: 'name:dörr' }]);
    expect(hub.say('dörr', { contact: false }).found).toBeUndefined();
    const told = hub.say('bridge/devices', [
      listed({ address: door, name: 'dörr', exposes: contact }),
    ]);
    expect(told.found).toMatchObject([{ address: door, formerly: 'name:dörr' }]);
    expect(told.readings).toMatchObject([{ type: 'reach.lost', source: door }]);
    expect(hub.say('dörr', { contact: true }).readings).toMatchObject([
      { type: 'door.closed', source: door },
    ]);
    const again = hub.say('bridge/devices', [
      listed({ address: door, name: 'dörr', exposes: contact }),
    ]);
    expect(again.found?.[0]).not.toHaveProperty('formerly');
    expect([...hub.memory.keys()].filter((key) => key.includes('name:'))).toEqual([]);
  });

  test('of a group is no device', () => {
    const hub = new TestHub();
    hub.say('bridge/groups', [{ id: 1, friendly_name: 'alla lampor', members: [] }]);
    expect(hub.say('alla lampor', { state: 'ON' })).toEqual({ readings: [], refused: [] });
    expect(hub.say('alla lampor/availability', 'offline').readings).toEqual([]);
  });
});

describe('zigbee2mqtt itself', () => {
  test.each([
    ['plain text', 'online', 'offline'],
    ['JSON', { state: 'online' }, { state: 'offline' }],
  ])('is up and down in %s, told when it changes', (_, online, offline) => {
    const hub = new TestHub();
    const data = { by: 'zigbee2mqtt' };
    expect(hub.say('bridge/state', offline).readings).toEqual([
      { id: null, type: 'reach.lost', time: null, data },
    ]);
    expect(hub.types('bridge/state', offline)).toEqual([]);
    expect(hub.types('bridge/state', online)).toEqual(['reach.restored']);
    expect(hub.types('bridge/state', online)).toEqual([]);
  });

  test.each([
    'logging',
    'info',
    'definitions',
    'extensions',
    'health',
    'response/device/rename',
    'config',
  ])('says on bridge/%s what is nobody’s business here', (topic) => {
    expect(new TestHub().say(`bridge/${topic}`, { level: 'info', message: 'x' })).toEqual({
      readings: [],
      refused: [],
    });
  });
});

describe('an event of a device', () => {
  test('that leaves is that it has gone and cannot be reached', () => {
    const hub = new TestHub();
    hub.say('bridge/devices', [
      coordinator,
      listed({ address: door, name: 'dörr', exposes: contact }),
    ]);
    const data = { ieee_address: door, friendly_name: 'dörr' };
    const { gone, readings } = hub.say('bridge/event', { type: 'device_leave', data });
    expect(gone).toEqual([door]);
    expect(readings).toMatchObject([
      { type: 'reach.lost', source: door, data: { reason: 'left-network' } },
    ]);
    expect(hub.say('bridge/devices', [coordinator])).toMatchObject({ readings: [] });
    expect(hub.types('bridge/event', { type: 'device_joined', data })).toEqual(['reach.restored']);
  });

  test('that joins shows it before it is described, and that it lives', () => {
    const data = { ieee_address: door, friendly_name: door };
    const { found, readings } = new TestHub().say('bridge/event', { type: 'device_joined', data });
    expect(found).toMatchObject([{ address: door, label: door, profile: null }]);
    expect(readings).toMatchObject([{ type: 'device.heartbeat', source: door }]);
  });

  test('that announces itself shows that it lives, and is no new find when it has been described', () => {
    const hub = new TestHub();
    hub.say('bridge/devices', [listed({ address: door, name: 'dörr', exposes: contact })]);
    const data = { ieee_address: door, friendly_name: 'dörr' };
    const told = hub.say('bridge/event', { type: 'device_announce', data });
    expect(told.readings).toMatchObject([{ type: 'device.heartbeat', source: door }]);
    expect(told).not.toHaveProperty('found');
  });

  test('whose interview has failed is something for a technician', () => {
    const data = { ieee_address: door, friendly_name: door, status: 'failed' };
    const told = new TestHub().say('bridge/event', { type: 'device_interview', data });
    expect(told.readings).toEqual([]);
    expect(told.notUnderstood).toEqual([
      { source: door, what: 'device_interview', example: 'failed' },
    ]);
    expect(told.found).toMatchObject([{ address: door }]);
  });

  test('whose interview went well is described by it', () => {
    const definition = { vendor: 'V', model: 'M', description: 'D', exposes: contact };
    const data = { ieee_address: door, friendly_name: 'd', status: 'successful', definition };
    const told = new TestHub().say('bridge/event', { type: 'device_interview', data });
    expect(told.found).toMatchObject([{ address: door, profile: { kind: 'door-contact' } }]);
  });
});

describe('whether a device can be reached', () => {
  test('is told when it changes, in text or in JSON', () => {
    const hub = new TestHub();
    hub.say('bridge/devices', [listed({ address: door, name: 'dörr', exposes: contact })]);
    expect(hub.types('dörr/availability', 'online')).toEqual([]);
    expect(hub.types('dörr/availability', { state: 'offline' })).toEqual(['reach.lost']);
    expect(hub.types('dörr/availability', 'offline')).toEqual([]);
    expect(hub.types('dörr/availability', '"online"')).toEqual(['reach.restored']);
  });

  test.each(['set', 'get', 'set/state'])(
    'and what is asked of it on %s is not what it says',
    (ask) => {
      const hub = new TestHub();
      expect(hub.say(`dörr/${ask}`, { contact: false })).toEqual({ readings: [], refused: [] });
    },
  );
});

describe('what cannot be read', () => {
  test.each([
    ['an array', [{ contact: false }]],
    ['plain text', 'tjo'],
    ['half a message', '{"contact":'],
    ['no UTF-8', new Uint8Array([0x7b, 0xff, 0xfe, 0x7d])],
    ['a megabyte of noise', 'x'.repeat(1_000_000)],
  ])('as %s is refused with what to do', (_, message) => {
    const { readings, refused } = new TestHub().say('dörr', message);
    expect(readings).toEqual([]);
    expect(refused).toEqual([expect.stringMatching(/set `output: json`|see what publishes/)]);
  });

  test.each(['bridge/devices', 'bridge/groups', 'bridge/event', 'bridge/state', 'a/availability'])(
    'on %s is refused',
    (topic) => {
      expect(new TestHub().say(topic, '{]').refused).toHaveLength(1);
    },
  );

  test('is not the byte order mark before it', () => {
    expect(new TestHub().types('dörr', '\uFEFF{"contact":false}')).toEqual(['door.opened']);
  });

  test('is not the empty message by which a broker forgets the last one', () => {
    for (const topic of ['dörr', 'dörr/availability', 'bridge/devices']) {
      expect(new TestHub().say(topic, '')).toEqual({ readings: [], refused: [] });
    }
  });
});
