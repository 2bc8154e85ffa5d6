import { inspect } from 'node:util';

import { describe, expect, test } from 'vitest';

import { native } from '../../../gateway/dialects/native.ts';
import { shelly } from '../../../gateway/dialects/shelly.ts';
import { zigbee2mqtt } from '../../../gateway/dialects/zigbee2mqtt.ts';
import type { Dialect } from '../../../gateway/domain/dialect.ts';
import type { Memories } from '../../../gateway/domain/hub-notes.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { addDevice, hour, minute, start } from '../store/furnish.ts';
import { type Core, type CoreOptions, openCore } from './core.ts';

const clumsy: Dialect = {
  name: 'senml',
  speaks: (rest) => rest === 'senml',
  read: () => {
    throw new Error('Anna fell in the bathroom.');
  },
};

const rules = rulesOf(
  { id: 'help', on: 'help.pressed', severity: 'emergency' },
  { id: 'open', on: 'door.opened', severity: 'medium' },
  { id: 'fall', on: 'fall.detected', severity: 'emergency' },
);

async function openHub(options: CoreOptions = {}) {
  const dialects = [native, zigbee2mqtt, shelly, clumsy];
  const core = await openCore({ rules, dialects, ...options });
  if (options.storage === undefined) {
    await addDevice(core.store, { id: 'hub', homeId: 'home-1', profile: 'hub' });
  }
  const say = (topic: string, body: unknown) =>
    core.publish('hub', JSON.stringify(body), `vaka/v1/hub/${topic}`);
  /** Without the hub's own signs of life. */
  const events = async () =>
    (await core.events()).filter((event) => !String(Reflect.get(event, 'id')).startsWith('life-'));
  return { ...core, events, say };
}

async function placeBehind(
  { storage, store }: Core,
  id: string,
  address: string,
  homeId = 'home-1',
): Promise<void> {
  await addDevice(store, { id, homeId, profile: 'door-contact', placement: 'entrance' });
  await storage.query(
    `update device set hub_id = 'hub', address = '${address}' where id = '${id}' returning id`,
  );
}

const ieee = '0x00124b0000000001';
const contact = {
  ieee_address: ieee,
  friendly_name: 'hall',
  type: 'EndDevice',
  definition: {
    vendor: 'Acme',
    model: 'D1',
    exposes: [
      {
        type: 'binary',
        name: 'contact',
        property: 'contact',
        access: 1,
        value_on: false,
        value_off: true,
      },
    ],
  },
};

describe('a device whose own address comes to light', () => {
  test('is heard in the very message that tells it', async () => {
    const hub = await openHub();
    await hub.say('shelly/hall/status/flood:0', { id: 0, alarm: false });
    await placeBehind(hub, 'flood', 'topic:hall');
    await hub.say('shelly/hall/events/rpc', {
      src: 'shellyfloodg4-a0b1c2d3e4f5',
      method: 'NotifyStatus',
      params: { ts: 1_790_000_000.12, 'flood:0': { id: 0, alarm: true } },
    });
    expect(await hub.events()).toMatchObject([{ device_id: 'flood', type: 'water.detected' }]);
  });

  test('is heard in the messages that come along with the one that tells it', async () => {
    const hub = await openHub();
    await hub.say('zigbee2mqtt/hall', { contact: true });
    await placeBehind(hub, 'contact', 'name:hall');
    await Promise.all([
      hub.say('zigbee2mqtt/bridge/devices', [contact]),
      hub.say('zigbee2mqtt/hall', { contact: false }),
    ]);
    expect(await hub.alerts()).toEqual(['open/contact firing']);
  });
});

test('a message that a dialect stumbles over is refused and not sent again for ever, and others notice nothing', async () => {
  const hub = await openHub();
  await placeBehind(hub, 'contact', ieee);
  const [stumbled] = await Promise.all([
    hub.say('senml', []),
    hub.say('zigbee2mqtt/bridge/devices', [contact]),
    hub.say('zigbee2mqtt/hall', { contact: false }),
  ]);
  expect(stumbled.refused).toMatch(/could not be read as senml/);
  expect(await hub.alerts()).toEqual(['open/contact firing']);
  expect(hub.failures).toHaveLength(1);
  expect(inspect(hub.failures)).not.toMatch(/Anna/);
  expect(inspect(hub.failures)).toMatch(/trouble\.test/);
  expect(await hub.isOnDisk('Anna fell')).toBe(false);
});

test('a memory that could not be read is read again, and not taken for none', async () => {
  const before = await openHub();
  await before.say('zigbee2mqtt/bridge/devices', [contact]);
  await placeBehind(before, 'contact', ieee);
  await before.say('zigbee2mqtt/hall', { contact: false });
  await before.close();
  let failing = 1;
  const of: Memories['of'] = async (ids) => {
    if (failing-- > 0) throw new Error('The disk is busy.');
    return store.memories.of(ids);
  };
  let store: Store;
  const after = await openHub({
    storage: before.storage,
    around: (given) => {
      store = given;
      return { ...given, memories: { of } };
    },
  });
  expect(await after.say('zigbee2mqtt/hall', { contact: true })).toEqual({ refused: null });
  expect(await after.events()).toMatchObject([{ type: 'door.opened' }, { type: 'door.closed' }]);
});

describe('what nobody has consented to', () => {
  test('stands nowhere, also not in what is found; but the device is alive', async () => {
    const hub = await openHub();
    await hub.say('zigbee2mqtt/bridge/devices', [contact]);
    await hub.say('zigbee2mqtt/hall', { contact: false });
    await placeBehind(hub, 'contact', ieee);
    await hub.storage.query(`delete from consent returning purpose`);
    hub.clock.pass(minute);
    await hub.say('zigbee2mqtt/hall', { contact: false });
    expect(await hub.events()).toEqual([]);
    expect(await hub.storage.query('select last_type, messages from found')).toEqual([
      { last_type: null, messages: 2 },
    ]);
    const status = `select last_seen_at, is_reached from device_status where device_id = 'contact'`;
    expect(await hub.storage.query(status)).toEqual([
      { last_seen_at: start + minute, is_reached: 1 },
    ]);
  });

  test('is not shown as an example of what is not understood', async () => {
    const hub = await openHub();
    await hub.say('zigbee2mqtt/hall', { action: 'Anna steht auf', contact: 'ajar' });
    const rows = await hub.storage.query('select what, example from not_understood order by what');
    expect(rows).toEqual([
      { what: 'action', example: '…' },
      { what: 'contact', example: 'ajar' },
    ]);
  });
});

test('a fall of a device that was paired anew is told, also when nothing ended the one before', async () => {
  const hub = await openHub();
  const fall = { type: 'enum', name: 'fall_status', property: 'fall_status', access: 1 };
  const exposes = [{ ...fall, values: ['none', 'maybe_fall', 'fall'] }];
  const radar = { ...contact, definition: { ...contact.definition, exposes } };
  await hub.say('zigbee2mqtt/bridge/devices', [radar]);
  await placeBehind(hub, 'contact', ieee);
  await hub.say('zigbee2mqtt/hall', { fall_status: 'fall' });
  const left = { type: 'device_leave', data: { ieee_address: ieee, friendly_name: 'hall' } };
  await hub.say('zigbee2mqtt/bridge/event', left);
  await hub.say('zigbee2mqtt/bridge/devices', [radar]);
  await hub.say('zigbee2mqtt/hall', { fall_status: 'fall' });
  const fell = (await hub.events()).filter(
    (event) => String(Object(event).type) === 'fall.detected',
  );
  expect(fell).toHaveLength(2);
});

test('what is so when a device is placed, and was so before, is told when it says so again, and once', async () => {
  const hub = await openHub();
  await hub.say('zigbee2mqtt/bridge/devices', [contact]);
  await hub.say('zigbee2mqtt/hall', { contact: false });
  await hub.say('zigbee2mqtt/hall', { contact: false });
  const kept = await hub.storage.query(`select value from dialect_memory where key like 'states%'`);
  expect(kept).toEqual([]);
  await placeBehind(hub, 'contact', ieee);
  await hub.say('zigbee2mqtt/hall', { contact: false });
  await hub.say('zigbee2mqtt/hall', { contact: false });
  expect(await hub.events()).toMatchObject([{ type: 'door.opened' }, { type: 'device.heartbeat' }]);
});

test('a hub that makes up names without end fills no disk, and what is placed behind it stays', async () => {
  const hub = await openHub();
  await hub.say('zigbee2mqtt/bridge/devices', [contact]);
  await placeBehind(hub, 'contact', ieee);
  for (const round of [1, 2, 3]) {
    hub.clock.pass(minute);
    const noise = Array.from({ length: 1_000 }, (_, index) =>
      hub.say(`zigbee2mqtt/noise ${round} ${index}`, { action: 'wobble' }),
    );
    await Promise.all(noise);
  }
  const count = async (table: string): Promise<unknown> =>
    (await hub.storage.query(`select count(*) as n from ${table}`))[0]?.['n'];
  expect(await count('found')).toBeLessThanOrEqual(2_000);
  expect(await count('not_understood')).toBeLessThanOrEqual(2_000);
  expect(await hub.storage.query(`select label from found where address = '${ieee}'`)).toHaveLength(
    1,
  );
  await hub.say('zigbee2mqtt/hall', { contact: false });
  expect(await hub.alerts()).toEqual(['open/contact firing']);
});

test('what lasts, and two devices have told, is no test for the first of them being on trial', async () => {
  const lasting = { id: 'left', on: 'bed.left', for: '20m', unless: ['bed.entered'] } as const;
  const hub = await openHub({ rules: rulesOf({ ...lasting, per: 'home', severity: 'high' }) });
  for (const id of ['new', 'old']) {
    await addDevice(hub.store, { id, homeId: 'home-1', profile: 'bed-sensor' });
  }
  await hub.store.transaction((ledger) =>
    ledger.arrange.addHold({
      id: 'trial',
      kind: 'test',
      municipalityId: 'norr',
      homeId: 'home-1',
      matchers: { deviceIds: ['new'] },
      from: start,
      until: start + 4 * hour,
      reason: 'Installation',
      byId: 'tekniker',
    }),
  );
  await hub.send('new', { id: '1', type: 'bed.left' });
  hub.clock.pass(minute);
  await hub.send('old', { id: '2', type: 'bed.left' });
  await hub.sweepUntil(start + 30 * minute, minute);
  const alerts = `select need, json_extract(body, '$.isTest') as test from alert`;
  expect(await hub.storage.query(alerts)).toEqual([{ need: 'left', test: 0 }]);
});
