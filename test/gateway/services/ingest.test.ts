import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { describe, expect, test } from 'vitest';

import { createOnboarding } from '../../../gateway/services/onboarding.ts';
import { rulesOf } from '../domain/home/given-home.ts';
import { hour, minute, start, turns } from '../store/furnish.ts';
import { openCore, timeOf } from './core.ts';

const help = { id: 'help', on: 'help.pressed', severity: 'emergency' };
const rules = rulesOf(help, {
  id: 'open',
  on: 'door.opened',
  for: '2m',
  unless: 'door.closed',
});

const accepted = { refused: null };

describe('accepting a message', () => {
  test('resolves once it is stored and evaluated, seen by everybody, and not before', async () => {
    const core = await openCore({ rules });
    const held = Promise.withResolvers<void>();
    const other = core.store.transaction(() => held.promise);
    let isAccepted = false;
    const accepting = core.send('button-home-1', { id: 'e' }).finally(() => {
      isAccepted = true;
    });
    await turns(20);
    expect(isAccepted).toBe(false);
    expect(await core.events()).toEqual([]);
    expect(core.told).toEqual([]);
    held.resolve();
    await other;
    expect(await accepting).toEqual(accepted);
    expect(await core.events()).toMatchObject([{ id: 'e', type: 'help.pressed' }]);
    expect(await core.alerts()).toEqual(['help/button-home-1 firing']);
  });

  test('acknowledges the same event again, and counts it once', async () => {
    const core = await openCore({ rules });
    const event = { id: 'e', type: 'help.pressed' };
    expect(await core.send('button-home-1', event)).toEqual(accepted);
    expect(await core.send('button-home-1', event)).toEqual(accepted);
    expect(await core.send('button-home-1', event, event)).toEqual(accepted);
    expect(await core.events()).toHaveLength(1);
    const [alert] = await core.store.transaction((ledger) => ledger.liveAlerts(['home-1']));
    expect(alert).toMatchObject({ repeats: 0, step: 0 });
    expect(core.told).toHaveLength(1);
    expect(await core.count('vaka_events_total', 'stored')).toBe(1);
    expect(await core.count('vaka_events_total', 'repeated')).toBe(3);
  });

  test('counts the same id from two devices twice, and a new press as a repetition', async () => {
    const core = await openCore({ rules });
    await core.send('button-home-1', { id: 'e' });
    await core.send('button-home-2', { id: 'e' });
    await core.send('button-home-1', { id: 'f' });
    expect(await core.alerts()).toEqual(['help/button-home-1 firing', 'help/button-home-2 firing']);
    const [alert] = await core.store.transaction((ledger) => ledger.liveAlerts(['home-1']));
    expect(alert).toMatchObject({ repeats: 1, step: 1 });
  });

  test('keeps the order of each device, however fast it comes', async () => {
    const core = await openCore({ rules });
    const ids = Array.from({ length: 60 }, (_, index) => `e${index}`);
    const sent = ids.map((id, index) => {
      const type = index % 2 === 0 ? 'door.opened' : 'door.closed';
      return core.send(index % 3 === 0 ? 'door' : 'hall', { id, type });
    });
    await Promise.all(sent);
    expect((await core.events()).map((event) => Reflect.get(event, 'id'))).toEqual(ids);
  });

  test('stores what many devices send at once in one commit, told as one', async () => {
    const core = await openCore({ rules });
    const devices = ['button-home-1', 'button-home-2', 'button-home-3', 'belt'];
    await Promise.all(devices.map((id) => core.send(id)));
    expect(core.told).toHaveLength(1);
    expect(core.told[0]?.map(({ event, alert }) => `${alert.need} ${event.type}`)).toEqual(
      devices.map((id) => `help/${id} raised`),
    );
  });

  test('keeps a message of which nothing was understood, so that it is not sent for ever', async () => {
    const core = await openCore({ rules });
    expect(await core.publish('door', '')).toEqual({ refused: 'The message is empty.' });
    expect(await core.publish('door', '[]')).toEqual(accepted);
  });

  test('drains: what was accepted before is stored after', async () => {
    const core = await openCore({ rules });
    void core.send('button-home-1');
    void core.send('button-home-2');
    await core.ingest.drain();
    expect(await core.events()).toHaveLength(2);
  });
});

describe('a message that cannot be evaluated', () => {
  test('is rejected, and its neighbours in the batch are kept', async () => {
    const core = await openCore({ rules });
    const settled = await Promise.allSettled([
      core.send('button-home-1'),
      core.send('stranger'),
      core.send('button-home-2'),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await core.alerts()).toHaveLength(2);
    expect(core.failures).toHaveLength(1);
    expect(await core.send('button-home-3')).toEqual(accepted);
  });
});

describe('refused content', () => {
  test('is in quarantine as its reason and size, and nowhere as itself', async () => {
    const core = await openCore({ rules });
    const secret = 'Hemlighet-i-Storuman';
    const broken = `{"id":"e","type":"help.pressed","note":"${secret}`;
    const wrong = JSON.stringify({ id: '', type: 'help.pressed', data: { note: secret } });
    const cold = JSON.stringify({
      id: 'e',
      type: 'temperature.measured',
      data: { celsius: secret },
    });
    for (const payload of [broken, wrong, cold]) {
      const { refused } = await core.publish('button-home-1', payload);
      expect(refused).toEqual(expect.any(String));
    }
    const rows = await core.storage.query('select * from quarantine order by seq');
    const row = { device_id: 'button-home-1', topic: 'vaka/v1/button-home-1/events', at: start };
    expect(rows).toMatchObject([
      { ...row, reason: 'The message is no JSON in UTF-8.', bytes: broken.length },
      { ...row, reason: expect.stringContaining('`id`'), bytes: wrong.length },
      { ...row, reason: expect.stringContaining('temperature.measured'), bytes: cold.length },
    ]);
    expect(await core.isOnDisk('The message is no JSON')).toBe(true);
    expect(await core.isOnDisk(secret)).toBe(false);
    expect(await core.count('vaka_events_total', 'quarantined')).toBe(3);
  });

  test('does not take the rest of its message with it', async () => {
    const core = await openCore({ rules });
    const { refused } = await core.send('button-home-1', { id: 'e' }, { id: '' });
    expect(refused).toContain('An event needs');
    expect(await core.events()).toMatchObject([{ id: 'e' }]);
    expect(await core.storage.query('select seq from quarantine')).toHaveLength(1);
  });

  test('is what comes on a topic of another device, or in a language that nobody reads', async () => {
    const core = await openCore({ rules });
    const payload = JSON.stringify({ id: 'e', type: 'help.pressed' });
    const on = (topic: string) => core.publish('button-home-1', payload, topic);
    const own = { refused: 'Publish under vaka/v1/button-home-1/ only.' };
    expect(await on('vaka/v1/button-home-2/events')).toEqual(own);
    expect(await on('vaka/v1/button-home-1')).toEqual(own);
    expect(await on('vaka/v2/button-home-1/events')).toEqual(own);
    expect(await on('vaka/v1/button-home-1/zigbee2mqtt/button')).toEqual({
      refused: 'Nothing here reads "zigbee2mqtt/button".',
    });
    expect(await core.events()).toEqual([]);
    expect(await core.storage.query('select device_id from quarantine')).toEqual(
      Array.from({ length: 4 }, () => ({ device_id: 'button-home-1' })),
    );
  });
});

describe('what nobody has consented to', () => {
  const secret = 'Hemlighet-i-Storuman';

  async function droppedOf(core: Awaited<ReturnType<typeof openCore>>, deviceId: string) {
    const rows = await core.storage.query(
      `select dropped_without_consent as n from device_status where device_id = '${deviceId}'`,
    );
    return rows[0]?.['n'];
  }

  test('is acknowledged and counted, and its content is nowhere on the disk', async () => {
    const core = await openCore({ rules });
    await core.storage.query(`delete from consent where purpose = 'activity'`);
    const activity = { type: 'motion.detected', data: { note: secret } };
    expect(await core.send('hall', { ...activity, id: `${secret}-1` }, activity)).toEqual(accepted);
    expect(await core.events()).toEqual([]);
    expect(await droppedOf(core, 'hall')).toBe(2);
    expect(await core.isOnDisk(secret)).toBe(false);
    expect((await core.storage.query('select * from home_state')).length).toBeGreaterThan(0);
    await core.send('button-home-1', { id: 'kept', data: { note: secret } });
    expect(await core.events()).toMatchObject([{ id: 'kept' }]);
    expect(await core.isOnDisk(secret)).toBe(true);
  });

  test('is what comes after a withdrawal, and no more what comes after a giving, by another process', async () => {
    const core = await openCore({ rules });
    const other = await core.storage.open();
    const { clock } = core;
    const onboarding = createOnboarding({
      registry: other.registry,
      clock: clock.now,
      random: randomBytes,
    });
    const moves = async (id: string) => {
      clock.pass(1_000);
      await core.send('hall', { id, type: 'motion.detected' });
      const rows = await core.storage.query('select id from event order by seq');
      return rows.map((row) => row['id']);
    };
    const activity = { homeId: 'home-1', purposes: ['activity'] };
    expect(await moves('before')).toEqual(['before']);
    clock.pass(1_000);
    await onboarding.withdrawConsent(activity);
    expect(await moves('without')).toEqual(['before']);
    expect(await droppedOf(core, 'hall')).toBe(1);
    await onboarding.giveConsent(activity);
    expect(await moves('after')).toEqual(['before', 'after']);
    await other.close();
  });

  test('ends where the consent ended, by the time of the event', async () => {
    const core = await openCore({ rules });
    await core.storage.query(`update consent set until_at = ${start + hour}`);
    core.clock.pass(2 * hour);
    const at = (time: number) => ({ id: `at-${time}`, type: 'door.opened', time: timeOf(time) });
    await core.send('door', at(start + hour - 1), at(start + hour), at(start + hour + 1));
    expect(await core.events()).toMatchObject([{ at: start + hour - 1 }]);
    expect(await droppedOf(core, 'door')).toBe(2);
  });

  test('is all of a home where one of those who live there has not', async () => {
    const core = await openCore({ rules });
    await core.storage.query(
      `insert into resident values ('sven', 'norr', 'home-1', 'Sven', 1, '[]')`,
    );
    await core.send('hall', { type: 'motion.detected' });
    await core.send('button-home-1');
    expect(await core.events()).toEqual([]);
    expect(await core.alerts()).toEqual([]);
    await core.storage.query(`insert into consent values ('norr', 'sven', 'help', ${start}, null)`);
    await core.send('hall', { type: 'motion.detected' });
    await core.send('button-home-1');
    expect(await core.events()).toMatchObject([{ type: 'help.pressed' }]);
  });

  test('includes what we have no word for, which may tell anything', async () => {
    const core = await openCore({ rules });
    const strange = { type: 'shower.taken', data: { note: secret } };
    await core.send('hall', { ...strange, id: 'a' });
    expect(await core.events()).toMatchObject([
      { id: 'a', type: 'unknown', data: { note: secret, originalType: 'shower.taken' } },
    ]);
    await core.storage.query(`delete from consent where purpose = 'activity'`);
    await core.send('hall', { ...strange, id: 'b' });
    expect(await core.events()).toHaveLength(1);
    expect(await droppedOf(core, 'hall')).toBe(1);
  });

  test('is no matter for what concerns the equipment alone', async () => {
    const core = await openCore({ rules });
    await core.storage.query('delete from consent');
    await core.send('hall', { type: 'battery.measured', data: { percent: 50 } });
    expect(await core.events()).toMatchObject([{ type: 'battery.measured' }]);
  });
});

describe('the time of an event', () => {
  test('from before a device was placed is now, for a call for help', async () => {
    const core = await openCore({ rules });
    core.clock.pass(hour);
    const before = timeOf(start - 24 * hour);
    await core.send('button-home-1', { type: 'help.pressed', time: before });
    await core.send('door', { type: 'door.opened', time: before });
    expect(await core.events()).toMatchObject([{ type: 'help.pressed', at: start + hour }]);
    expect(await core.alerts()).toEqual(['help/button-home-1 firing']);
  });

  test('is clamped to now when it is a little ahead, and not believed when it is far ahead', async () => {
    const core = await openCore({ rules });
    core.clock.pass(hour);
    const now = core.clock.now();
    await core.send('button-home-1', { id: 'a', time: timeOf(now + 5 * minute) });
    expect(await core.storage.query('select skew_ms from device_status')).toEqual([
      { skew_ms: 5 * minute },
    ]);
    await core.send('button-home-1', { id: 'b', time: timeOf(now + 5 * minute + 1) });
    expect(await core.storage.query('select skew_ms from device_status')).toEqual([
      { skew_ms: 5 * minute + 1 },
    ]);
    await core.send('button-home-1', { id: 'c', time: timeOf(now - 10 * minute) });
    expect(await core.events()).toMatchObject([
      { id: 'a', at: now, received_at: now },
      { id: 'b', at: now },
      { id: 'c', at: now - 10 * minute, received_at: now },
    ]);
    expect(await core.storage.query('select skew_ms from device_status')).toEqual([{ skew_ms: 0 }]);
    const [alert] = await core.store.transaction((ledger) => ledger.liveAlerts(['home-1']));
    expect(alert?.since).toBe(now);
  });
});

describe('what is known of a device', () => {
  test('is what it last told of itself', async () => {
    const core = await openCore({ rules });
    core.clock.pass(minute);
    await core.send(
      'hall',
      { type: 'battery.measured', data: { percent: 81 } },
      { type: 'battery.low', data: { percent: 12 } },
      { type: 'link.measured', data: { rssiDbm: -71, lqi: 30 } },
    );
    core.clock.pass(minute);
    await core.send('hall', { type: 'device.heartbeat' });
    const rows = await core.storage.query('select * from device_status');
    expect(rows).toMatchObject([
      { device_id: 'hall', last_seen_at: start + 2 * minute, battery_percent: 12, rssi_dbm: -71 },
    ]);
  });

  test('is that it came and went, and going is no sign of life', async () => {
    const core = await openCore({ rules });
    const statuses = async () =>
      core.storage.query('select connected, last_seen_at from device_status');
    core.ingest.presence({ deviceId: 'hall', connected: true, at: start + minute });
    await core.ingest.drain();
    expect(await statuses()).toEqual([{ connected: 1, last_seen_at: start + minute }]);
    core.ingest.presence({ deviceId: 'hall', connected: false, at: start + hour });
    await core.ingest.drain();
    expect(await statuses()).toEqual([{ connected: 0, last_seen_at: start + minute }]);
    expect(await core.events()).toMatchObject([
      { type: 'device.connected', at: start + minute },
      { type: 'device.disconnected', at: start + hour },
    ]);
  });

  test('is as the last of it says when it comes and goes within one batch', async () => {
    const core = await openCore({ rules });
    core.ingest.presence({ deviceId: 'hall', connected: true, at: start });
    core.ingest.presence({ deviceId: 'hall', connected: false, at: start + 1 });
    core.ingest.presence({ deviceId: 'hall', connected: true, at: start + 2 });
    await core.ingest.drain();
    const rows = await core.storage.query('select connected, last_seen_at from device_status');
    expect(rows).toEqual([{ connected: 1, last_seen_at: start + 2 }]);
  });
});

describe('the hub', () => {
  test('hears of changes after their commit, in order, and of nothing else', async () => {
    const core = await openCore({ rules });
    const file = new DatabaseSync(join(core.storage.folder, 'vaka.db'), { readOnly: true });
    const committed: unknown[] = [];
    core.hub.subscribe(() => {
      const [row] = file.prepare('select max(seq) as seq from alert_event').all();
      committed.push(row?.['seq']);
    });
    for (let press = 0; press < 4; press += 1) {
      await Promise.all([
        core.send('button-home-1'),
        core.send('button-home-2'),
        core.send('hall', { type: 'motion.detected' }),
      ]);
    }
    await core.send('hall', { type: 'motion.detected' });
    file.close();
    const seqs = core.told.map((changes) => changes.map(({ seq }) => seq));
    expect(seqs.flat()).toEqual(seqs.flat().map((_, index) => index + 1));
    expect(committed).toEqual(seqs.map((each) => each.at(-1)));
  });

  test('loses no event to a listener that fails', async () => {
    const core = await openCore({ rules });
    core.hub.subscribe(() => {
      throw new Error('A screen fails.');
    });
    const heard: number[] = [];
    const stop = core.hub.subscribe((changes) => heard.push(changes.length));
    expect(await core.send('button-home-1')).toEqual(accepted);
    stop();
    expect(await core.send('button-home-2')).toEqual(accepted);
    expect(heard).toEqual([1]);
    expect(core.failures).toHaveLength(2);
  });
});

describe('a store that fails', () => {
  const failures = {
    'a statement': `create trigger broken before insert on event
      begin select raise(abort, 'The disk fails.'); end`,
    'the whole transaction, as a full disk does': `create trigger broken after insert on event
      begin select raise(rollback, 'The disk is full.'); end`,
    'the saving of an alert': `create trigger broken before insert on alert
      begin select raise(abort, 'The disk fails.'); end`,
  };

  for (const [what, trigger] of Object.entries(failures)) {
    test(`in ${what} acknowledges nothing, keeps nothing, and works again afterwards`, async () => {
      const core = await openCore({ rules });
      await core.storage.query(trigger);
      const send = () =>
        Promise.allSettled([
          core.send('button-home-1', { id: 'a' }),
          core.send('button-home-2', { id: 'a' }),
        ]);
      expect((await send()).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      expect(await core.events()).toEqual([]);
      expect(await core.alerts()).toEqual([]);
      expect(core.told).toEqual([]);
      expect(core.failures).toHaveLength(1);
      await core.storage.query('drop trigger broken');
      expect((await send()).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      expect(await core.alerts()).toHaveLength(2);
    });
  }

  test('in its commit acknowledges nothing, and works again afterwards', async () => {
    const core = await openCore({ rules });
    await core.storage.query(
      `create table hanging(id text references home(id) deferrable initially deferred)`,
    );
    await core.storage.query(
      `create trigger broken after insert on event
       begin insert into hanging values ('nowhere'); end`,
    );
    await expect(core.send('button-home-1', { id: 'a' })).rejects.toThrow('FOREIGN KEY');
    expect(await core.events()).toEqual([]);
    expect(core.told).toEqual([]);
    await core.storage.query('drop trigger broken');
    expect(await core.send('button-home-1', { id: 'a' })).toEqual(accepted);
    expect(await core.alerts()).toHaveLength(1);
  });

  test('because it is closed acknowledges nothing, and a new one takes it', async () => {
    const core = await openCore({ rules });
    await core.close();
    await expect(core.send('button-home-1', { id: 'a' })).rejects.toBeInstanceOf(Error);
    const again = await openCore({ rules, storage: core.storage });
    expect(await again.send('button-home-1', { id: 'a' })).toEqual(accepted);
    expect(await again.events()).toHaveLength(1);
  });

  test('loses a device’s coming and going without a word', async () => {
    const core = await openCore({ rules });
    await core.close();
    core.ingest.presence({ deviceId: 'hall', connected: true, at: start });
    await core.ingest.drain();
    expect(core.failures).toHaveLength(1);
  });
});
