import { describe, expect, test } from 'vitest';

import { native } from '../../../gateway/dialects/native.ts';
import type { Dialect, Interpretation } from '../../../gateway/domain/dialect.ts';
import type { DeviceProfile } from '../../../gateway/protocol/device/device-profile.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { addDevice, hour, minute, start } from '../store/furnish.ts';
import { type Core, type CoreOptions, openCore } from './core.ts';

/** The smallest language with all that hubs can say: a JSON interpretation, and edges of one state per address. */
const plain: Dialect = {
  name: 'homie',
  speaks: (rest) => rest.startsWith('plain/'),
  read: ({ payload, topic }, memory) => {
    if (topic === 'plain/state') return readState(Buffer.from(payload).toString(), memory);
    return JSON.parse(Buffer.from(payload).toString()) as Interpretation;
  },
};

function readState(
  text: string,
  memory: Parameters<Dialect['read']>[1],
): ReturnType<Dialect['read']> {
  const [source = '', state = ''] = text.split(' ');
  const reading = { id: null, time: null, data: {}, source };
  if (memory.get(source) === state) {
    return { readings: [{ ...reading, type: 'device.heartbeat' }], refused: [] };
  }
  const type = state === 'open' ? 'door.opened' : 'door.closed';
  return { readings: [{ ...reading, type }], refused: [], remember: new Map([[source, state]]) };
}

const rules = rulesOf(
  { id: 'help', on: 'help.pressed', severity: 'emergency' },
  { id: 'open', on: 'door.opened', severity: 'medium' },
);

async function openHub(options: CoreOptions = {}) {
  const core = await openCore({ rules, dialects: [native, plain], ...options });
  if (options.storage === undefined) {
    await addDevice(core.store, { id: 'hub', homeId: 'home-1', profile: 'hub' });
  }
  const say = (interpretation: Partial<Interpretation>, options_ = {}) =>
    core.publish(
      'hub',
      JSON.stringify({ readings: [], refused: [], ...interpretation }),
      'vaka/v1/hub/plain/x',
      options_,
    );
  const state = (text: string, options_ = {}) =>
    core.publish('hub', text, 'vaka/v1/hub/plain/state', options_);
  /** Without the hub's own signs of life. */
  const events = async () =>
    (await core.events()).filter((event) => !String(Reflect.get(event, 'id')).startsWith('life-'));
  return { ...core, events, say, state };
}

/** Places what stands at an address behind the hub, as a technician does. */
async function placeBehind(
  { storage, store }: Core,
  { id, address, homeId = 'home-1' }: { id: string; address: string; homeId?: string },
): Promise<void> {
  await addDevice(store, { id, homeId, profile: 'door-contact', placement: 'entrance' });
  await storage.query(
    `update device set hub_id = 'hub', address = '${address}' where id = '${id}' returning id`,
  );
}

const moved = { id: 'm', type: 'motion.detected', time: null, data: {}, source: '0x1' } as const;
const pressed = { id: 'p', type: 'help.pressed', time: null, data: {}, source: '0x1' } as const;

const profile: DeviceProfile = {
  id: 'acme-button',
  kind: 'call-button',
  vendor: 'Acme',
  model: 'B1',
  title: { sv: 'Knapp', en: 'Button' },
  dialect: 'homie',
  aliases: [],
  capabilities: ['help.pressed'],
  supervision: { class: 'event-only', everyMs: null, graceMs: 0 },
  battery: null,
  placements: ['worn'],
  picture: 'button',
  scaip: null,
  source: null,
};

describe('what a hub tells of a device that is placed nowhere', () => {
  test('calls nobody and is not kept, but shows that the device is there', async () => {
    const hub = await openHub();
    const described = { address: '0x1', label: 'Knapp', vendor: 'Acme', model: 'B1', profile };
    expect(await hub.say({ found: [described], readings: [pressed] })).toEqual({ refused: null });
    expect(await hub.events()).toEqual([]);
    expect(await hub.alerts()).toEqual([]);
    expect(await hub.storage.query('select * from found')).toMatchObject([
      { hub_id: 'hub', address: '0x1', label: 'Knapp', messages: 1, last_type: 'help.pressed' },
    ]);
  });

  test('keeps its description when it says more later, and notes when it has left', async () => {
    const hub = await openHub();
    await hub.say({ found: [{ address: '0x1', label: 'A', vendor: 'V', model: 'M', profile }] });
    hub.clock.pass(minute);
    const battery = { type: 'battery.measured', data: { percent: 71 } } as const;
    const link = { type: 'link.measured', data: { lqi: 88, rssiDbm: -70 } } as const;
    await hub.say({
      readings: [battery, link].map((one) => ({ ...pressed, ...one, id: one.type })),
    });
    const row = () => hub.storage.query('select * from found');
    expect(await row()).toMatchObject([
      { label: 'A', vendor: 'V', battery_percent: 71, lqi: 88, rssi_dbm: -70, gone_at: null },
    ]);
    await hub.say({ gone: ['0x1'] });
    expect(await row()).toMatchObject([{ gone_at: start + minute, last_seen_at: start + minute }]);
    await hub.say({ readings: [pressed] });
    expect(await row()).toMatchObject([{ gone_at: null }]);
  });
});

describe('a hub that speaks for others alone', () => {
  const life = { of: 'any', for: 'supervision' } as const;
  const silent = rulesOf({ id: 'silent', severity: 'technical', absence: life });

  test('lives as long as it does, and is missed when it does not', async () => {
    const hub = await openHub({ rules: silent });
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    for (let turn = 0; turn < 30; turn += 1) {
      await hub.say({ readings: [{ ...moved, id: `m${turn}`, type: 'device.heartbeat' }] });
      hub.clock.pass(minute);
      await hub.sweep.run();
    }
    const silentOnes = async () => (await hub.alerts()).filter((text) => text.includes('hub'));
    expect(await silentOnes()).toEqual([]);
    const signs = await hub.storage.query(`select id from event where device_id = 'hub'`);
    expect(signs).toHaveLength(15);
    hub.clock.pass(20 * minute);
    await hub.sweep.run();
    expect(await silentOnes()).toEqual(['silent/hub firing']);
  });
});

describe('what a hub tells of a device that is placed', () => {
  test('is that device’s, in its own home, whatever home the hub is in', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1', homeId: 'home-2' });
    await hub.say({ readings: [pressed] });
    expect(await hub.alerts()).toEqual(['help/sensor firing']);
    expect(await hub.events()).toMatchObject([{ device_id: 'sensor', home_id: 'home-2', id: 'p' }]);
    const status = `select last_seen_at, is_reached from device_status where device_id = 'sensor'`;
    expect(await hub.storage.query(status)).toEqual([{ last_seen_at: start, is_reached: 1 }]);
  });

  test('that it is out of reach is no sign of life', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    await hub.say({ readings: [pressed] });
    hub.clock.pass(hour);
    await hub.say({ readings: [{ ...pressed, id: 'gone', type: 'reach.lost' }] });
    const status = `select last_seen_at, is_reached from device_status where device_id = 'sensor'`;
    expect(await hub.storage.query(status)).toEqual([{ last_seen_at: start, is_reached: 0 }]);
  });

  test('of long ago, told as history, is kept at its time and calls nobody', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    const time = start - 40 * 24 * hour;
    await hub.storage.query(
      `update binding set from_at = ${time} where device_id = 'sensor' returning 1`,
    );
    await hub.storage.query(`update consent set from_at = ${time} returning 1`);
    const old = { ...pressed, id: 'old', type: 'door.opened', time, isHistory: true } as const;
    await hub.say({ readings: [old] });
    expect(await hub.alerts()).toEqual([]);
    expect(await hub.events()).toMatchObject([{ id: 'old', at: time, data: { history: true } }]);
  });

  test('may not call itself history: only its dialect does', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    await hub.say({ readings: [{ ...pressed, data: { history: true, kept: 1 } }] });
    expect(await hub.alerts()).toEqual(['help/sensor firing']);
    expect(await hub.events()).toMatchObject([{ data: { kept: 1 } }]);
  });
});

describe('what has no id of its own', () => {
  test('counts each time it is said, and once however often the link sends it', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    const readings = [{ ...moved, id: null }];
    await hub.say({ readings });
    await hub.say({ readings });
    expect(await hub.events()).toHaveLength(2);
    await hub.say({ readings }, { isRepeat: true });
    expect(await hub.events()).toHaveLength(2);
    const another = [{ ...moved, id: null, data: { other: true } }];
    await hub.say({ readings: another }, { isRepeat: true });
    expect(await hub.events()).toHaveLength(3);
    hub.clock.pass(10 * minute + 1);
    await hub.say({ readings }, { isRepeat: true });
    expect(await hub.events()).toHaveLength(4);
  });

  test('counts a call for help each time it comes: sent before is not stored before', async () => {
    const hub = await openHub();
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    const readings = [{ ...pressed, id: null }];
    await hub.say({ readings });
    await hub.say({ readings }, { isRepeat: true });
    expect(await hub.events()).toHaveLength(2);
    expect(await hub.alerts()).toEqual(['help/sensor firing']);
  });

  test('is known again after a restart', async () => {
    const before = await openHub();
    await placeBehind(before, { id: 'sensor', address: '0x1' });
    await before.say({ readings: [{ ...moved, id: null }] });
    await before.close();
    const after = await openHub({ storage: before.storage });
    await after.say({ readings: [{ ...moved, id: null }] }, { isRepeat: true });
    expect(await after.events()).toHaveLength(1);
  });
});

describe('what a dialect remembers', () => {
  test('tells an edge once, also within a batch and after a restart', async () => {
    const before = await openHub();
    await placeBehind(before, { id: 'sensor', address: '0x1' });
    await Promise.all([before.state('0x1 open'), before.state('0x1 open')]);
    expect(await before.events()).toMatchObject([
      { type: 'door.opened' },
      { type: 'device.heartbeat' },
    ]);
    await before.close();
    const after = await openHub({ storage: before.storage });
    await after.state('0x1 open');
    await after.state('0x1 closed');
    const types = (await after.events()).map((event) => Reflect.get(event, 'type'));
    expect(types.slice(2)).toEqual(['device.heartbeat', 'door.closed']);
  });

  test('is not ahead of what was stored: an edge that could not be kept is found again', async () => {
    let isBroken = true;
    const hub = await openHub({
      around: (store) => ({
        ...store,
        transaction: (work, committed) =>
          store.transaction(async (ledger) => {
            const result = await work(ledger);
            if (isBroken) throw new Error('The disk is full.');
            return result;
          }, committed),
      }),
    });
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    await expect(hub.state('0x1 open')).rejects.toThrow('full');
    isBroken = false;
    await hub.state('0x1 open');
    expect(await hub.events()).toMatchObject([{ type: 'door.opened' }]);
    expect(await hub.alerts()).toEqual(['open/sensor firing']);
  });

  test('goes with a device whose own address comes to light', async () => {
    const hub = await openHub();
    const makeshift = { address: 'name:hall', label: 'hall', vendor: null, model: null };
    await hub.say({ found: [{ ...makeshift, profile: null }] });
    await placeBehind(hub, { id: 'sensor', address: 'name:hall' });
    const known = { ...makeshift, address: '0x7', formerly: 'name:hall', profile };
    await hub.say({ found: [known] });
    await hub.say({ readings: [{ ...pressed, source: '0x7' }] });
    expect(await hub.alerts()).toEqual(['help/sensor firing']);
    expect(await hub.storage.query('select address, messages from found')).toEqual([
      { address: '0x7', messages: 1 },
    ]);
  });
});

test('what nobody understood is counted for its device, and what was refused is kept without names', async () => {
  const hub = await openHub();
  const odd = { source: '0x1', what: 'action', example: 'wiggle' };
  await hub.say({ notUnderstood: [odd] });
  await hub.say({ notUnderstood: [{ ...odd, example: 'waggle' }], refused: ['Odd.'] });
  expect(await hub.storage.query('select * from not_understood')).toMatchObject([
    { device_id: 'hub', address: '0x1', what: 'action', example: 'waggle', count: 2 },
  ]);
  const [message] = await hub.storage.query('select reason, payload from quarantine');
  expect(message).toMatchObject({ reason: 'Odd.' });
  expect(String(message?.['payload'])).toContain('notUnderstood');
});

describe('a device that is to show that its alarm gets through', () => {
  async function openTrial(
    given: { until?: number; deviceId?: string; rules?: CoreOptions['rules'] } = {},
  ) {
    const { until = start + hour, deviceId = 'sensor' } = given;
    const hub = await openHub(given.rules === undefined ? {} : { rules: given.rules });
    await placeBehind(hub, { id: 'sensor', address: '0x1' });
    await hub.store.transaction((ledger) =>
      ledger.arrange.addHold({
        id: 'trial',
        kind: 'test',
        municipalityId: 'norr',
        homeId: 'home-1',
        matchers: { deviceIds: [deviceId] },
        from: start,
        until,
        reason: 'Installation',
        byId: 'teo',
      }),
    );
    const arm = (at: number) =>
      hub.storage.query(`update device set armed_at = ${at} where id = 'sensor' returning 1`);
    const tell = (id: string, type: 'motion.detected' | 'link.measured' | 'help.pressed') =>
      hub.say({ readings: [{ ...pressed, id, type }] });
    const live = () => hub.store.transaction((ledger) => ledger.liveAlerts(['home-1']));
    return { hub, arm, tell, live };
  }

  test('raises a test alarm at the next thing it is made to tell, once', async () => {
    const { hub, arm, tell, live } = await openTrial();
    await arm(start);
    await tell('1', 'link.measured');
    expect(await live()).toEqual([]);
    await tell('2', 'motion.detected');
    await tell('3', 'motion.detected');
    expect(await live()).toMatchObject([
      { need: 'installation-test/sensor', isTest: true, deviceId: 'sensor', repeats: 0 },
    ]);
    expect(await hub.storage.query(`select armed_at from device where id = 'sensor'`)).toEqual([
      { armed_at: null },
    ]);
  });

  test('needs no other where its own rule raises one, which is a test too', async () => {
    const { arm, tell, live } = await openTrial();
    await arm(start);
    await tell('1', 'help.pressed');
    await tell('2', 'motion.detected');
    expect(await live()).toMatchObject([{ need: 'help/sensor', isTest: true }]);
  });

  test('does not before it is armed, nor once its trial is over', async () => {
    const { hub, arm, tell, live } = await openTrial({ until: start + minute });
    await arm(start + 1);
    await tell('1', 'motion.detected');
    expect(await live()).toEqual([]);
    hub.clock.pass(2 * minute);
    await tell('2', 'motion.detected');
    expect(await live()).toEqual([]);
    await tell('3', 'help.pressed');
    expect(await live()).toMatchObject([{ need: 'help/sensor', isTest: false }]);
  });

  test('leaves the rest of its home as it is: another button calls for real', async () => {
    const { hub, live } = await openTrial();
    await hub.send('button-home-1', { type: 'help.pressed' });
    expect(await live()).toMatchObject([{ need: 'help/button-home-1', isTest: false }]);
  });

  test('is not proved by what it had stored from before, nor by history', async () => {
    const { hub, arm, live } = await openTrial();
    const now = start + 5 * minute;
    hub.clock.set(now);
    await arm(now);
    const moving = { ...pressed, type: 'motion.detected' } as const;
    await hub.say({ readings: [{ ...moving, id: '1', time: now - 2 * minute }] });
    await hub.say({ readings: [{ ...moving, id: '2', time: now, isHistory: true }] });
    expect(await live()).toEqual([]);
    await hub.say({ readings: [{ ...moving, id: '3', time: now - minute }] });
    expect(await live()).toMatchObject([{ need: 'installation-test/sensor' }]);
  });

  test('leaves the hours of rest of a need to others: a test does not use them up', async () => {
    const quiet = rulesOf({
      id: 'loud',
      on: 'sound.loud',
      severity: 'medium',
      per: 'home',
      cooldown: '30m',
    });
    const { hub, live } = await openTrial({ rules: quiet });
    await addDevice(hub.store, { id: 'other', homeId: 'home-1', profile: 'night-camera' });
    await hub.say({ readings: [{ ...pressed, id: '1', type: 'sound.loud' }] });
    expect(await live()).toMatchObject([{ need: 'loud', isTest: true }]);
    hub.clock.pass(minute);
    await hub.send('other', { type: 'sound.loud' });
    expect(await live()).toMatchObject([{ need: 'loud', isTest: false }]);
  });

  test('of a hub is proved by its plug, as a hub can be made to tell nothing else', async () => {
    const { hub, live } = await openTrial({ deviceId: 'hub' });
    await hub.storage.query(`update device set armed_at = ${start} where id = 'hub' returning 1`);
    hub.ingest.presence({ deviceId: 'hub', connected: false, at: start });
    await hub.ingest.drain();
    expect(await live()).toMatchObject([{ need: 'installation-test/hub', isTest: true }]);
  });
});
