import { randomUUID } from 'node:crypto';

import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';

import type { Scope } from '../../../gateway/domain/scope.ts';
import type { Picture } from '../../../gateway/domain/watch/picture.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { createWatch } from '../../../gateway/services/watch.ts';
import { scopeOf } from '../store/furnish.ts';
import { type Core, type CoreOptions, openCore, termsFor } from './core.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

async function open(options: CoreOptions = {}) {
  const core = await openCore(options);
  const registry = new Registry();
  const world = {
    screens: [scopeOf()] as readonly Scope[],
    sweepGapMs: 0,
    clockAheadMs: 0,
    disk: { freeBytes: 50e9, totalBytes: 100e9 } as Picture['disk'],
  };
  const watch = createWatch({
    store: core.store,
    termsFor,
    hub: core.hub,
    metrics: createMetrics(registry),
    clock: core.clock.now,
    newId: randomUUID,
    screens: () => world.screens,
    sweepGapMs: () => world.sweepGapMs,
    clockAheadMs: () => world.clockAheadMs,
    disk: async () => world.disk,
    externalBroker: () => null,
    history: () => ({ sinks: [], lagMs: Infinity }),
    failed: (error) => core.failures.push(error),
  });
  await watch.begin();
  return {
    ...core,
    world,
    watch,
    /** Looks every so often for so long. */
    looksFor: async (ms: number, every = 10 * second) => {
      for (let passed = 0; passed < ms; passed += every) {
        core.clock.pass(every);
        await watch.run();
      }
    },
    gauge: async (name: string) =>
      (await registry.getSingleMetric(name)?.get())?.values.map(({ labels, value }) => ({
        ...labels,
        value,
      })),
  };
}

const full = { freeBytes: 1e9, totalBytes: 100e9 };

async function onlyAlert({ storage }: Pick<Core, 'storage'>) {
  const [row, ...others] = await storage.query('select id, body from alert');
  expect(others).toEqual([]);
  return JSON.parse(String(row?.['body'])) as { id: string; state: string } & Record<
    string,
    unknown
  >;
}

describe('what is wrong with the service', () => {
  test('becomes an alert without a home, in the technical queue, that asks those who can act', async () => {
    const core = await open();
    core.world.disk = full;
    await core.looksFor(10 * second);
    const [row] = await core.storage.query('select * from alert');
    expect(row).toMatchObject({
      municipality_id: 'norr',
      home_id: null,
      unit_id: null,
      need: 'disk-nearly-full',
      queue: 'technical',
      severity: 'technical',
      state: 'firing',
    });
    expect(row?.['due_at']).toBeGreaterThan(core.clock.now());
    expect(core.told.flat().map(({ event }) => event.type)).toContain('raised');
    expect(await core.gauge('vaka_watch_conditions')).toEqual([
      { kind: 'disk-nearly-full', value: 1 },
    ]);
  });

  test('is one alert however long it lasts, and leaves when it is right again', async () => {
    const core = await open();
    core.world.disk = full;
    await core.looksFor(20 * minute, minute);
    expect(await core.alerts()).toEqual(['disk-nearly-full firing']);
    core.world.disk = { freeBytes: 50e9, totalBytes: 100e9 };
    await core.looksFor(10 * second);
    expect(await core.alerts()).toEqual(['disk-nearly-full resolved']);
    expect(await core.gauge('vaka_watch_conditions')).toEqual([]);
  });

  test('is the same alert after a restart', async () => {
    const core = await open();
    core.world.disk = full;
    await core.looksFor(minute);
    await core.close();
    const again = await open({ storage: core.storage, clock: core.clock });
    again.world.disk = full;
    await again.looksFor(minute);
    expect(await again.alerts()).toEqual(['disk-nearly-full firing']);
    again.world.disk = { freeBytes: 50e9, totalBytes: 100e9 };
    await again.looksFor(10 * second);
    expect(await again.alerts()).toEqual(['disk-nearly-full resolved']);
  });

  test('is asked about again an hour after somebody resolved it and left it so', async () => {
    const core = await open();
    core.world.disk = full;
    await core.looksFor(10 * second);
    const { id } = await onlyAlert(core);
    await core.desk.accept(scopeOf({ role: 'coordinator' }), id, null);
    await core.desk.resolve(scopeOf({ role: 'coordinator' }), id, 'technical', null);
    await core.looksFor(hour - minute, minute);
    await core.looksFor(50 * second);
    expect(await core.alerts()).toEqual(['disk-nearly-full resolved']);
    await core.looksFor(20 * second);
    expect(await core.alerts()).toEqual(['disk-nearly-full resolved', 'disk-nearly-full firing']);
  });

  test('stays as it was while it cannot be told', async () => {
    const core = await open();
    core.world.disk = full;
    await core.looksFor(10 * second);
    core.world.disk = null;
    await core.looksFor(10 * minute, minute);
    expect(await core.alerts()).toEqual(['disk-nearly-full firing']);
  });

  test('is looked at every ten seconds, also when the clock was set back', async () => {
    const core = await open();
    await core.watch.run();
    core.world.disk = full;
    core.clock.pass(9 * second);
    await core.watch.run();
    expect(await core.alerts()).toEqual([]);
    core.clock.pass(-hour);
    await core.watch.run();
    expect(await core.alerts()).toEqual(['disk-nearly-full firing']);
  });
});

test('a unit that answers for homes and has no screen open', async () => {
  const core = await open();
  core.world.screens = [scopeOf({ units: ['norr-1'] })];
  await core.looksFor(2 * minute);
  await core.looksFor(20 * second);
  expect(await core.alerts()).toEqual(['no-screen/norr-2 firing']);
  core.world.screens = [scopeOf()];
  await core.looksFor(10 * second);
  expect(await core.alerts()).toEqual(['no-screen/norr-2 resolved']);
});

test('more than ten alerts in ten minutes in a unit are a flood, which screens are told of', async () => {
  const core = await open();
  for (let count = 0; count < 6; count += 1) {
    for (const homeId of ['home-1', 'home-2']) {
      await core.send(`button-${homeId}`);
      core.clock.pass(second);
    }
    await resolveAll(core);
  }
  const status = () => core.store.overview.status(scopeOf(), core.clock.now());
  expect((await status()).isFlood).toBe(false);
  await core.looksFor(10 * second);
  expect(await core.alerts()).toContain('alert-flood/norr-1 firing');
  expect((await status()).isFlood).toBe(true);
  const ofOthers = scopeOf({ units: ['norr-2'] });
  expect((await core.store.overview.status(ofOthers, core.clock.now())).isFlood).toBe(false);
  await core.looksFor(11 * minute);
  expect(await core.alerts()).toContain('alert-flood/norr-1 resolved');
  expect((await status()).isFlood).toBe(false);
});

async function resolveAll({ storage, desk }: Core): Promise<void> {
  const rows = await storage.query(`select id from alert where state <> 'resolved'`);
  for (const { id } of rows) {
    await desk.accept(scopeOf(), String(id), null);
    await desk.resolve(scopeOf(), String(id), 'helped', null);
  }
}

test('a rule in force that cannot be used, until somebody changes it', async () => {
  const core = await open();
  const [version] =
    (await core.store.transaction((ledger) => ledger.rulesInForce(['norr']))).get('norr')
      ?.versions ?? [];
  if (version === undefined) throw new Error('There are no rules.');
  const { municipalityId, ruleId } = version;
  const broken = { ...version, version: 2, source: 'id: broken', at: core.clock.now() };
  await core.store.transaction((ledger) => ledger.addRuleVersions([broken]));
  core.watch.noteUnusable({ municipalityId, ruleId, version: 2, homeId: null, reason: 'broken' });
  await core.looksFor(minute);
  expect(await core.alerts()).toEqual([`rule-unusable/${ruleId} firing`]);
  const mended = { ...version, version: 3, at: core.clock.now() };
  await core.store.transaction((ledger) => ledger.addRuleVersions([mended]));
  await core.looksFor(10 * second);
  expect(await core.alerts()).toEqual([`rule-unusable/${ruleId} resolved`]);
});

test('what waits in the outbox for too long, by channel', async () => {
  const core = await open();
  await core.store.transaction((ledger) =>
    ledger.enqueue([
      {
        id: 'n1',
        municipalityId: 'norr',
        alertId: 'a1',
        asking: 1,
        severity: 'high',
        kind: 'asked',
        channel: 'email',
        target: 'astrid',
        at: core.clock.now(),
      },
    ]),
  );
  await core.looksFor(5 * minute);
  expect(core.watch.trouble()).toBeNull();
  await core.looksFor(10 * second);
  expect(core.watch.trouble()).toBe('notifications are stuck');
  expect(await core.alerts()).toEqual(['outbox-stuck/email firing']);
  expect(await core.gauge('vaka_outbox_waiting')).toContainEqual({ channel: 'email', value: 1 });
});

test('a watch that breaks off is trouble after a minute', async () => {
  const core = await open();
  await core.looksFor(10 * second);
  await core.store.close();
  core.clock.pass(10 * second);
  await expect(core.watch.run()).rejects.toBeInstanceOf(Error);
  expect(core.watch.trouble()).toBeNull();
  core.clock.pass(minute);
  await expect(core.watch.run()).rejects.toBeInstanceOf(Error);
  expect(core.watch.trouble()).toBe('the watchdogs do not look');
});

test('a machine that has slept has heard nobody: homes are told before they are judged', async () => {
  const core = await open();
  await core.send('button-home-1');
  await core.watch.beforeSweep();
  const asleep = core.clock.now();
  core.clock.pass(3 * hour);
  await core.watch.beforeSweep();
  const aways = () =>
    core.storage.query(
      `select home_id, data ->> '$.from' as "from", data ->> '$.to' as "to", data ->> '$.wasDown' as down
       from event where type = 'gateway.away' and home_id = 'home-1'`,
    );
  expect(await aways()).toEqual([]);
  core.world.clockAheadMs = 3 * hour;
  await core.watch.beforeSweep();
  await core.watch.beforeSweep();
  expect(await aways()).toEqual([
    { home_id: 'home-1', from: asleep, to: core.clock.now(), down: 1 },
  ]);
});
