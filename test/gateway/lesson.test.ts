import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { createLive, isStale } from '../../dashboard/stream/live.ts';
import { inhibitionsOf, mayHoldBack } from '../../gateway/domain/alert/inhibition.ts';
import { defaultPolicies } from '../../gateway/domain/alert/policy.ts';
import { severities } from '../../gateway/protocol/alert.ts';
import { silentAfterMs } from '../../gateway/protocol/profile.ts';
import { staleAfterMs } from '../../gateway/protocol/stream.ts';
import { given, policy, raisedEvent } from './domain/alert/given-alert.ts';
import { openAlertHome } from './domain/alert/inhibited-home.ts';
import { event, homeWith, liveHome, local, rulesOf } from './domain/home/given-home.ts';
import { openWorld } from './http/world.ts';
import { type Core, createTestClock, openCore, timeOf } from './services/core.ts';
import { addDevice, addUser, checkIn, hour, minute, scopeOf, start } from './store/furnish.ts';
import { openScreen } from './ws/screen-client.ts';

const day = 24 * hour;
const help = { id: 'help', on: 'help.pressed', severity: 'emergency' };
const open = { id: 'open', on: 'door.opened', for: '2m', unless: 'door.closed' };
const night = { id: 'night', on: 'door.opened', during: { from: '22:00', to: '06:00' } };
const silent = { id: 'silent', severity: 'technical', absence: { of: 'any', for: 'supervision' } };

/** Those of the wall times at which a door that opens calls for help. */
function callsAt(rule: object, times: readonly string[], timeZone = 'Europe/Stockholm'): string[] {
  const home = { ...homeWith({ id: 'door' }), timeZone };
  const rules = rulesOf(rule);
  return times.filter((time) => {
    const opened = Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone).epochMilliseconds;
    const living = liveHome(home, rules).hears(event('door', 'door.opened', opened));
    return living.passesTime(opened + day).raised().length === 1;
  });
}

describe('does not happen here:', () => {
  test('timers in memory are lost on restart', async () => {
    const rules = rulesOf(open);
    const before = await openCore({ rules });
    await before.send('door', { type: 'door.opened' });
    await before.close();

    const clock = createTestClock(start + 2 * minute);
    const after = await openCore({ rules, clock, storage: before.storage });
    await after.sweep.run();
    expect(await after.alerts()).toEqual(['open/door firing']);
  });

  test('a restart marks every device offline and storms', async () => {
    const rules = rulesOf(silent);
    const before = await openCore({ rules });
    const buttons = ['button-home-1', 'button-home-2', 'button-home-3'];
    const beat = { type: 'device.heartbeat' };
    for (const id of buttons) await before.send(id, { ...beat, data: {} });
    await before.close();

    const clock = createTestClock(start + hour);
    const after = await openCore({ rules, clock, storage: before.storage, startGraceMs: 10_000 });
    await after.store.transaction((ledger) => ledger.forgetConnections());
    await after.sweep.run();
    for (const id of buttons) {
      await after.send(id, { ...beat, time: timeOf(start + 25 * minute) }, beat);
      await after.send(id, { ...beat, time: timeOf(start + 50 * minute) });
    }
    await after.sweepUntil(start + hour + 29 * minute, minute);
    expect(await after.alerts()).toEqual([]);
    await after.sweepUntil(start + hour + 30 * minute, minute);
    expect(await after.alerts()).toHaveLength(buttons.length);
  });

  test('web sockets reconnect and silently miss updates', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    await world.raise('home-norr-1');
    const lost = await openScreen(world, cookie);
    lost.hello(0);
    await lost.reached(1);
    lost.socket.terminate();
    await lost.closed;
    await world.raise('home-norr-1');
    await world.raise('home-norr-1');

    const back = await openScreen(world, cookie);
    back.hello(1);
    await back.reached(3);
    expect(back.changes().map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test('doubled or shifted windows in March', () => {
    const evening = ['2026-03-28T21:59', '2026-03-28T22:00', '2026-03-29T01:59'];
    const morning = ['2026-03-29T03:00', '2026-03-29T05:59', '2026-03-29T06:00'];
    expect(callsAt(night, [...evening, ...morning])).toEqual([
      ...evening.slice(1),
      ...morning.slice(0, 2),
    ]);
    const opened = event('door', 'door.opened', local('2026-03-28T20:00'));
    const rule = { ...night, clearedBy: 'door.closed' };
    liveHome(homeWith({ id: 'door' }), rulesOf(rule))
      .hears(opened)
      .passesTime(local('2026-03-29T12:00'))
      .callsFor('night/door', local('2026-03-28T22:00'));
  });

  test('overnight windows judged by the wrong weekday', () => {
    const friday = { ...night, during: { ...night.during, days: ['fri'] } };
    const times = ['2026-11-20T03:00', '2026-11-20T23:00', '2026-11-21T03:00', '2026-11-21T23:00'];
    expect(callsAt(friday, times)).toEqual(['2026-11-20T23:00', '2026-11-21T03:00']);
  });

  test('an escalation engine that was silently off', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    await core.send('button-home-1');
    await core.sweep.run();
    core.clock.pass(5 * minute);
    await core.sweep.run();
    expect(await core.count('vaka_sweep_late_seconds')).toBeGreaterThan(290);
    expect(core.told.flat().map(({ event: { type } }) => type)).toEqual(['raised', 'escalated']);
  });

  test('battery sensors shown online for weeks', async () => {
    const core = await openCore({ rules: rulesOf(silent) });
    await addDevice(core.store, { id: 'window', homeId: 'home-1', profile: 'door-contact' });
    await core.send('window', { type: 'door.closed' });
    await core.sweepUntil(start + 21 * day, 6 * hour);
    expect(await core.alerts()).toContain('silent/window firing');
  });
});

describe('holds here:', () => {
  test('re-fetch, and show staleness', async () => {
    const world = await openWorld({ limits: { replay: 1 } });
    for (let count = 0; count < 3; count += 1) await world.raise('home-norr-1');
    const behind = await openScreen(world, await world.cookieOf('astrid'));
    behind.hello(0);
    expect(await behind.next('reset')).toEqual({ type: 'reset', seq: 3 });

    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const url = 'ws://127.0.0.1:1';
    const fetchAlerts = () => new Promise<never>(() => undefined);
    const live = createLive({ url, fetchAlerts, onSessionEnded: () => undefined });
    live.start();
    onTestFinished(live.stop);
    vi.advanceTimersByTime(staleAfterMs - 1);
    expect(isStale(live.doubtMs())).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isStale(live.doubtMs())).toBe(true);
  });

  test.each(['Europe/Stockholm', 'Europe/Helsinki', 'Atlantic/Reykjavik'])(
    'wall clock of the home: %s',
    (timeZone) => {
      const hours = ['21:59', '22:00', '05:59', '06:00'];
      for (const date of ['2026-01-15', '2026-07-15']) {
        const times = hours.map((time) => `${date}T${time}`);
        expect(callsAt(night, times, timeZone)).toEqual(times.slice(1, 3));
      }
    },
  );

  test('end exclusive', () => {
    const times = ['2026-11-21T05:59:59.999', '2026-11-21T06:00'];
    expect(callsAt(night, times)).toEqual(times.slice(0, 1));
  });

  test('midnight crossing allowed', () => {
    const times = ['2026-11-20T23:59:59.999', '2026-11-21T00:00'];
    expect(callsAt(night, times)).toEqual(times);
  });

  test('an auditor proves that each live alert has a valid next deadline', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    await core.send('button-home-1');
    await core.send('button-home-2');
    await core.storage.query(
      `update alert set due_at = iif(home_id = 'home-1', null, ${start + 9 * day}),
       body = json_set(body, '$.dueAt', iif(home_id = 'home-1', null, ${start + 9 * day}))`,
    );
    await core.sweep.run();
    const rows = await core.storage.query('select due_at from alert');
    expect(rows).toEqual([{ due_at: start + minute }, { due_at: start + minute }]);
  });

  test('the auditor is itself supervised', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    await core.send('button-home-1');
    await core.storage.query('update alert set due_at = null');
    await core.sweep.run();
    expect(await core.count('vaka_auditor_mended_total')).toBe(1);
    expect(core.sweep.lastRunAt()).toBe(start);
    await core.storage.query('alter table alert rename to gone');
    core.clock.pass(minute);
    await expect(core.sweep.run()).rejects.toThrow('alert');
    expect(core.failures).toHaveLength(1);
    expect(core.sweep.lastRunAt()).toBe(start);
  });

  test('acknowledged is not helped: un-accept in minutes, not hours', () => {
    const care = severities.filter((severity) => severity !== 'technical');
    for (const severity of care) expect(defaultPolicies[severity].arrivalMs).toBeLessThan(hour);
    const dueAt = policy.arrivalMs;
    given(raisedEvent(), { type: 'accepted', at: 0, by: 'amina', etaAt: null, dueAt })
      .when({ type: 'tick', at: dueAt })
      .gives({ type: 'returned' });
  });

  test('a fall is a one-shot event: it must latch', async () => {
    const fall = { id: 'fall', on: 'fall.detected', clearedBy: 'motion.detected' };
    expect(() => rulesOf({ ...fall, leavesWhenCleared: true })).toThrow('ended by a person');
    const core = await openCore({ rules: rulesOf(fall) });
    await core.send('belt', { type: 'fall.detected' });
    await core.send('hall', { type: 'motion.detected' });
    await core.sweepUntil(start + day, hour);
    expect(await core.alerts()).toEqual(['fall/belt firing']);
  });

  test('deadlines per device class, from a stored last-seen', async () => {
    const rules = rulesOf(silent);
    const before = await openCore({ rules });
    const profiles = ['night-camera', 'door-contact', 'smoke-detector'];
    for (const id of profiles) {
      await addDevice(before.store, { id, homeId: 'home-1', profile: id });
      await before.send(id, { type: 'device.heartbeat' });
    }
    await before.close();
    const clock = createTestClock(start + minute);
    const after = await openCore({ rules, clock, storage: before.storage });
    await after.sweepUntil(start + 4 * hour, minute);
    const rows = await after.storage.query('select device_id, raised_at from alert');
    const raisedAt = new Map(rows.map((row) => [row['device_id'], row['raised_at']]));
    for (const id of profiles) expect(raisedAt.get(id)).toBe(start + (silentAfterMs(id) ?? 0));
    expect(new Set(profiles.map((id) => silentAfterMs(id))).size).toBe(profiles.length);
  });

  test('one failing receiver never blocks another', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    core.hub.subscribe(() => {
      throw new Error('This receiver is broken.');
    });
    const heard: string[] = [];
    core.hub.subscribe((changes) => heard.push(...changes.map(({ event: { type } }) => type)));
    await core.send('button-home-1');
    expect(heard).toEqual(['raised']);
    expect(core.failures).toHaveLength(1);
  });

  test('a muted alert returns when what muted it resolves', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, { severity: 'emergency' });
    home.calls('bed', 0);
    expect(home.listed()).toEqual(['fall firing', 'bed waits for fall']);
    home.commands('fall', { type: 'resolve', at: 1, by: 'amina', outcome: 'helped', note: null });
    expect(home.listed()).toEqual(['bed firing']);
  });

  test('an alert never mutes itself', () => {
    expect(() => rulesOf({ ...help, inhibits: ['help'] })).toThrow('Only a rule about equipment');
    const home = openAlertHome({ fall: ['fall'] });
    home.calls('fall', 0);
    home.calls('fall', 1);
    expect(home.listed()).toEqual(['fall firing']);
    const [fall] = home.live();
    expect(fall !== undefined && mayHoldBack(fall, fall)).toBe(false);
  });

  test('inhibition needs the same home', () => {
    const home = openAlertHome({ fall: ['bed'] });
    home.calls('fall', 0, { severity: 'emergency' });
    home.calls('bed', 0, {}, 'next door');
    expect(home.listed('next door')).toEqual(['bed firing']);
    expect(inhibitionsOf(home.all()).size).toBe(0);
  });

  test('a schedule that opens raises the alert that was waiting, with no new event', async () => {
    const clock = createTestClock(local('2026-11-21T15:00'));
    const rules = rulesOf({ ...night, clearedBy: 'door.closed' });
    const core = await openCore({ rules, clock });
    await core.send('door', { type: 'door.opened' });
    await core.sweepUntil(local('2026-11-21T21:59'), minute);
    expect(await core.alerts()).toEqual([]);
    await core.sweepUntil(local('2026-11-21T22:00'), minute);
    expect(await core.alerts()).toEqual(['night/door firing']);
  });

  test('no matching route means the default route, never nobody', async () => {
    for (const severity of severities) {
      const last = defaultPolicies[severity].steps.at(-1)?.asks.map(({ who }) => who);
      expect(last).toContain('coordinators');
    }
    const core = await openCore({ rules: rulesOf(help) });
    await addUser(core.store, { id: 'cilla', municipalityId: 'norr', role: 'coordinator' });
    await core.send('button-home-3');
    await core.sweepUntil(start + 4 * minute, 30_000);
    const unit = 'unit norr-2, reaching astrid, bengt';
    const all = 'unit norr-2, everyone norr, reaching astrid, bengt, cilla';
    expect(askedIn(core)).toEqual([
      `0 min, step 0: ${unit}`,
      `1 min, step 1: ${unit}`,
      ...[2, 3, 4].map((after) => `${after} min, step 2: ${all}`),
    ]);
  });

  test('nobody on duty means whoever is left, at once, and never nobody', async () => {
    const core = await openCore({ rules: rulesOf(help) });
    const { staffing } = core.store;
    for (const unit of (await staffing.arrangements()).units.values()) {
      await staffing.changeUnit({ ...unit, duty: 'check-in' });
    }
    await core.send('button-home-3');
    await core.sweepUntil(start + minute, 30_000);
    const all = 'unit norr-2, everyone norr, reaching';
    expect(askedIn(core)).toEqual([
      '0 min, step 0: unit norr-2, reaching nobody',
      '0 min, step 1: unit norr-2, reaching nobody',
      `0 min, step 2: ${all} nobody`,
      `1 min, step 2: ${all} nobody`,
    ]);
    await addUser(core.store, { id: 'cilla', municipalityId: 'norr', role: 'coordinator' });
    await core.sweepUntil(start + 2 * minute, 30_000);
    const now = { from: core.clock.now(), until: start + hour };
    await checkIn(core.store, 'astrid', 'norr-2', now);
    await core.sweepUntil(start + 3 * minute, 30_000);
    expect(askedIn(core).slice(4)).toEqual([
      `2 min, step 2: ${all} cilla`,
      `3 min, step 2: ${all} astrid, cilla`,
    ]);
    const seen = await core.store.overview.alerts(astrid, { limit: 9 }, core.clock.now());
    expect(seen.items).toHaveLength(1);
  });
});

const astrid = scopeOf({ units: ['norr-2'] });

/** When each step was taken, who may see the alert by it, and whom it reached. */
function askedIn({ told }: Core): string[] {
  const events = told.flat().map((change) => change.event);
  return events.flatMap((asking) => {
    if (!('reached' in asking) || asking.reached === null) return [];
    const { parties, people } = asking.reached;
    const step = 'step' in asking ? asking.step : 0;
    const asked = parties.map(({ kind, ref }) => `${kind} ${ref}`).join(', ');
    const reaching = people.length === 0 ? 'nobody' : people.toSorted().join(', ');
    const after = (asking.at - start) / minute;
    return [`${after} min, step ${step}: ${asked}, reaching ${reaching}`];
  });
}
