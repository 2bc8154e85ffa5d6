import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { evaluate } from '../../../gateway/domain/evaluate.ts';
import type { EventType } from '../../../gateway/protocol/catalogue.ts';
import { local, rulesOf } from '../domain/home/given-home.ts';
import { addDevice, addHome, hour, minute, scopeOf, start, turns } from '../store/furnish.ts';
import { createTestClock, openCore, terms, timeOf } from './core.ts';

const open = { id: 'open', on: 'door.opened', for: '2m', unless: 'door.closed' };
const help = { id: 'help', on: 'help.pressed', severity: 'emergency' };
const silent = {
  id: 'silent',
  severity: 'technical',
  absence: { of: 'any', for: 'supervision' },
  leavesWhenCleared: true,
};

describe('a sweep', () => {
  test('raises what has lasted long enough, once, and never before', async () => {
    const core = await openCore({ rules: rulesOf(open) });
    await core.send('door', { type: 'door.opened' });
    core.clock.pass(2 * minute - 1);
    await core.sweep.run();
    expect(await core.alerts()).toEqual([]);
    core.clock.pass(1);
    await core.sweep.run();
    await core.sweep.run();
    expect(await core.alerts()).toEqual(['open/door firing']);
    expect(core.told.map((changes) => changes.map(({ event }) => event.type))).toEqual([
      ['raised'],
    ]);
  });

  test('takes up the deadlines of a gateway that died, exactly once', async () => {
    const rules = rulesOf(open, help);
    const before = await openCore({ rules });
    await before.send('door', { type: 'door.opened' });
    await before.send('button-home-2');
    await before.close();

    const clock = createTestClock(start + 2 * minute);
    const after = await openCore({ rules, clock, storage: before.storage });
    await after.sweep.run();
    await after.sweep.run();
    expect(await after.alerts()).toEqual(['help/button-home-2 firing', 'open/door firing']);
    expect(after.told.flat().map(({ event, alert }) => `${alert.need} ${event.type}`)).toEqual([
      'help/button-home-2 escalated',
      'open/door raised',
    ]);
    await after.close();

    const last = await openCore({ rules, clock, storage: before.storage });
    await last.sweep.run();
    expect(last.told).toEqual([]);
  });

  test('lets homes wait after a start for what devices kept, but no alert', async () => {
    const rules = rulesOf(open, help);
    const before = await openCore({ rules });
    await before.send('door', { type: 'door.opened' });
    await before.send('button-home-2');
    await before.close();

    const clock = createTestClock(start + hour);
    const core = await openCore({ rules, clock, storage: before.storage, startGraceMs: 10_000 });
    await core.sweep.run();
    clock.pass(9_999);
    await core.sweep.run();
    expect(await core.alerts()).toEqual(['help/button-home-2 firing']);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual(['escalated']);
    clock.pass(1);
    await core.sweep.run();
    expect(await core.alerts()).toEqual(['help/button-home-2 firing', 'open/door firing']);
  });

  test('judges nothing that a device kept meanwhile makes untrue', async () => {
    const before = await openCore({ rules: rulesOf(open) });
    await before.send('door', { type: 'door.opened' });
    await before.close();
    const clock = createTestClock(start + hour);
    const { storage } = before;
    const core = await openCore({ rules: rulesOf(open), clock, storage, startGraceMs: 10_000 });
    await core.sweep.run();
    await core.send('door', { type: 'door.closed', time: timeOf(start + minute) });
    await core.sweepUntil(start + 2 * hour, 10 * minute);
    expect(await core.alerts()).toEqual([]);
  });

  test('escalates an alert at each of its deadlines until somebody answers', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    await core.send('button-home-1');
    await core.sweepUntil(start + 5 * minute, 30_000);
    const escalations = core.told.flat().filter(({ event }) => event.type === 'escalated');
    expect(escalations.map(({ event }) => event.at - start)).toEqual(
      [1, 2, 3, 4, 5].map((n) => n * minute),
    );
    expect(escalations.map(({ alert }) => alert.step)).toEqual([1, 2, 2, 2, 2]);
    const [escalated] = escalations;
    await core.desk.accept(scopeOf(), escalated?.alert.id ?? '', null);
    core.told.length = 0;
    await core.sweepUntil(start + 24 * minute, minute);
    expect(core.told).toEqual([]);
    await core.sweepUntil(start + 25 * minute, minute);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual(['returned']);
  });

  test('takes more than one handful of what is due', async () => {
    const core = await openCore({ rules: rulesOf({ ...help, per: 'device' }) });
    const ids = Array.from({ length: 300 }, (_, index) => `need-${index}`);
    await core.send('button-home-1');
    await core.storage.query(
      `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ids.length})
       insert into alert select 'copy-' || i, municipality_id, unit_id, home_id, home_unit_id,
         device_id, 'need-' || i, queue, severity, state, by_id, due_at, raised_at, seq,
         json_set(body, '$.id', 'copy-' || i, '$.need', 'need-' || i) from alert, n`,
    );
    core.clock.pass(minute);
    await core.sweep.run();
    const rows = await core.storage.query('select distinct due_at from alert');
    expect(rows).toEqual([{ due_at: start + 2 * minute }]);
    expect(core.told.flat()).toHaveLength(302);
  });

  test('mends an alert without a deadline, or with one too far away, and counts it', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    await core.send('button-home-1');
    await core.send('button-home-2');
    const spoil = (home: string, due: string) =>
      core.storage.query(
        `update alert set due_at = ${due}, body = json_set(body, '$.dueAt', ${due})
         where home_id = '${home}'`,
      );
    await spoil('home-1', 'null');
    await spoil('home-2', String(start + 9 * 24 * hour));
    core.told.length = 0;
    await core.sweep.run();
    expect(await core.count('vaka_auditor_mended_total')).toBe(2);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual(['escalated', 'escalated']);
    await core.sweep.run();
    expect(await core.count('vaka_auditor_mended_total')).toBe(2);
    const rows = await core.storage.query('select distinct due_at from alert');
    expect(rows).toEqual([{ due_at: start + minute }]);
  });

  test('of one home that cannot be judged does not hold up the others, and comes back to it', async () => {
    const core = await openCore({ rules: rulesOf(open, help) });
    await core.send('door', { type: 'door.opened' });
    await core.send('button-home-2');
    core.clock.pass(2 * minute);
    await core.storage.query(
      `create trigger broken before insert on alert when new.home_id = 'home-1' begin select raise(abort, 'No.'); end`,
    );
    await core.sweep.run();
    expect(core.failures.length).toBeGreaterThan(0);
    expect(core.told.flat().map(({ event, alert }) => `${alert.need} ${event.type}`)).toEqual([
      'help/button-home-2 raised',
      'help/button-home-2 escalated',
    ]);
    await core.storage.query('drop trigger broken');
    core.clock.pass(minute);
    await core.sweep.run();
    expect(await core.alerts()).toContain('open/door firing');
  });

  test('goes on when the clock is set back, and mends what was set by the clock before', async () => {
    const core = await openCore({ rules: rulesOf(open, help), startGraceMs: minute });
    core.clock.pass(3 * hour);
    await core.send('button-home-2');
    await core.send('door', { type: 'door.opened' });
    core.clock.pass(-3 * hour - minute);
    await core.sweep.run();
    await core.sweep.run();
    expect(await core.count('vaka_auditor_mended_total')).toBe(1);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual(['raised', 'escalated']);
  });

  test('waits for the one before it, and raises nothing twice', async () => {
    const core = await openCore({ rules: rulesOf(open, help) });
    await core.send('door', { type: 'door.opened' });
    await core.send('button-home-2');
    core.clock.pass(2 * minute);
    await Promise.all([core.sweep.run(), core.sweep.run(), core.sweep.run()]);
    expect(core.told.flat().map(({ event }) => event.type)).toEqual([
      'raised',
      'escalated',
      'raised',
    ]);
  });

  test('begins by itself once started, and has ended when stopped', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    expect(core.sweep.lastRunAt()).toBeNull();
    core.sweep.start();
    const running = core.sweep.run();
    await core.sweep.stop();
    expect(core.sweep.lastRunAt()).not.toBeNull();
    await running;
    await turns();
  });
});

describe('a device that was placed', () => {
  test('and never heard is missed, whatever else in the home is heard first', async () => {
    const core = await openCore({ rules: rulesOf(silent, help) });
    await core.sweep.run();
    core.clock.pass(minute);
    const placed = core.clock.now();
    await addDevice(core.store, { id: 'new', homeId: 'home-1', profile: 'hub', at: placed });
    await core.send('hall', { type: 'motion.detected' });
    await core.send('button-home-1', { type: 'device.heartbeat' });
    await core.sweepUntil(placed + 20 * minute, minute);
    const [alert] = await core.store
      .transaction((ledger) => ledger.liveAlerts(['home-1']))
      .then((alerts) => alerts.filter(({ deviceId }) => deviceId === 'new'));
    expect(alert).toMatchObject({ raisedAt: placed + 15 * minute, lateMs: null });
  });
});

/** What the log alone must tell of an alert. */
const told = ['need', 'since', 'raisedAt', 'severity', 'state', 'repeats', 'clearedAt', 'lateMs'];

describe('the log', () => {
  test('says that time passed where that called for something, and nowhere else', async () => {
    const core = await openCore({ rules: rulesOf(open) });
    await core.send('door', { type: 'door.opened' });
    await core.sweepUntil(start + hour, minute);
    const events = await core.events();
    expect(events).toMatchObject([
      { type: 'door.opened' },
      { type: 'time.passed', device_id: null, home_id: 'home-1', at: start + 2 * minute },
    ]);
    expect(events).toHaveLength(2);
  });

  test('alone gives the alerts that the store holds, also when sweeps came late', async () => {
    const rules = rulesOf(
      help,
      silent,
      { ...open, clearedBy: 'door.closed', leavesWhenCleared: true },
      {
        id: 'fall',
        on: 'fall.detected',
        then: { no: ['motion.detected'], within: '90s', severity: 'emergency' },
      },
      { id: 'quiet', absence: { of: ['motion.detected', 'bed.left'], for: '1h' }, per: 'home' },
    );
    const types: Record<string, readonly EventType[]> = {
      door: ['door.opened', 'door.closed'],
      bed: ['bed.left', 'bed.entered'],
      hall: ['motion.detected'],
      belt: ['fall.detected', 'help.pressed'],
      button: ['help.pressed', 'device.heartbeat'],
    };
    const anyAct = fc.record({
      kind: fc.constantFrom(...Object.keys(types)),
      type: fc.nat(),
      /** How much later than the one before, how late it is heard, and whether it is swept then. */
      seconds: fc.integer({ min: 0, max: 1_500 }),
      lateSeconds: fc.option(fc.integer({ min: 1, max: 7_200 }), { freq: 4 }),
      isSwept: fc.boolean(),
    });
    const core = await openCore({ rules });
    const { storage, clock, store } = core;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyAct, { minLength: 1, maxLength: 18 }), async (acts) => {
        const homeId = `home-of-run-${(run += 1)}`;
        for (const table of ['home_state', 'alert']) await storage.query(`delete from ${table}`);
        await addHome(store, { id: homeId, municipalityId: 'norr', unitId: 'norr-1', at: 0 });
        for (const kind of Object.keys(types)) {
          const profile = kind === 'button' ? 'call-button' : 'event-only';
          await addDevice(store, { id: `${kind}-${run}`, homeId, profile, at: clock.now() });
        }
        for (const { kind, type, seconds, lateSeconds, isSwept } of acts) {
          clock.pass(seconds * 1_000);
          if (isSwept) await core.sweep.run();
          const known = types[kind] ?? [];
          const time = timeOf(clock.now() - (lateSeconds ?? 0) * 1_000);
          await core.send(`${kind}-${run}`, { type: known[type % known.length] ?? '', time });
        }
        for (const gap of [1, 30, 200, 800]) {
          clock.pass(gap * minute);
          await core.sweep.run();
        }
        const home = (await store.directory.homes([homeId])).get(homeId);
        if (home === undefined) throw new Error('The home is there.');
        const events = await storage.query(
          `select * from event where home_id = '${homeId}' order by seq`,
        );
        const log = events.map((row) => ({
          municipalityId: 'norr',
          homeId,
          deviceId: row['device_id'] as string | null,
          id: String(row['id']),
          type: row['type'] as EventType | 'time.passed',
          at: Number(row['at']),
          receivedAt: Number(row['received_at']),
          data: {},
        }));
        const facts = (alert: object) => JSON.stringify(alert, told);
        const rows = await storage.query(`select body from alert where home_id = '${homeId}'`);
        const held = rows.map(({ body }) => facts(JSON.parse(String(body)) as object));
        const again = evaluate(home.context, rules, log, terms).map(facts);
        expect(again.toSorted()).toEqual(held.toSorted());
      }),
      { numRuns: 25 },
    );
  });

  test('says when a silence began to be waited for, without which it would give less', async () => {
    const rules = rulesOf({
      id: 'quiet',
      absence: { of: 'motion.detected', for: '1h' },
      per: 'home',
    });
    const core = await openCore({ rules });
    await core.sweep.run();
    core.clock.pass(2 * hour);
    await core.send('hall', { type: 'motion.detected' });
    core.clock.pass(minute);
    await core.sweep.run();
    const events = (await core.events()).filter((row) => Reflect.get(row, 'home_id') === 'home-1');
    expect(events.map((row) => Reflect.get(row, 'type'))).toEqual([
      'time.passed',
      'motion.detected',
      'time.passed',
    ]);
  });
});

describe('a night when the clocks change', () => {
  const rules = rulesOf({
    id: 'door-at-night',
    on: 'door.opened',
    during: { from: '22:00', to: '06:00', begunBefore: 'ignored' },
    for: '2m',
    unless: 'door.closed',
  });
  const quiet = rulesOf({
    id: 'quiet',
    absence: { of: 'motion.detected', for: '5h' },
    during: { from: '07:00', to: '22:00' },
    per: 'home',
  });

  test('is a night by the wall clock, in both hours that are called two', async () => {
    const clock = createTestClock(local('2027-10-30T21:00'));
    const core = await openCore({ rules, clock });
    const hours: Record<string, number> = {
      '21:59 the day before': local('2027-10-30T21:59'),
      '22:00': local('2027-10-30T22:00'),
      'the first 02:30': local('2027-10-31T02:30'),
      'the second 02:30': local('2027-10-31T02:30') + hour,
      '05:59': local('2027-10-31T05:59'),
      '06:00': local('2027-10-31T06:00'),
    };
    const raisedIn: string[] = [];
    for (const [name, at] of Object.entries(hours)) {
      clock.set(at);
      core.told.length = 0;
      await core.send('door', { type: 'door.opened' });
      await core.sweepUntil(at + 3 * minute, 30_000);
      if (core.told.flat().some(({ event }) => event.type === 'raised')) raisedIn.push(name);
      await core.storage.query('delete from alert');
    }
    expect(raisedIn).toEqual(['22:00', 'the first 02:30', 'the second 02:30', '05:59']);
  });

  test('neither lengthens nor shortens a silence of the day after', async () => {
    const nights = { spring: '2027-03-28', autumn: '2027-10-31', other: '2027-11-07' };
    const raisedAt: Record<string, number[]> = {};
    for (const [night, date] of Object.entries(nights)) {
      const clock = createTestClock(local(`${date}T00:30`));
      const core = await openCore({ rules: quiet, clock });
      await core.send('hall', { type: 'motion.detected' });
      // The home was silent from its furnishing until now; that is another story.
      await core.sweepUntil(local(`${date}T00:45`), minute);
      await core.storage.query('delete from alert');
      await core.sweepUntil(local(`${date}T14:00`), 15 * minute);
      const rows = await core.storage.query(`select raised_at from alert where home_id = 'home-1'`);
      raisedAt[night] = rows.map((row) => Number(row['raised_at']));
    }
    expect(raisedAt).toEqual({
      spring: [local('2027-03-28T12:00')],
      autumn: [local('2027-10-31T12:00')],
      other: [local('2027-11-07T12:00')],
    });
  });
});
