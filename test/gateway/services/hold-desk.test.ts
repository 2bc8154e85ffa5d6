import { describe, expect, test } from 'vitest';

import type { Scope } from '../../../gateway/domain/scope.ts';
import type { Matchers } from '../../../gateway/protocol/duty/hold.ts';
import { scopeOf } from '../store/furnish.ts';
import {
  adam,
  type ArrangedWorld,
  astrid,
  bengt,
  cilla,
  openArrangedWorld,
  patrol,
  sara,
  sven,
  tore,
} from './arranged-world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const reason = 'Ligger på sjukhus.';
const highOfHome = { homeIds: ['home-1'], severities: ['high' as const] };

async function held({ holds }: ArrangedWorld, scope: Scope) {
  const { items } = await holds.list(scope);
  return items.map(({ kind, home, matchers }) => {
    const what = home?.id ?? Object.values(matchers ?? {}).join(' ');
    return `${kind} ${what}`;
  });
}

describe('a hold', () => {
  test('says what it is of, until when, why and by whom, the soonest end first', async () => {
    const { holds, clock, logged } = await openArrangedWorld();
    const from = clock.now();
    const pause = await holds.pause(cilla, 'home-1', { until: from + day, reason });
    await holds.testMode(tore, 'home-2', { until: from + hour, reason: 'Nya batterier.' });
    expect(pause).toEqual({
      id: expect.any(String),
      kind: 'pause',
      home: { id: 'home-1', label: 'Storgatan home-1' },
      matchers: null,
      from,
      until: from + day,
      reason,
      by: { id: 'cilla', name: 'cillas namn' },
    });
    const { items } = await holds.list(cilla);
    expect(items.map(({ kind }) => kind)).toEqual(['test', 'pause']);
    expect(items[1]).toEqual(pause);
    expect(JSON.stringify(logged)).not.toContain(reason);
    expect(logged[0]).toEqual([
      {
        municipalityId: 'norr',
        holdId: pause.id,
        kind: 'pause',
        byId: 'cilla',
        isEnded: false,
      },
      'hold changed',
    ]);
  });

  test('ends by itself', async () => {
    const { holds, clock } = await openArrangedWorld();
    await holds.pause(cilla, 'home-1', { until: clock.now() + day, reason });
    clock.pass(day);
    expect(await holds.list(cilla)).toEqual({ items: [] });
  });

  test('lasts no longer than its kind may: a day, 60 days of the calendar, four hours', async () => {
    const { holds, clock } = await openArrangedWorld();
    const at = clock.now();
    const longer = 2 * minute;
    const silence = (until: number) =>
      holds.silence(cilla, { matchers: highOfHome, until, reason });
    const pause = (until: number) => holds.pause(cilla, 'home-1', { until, reason });
    const testMode = (until: number) => holds.testMode(cilla, 'home-1', { until, reason });
    for (const [begin, longest] of [
      [silence, day],
      [pause, 60 * day],
      [testMode, 4 * hour],
    ] as const) {
      expect(await begin(at + longest)).toMatchObject({ until: at + longest });
      for (const until of [at + longest + longer, at, at - 1]) {
        await expect(begin(until)).rejects.toMatchObject({ code: 'invalid' });
      }
    }
    clock.set(Date.parse('2027-03-01T11:00:00Z'));
    const spring = Date.parse('2027-04-30T10:00:00Z');
    await expect(pause(spring + longer)).rejects.toMatchObject({ code: 'invalid' });
    expect(await pause(spring)).toMatchObject({ until: spring });
  });

  test('is of a home, or a unit, of one’s own municipality', async () => {
    const { holds, clock } = await openArrangedWorld();
    const until = clock.now() + hour;
    const gone = { code: 'not-found' };
    for (const homeId of ['home-4', 'home-9']) {
      await expect(holds.pause(cilla, homeId, { until, reason })).rejects.toMatchObject(gone);
      await expect(holds.testMode(tore, homeId, { until, reason })).rejects.toMatchObject(gone);
    }
    for (const matchers of [{ homeIds: ['home-1', 'home-4'] }, { unitIds: ['syd-1'] }]) {
      await expect(holds.silence(cilla, { matchers, until, reason })).rejects.toMatchObject(gone);
    }
    const { id } = await holds.pause(sven, 'home-4', { until, reason });
    await expect(holds.end(cilla, { id })).rejects.toMatchObject(gone);
    await expect(holds.end(cilla, { homeId: 'home-4', kind: 'pause' })).rejects.toMatchObject(gone);
  });

  test('is begun and ended by coordinators, test mode also by technicians, and by nobody else', async () => {
    const { holds, clock } = await openArrangedWorld();
    const until = clock.now() + hour;
    const forbidden = { code: 'forbidden' };
    const { id } = await holds.pause(cilla, 'home-1', { until, reason });
    for (const scope of [adam, astrid, tore]) {
      await expect(holds.pause(scope, 'home-1', { until, reason })).rejects.toMatchObject(
        forbidden,
      );
      await expect(
        holds.silence(scope, { matchers: highOfHome, until, reason }),
      ).rejects.toMatchObject(forbidden);
      await expect(holds.end(scope, { id })).rejects.toMatchObject(forbidden);
    }
    for (const scope of [adam, astrid]) {
      await expect(holds.testMode(scope, 'home-1', { until, reason })).rejects.toMatchObject(
        forbidden,
      );
    }
    await holds.testMode(tore, 'home-1', { until, reason });
    await holds.end(tore, { homeId: 'home-1', kind: 'test' });
    expect(await holds.end(cilla, { id })).toEqual({ items: [] });
    await expect(holds.end(cilla, { id })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('who sees a hold', () => {
  test('is everybody of the municipality but carers, and of another municipality nobody', async () => {
    const world = await openArrangedWorld();
    const until = world.clock.now() + hour;
    await world.holds.pause(cilla, 'home-1', { until, reason });
    for (const scope of [cilla, adam, tore])
      expect(await held(world, scope)).toEqual(['pause home-1']);
    for (const scope of [sven, sara]) expect(await held(world, scope)).toEqual([]);
  });

  test('is told why a home is paused only if they may know how residents are', async () => {
    const { holds, clock } = await openArrangedWorld();
    await holds.pause(cilla, 'home-1', { until: clock.now() + hour, reason });
    const reasons = async (scope: Scope) =>
      (await holds.list(scope)).items.map((one) => one.reason);
    expect(await reasons(astrid)).toEqual([reason]);
    expect(await reasons(tore)).toEqual(['']);
    expect(await reasons(adam)).toEqual(['']);
  });

  test('is a carer for the homes of their units, and of a silence no more than those homes', async () => {
    const world = await openArrangedWorld();
    const until = world.clock.now() + hour;
    await world.holds.pause(cilla, 'home-1', { until, reason });
    let last = until;
    const silence = (matchers: Matchers) => {
      last += minute;
      return world.holds.silence(cilla, { matchers, until: last, reason });
    };
    await silence({ homeIds: ['home-1', 'home-3'] });
    await silence({ unitIds: ['norr-2'] });
    await silence({ ruleIds: ['door'] });
    expect(await held(world, astrid)).toEqual(['pause home-1', 'silence home-1', 'silence door']);
    expect(await held(world, bengt)).toEqual(['silence home-3', 'silence norr-2', 'silence door']);
    expect(await held(world, scopeOf({ userId: 'astrid', units: [] }))).toEqual([]);
  });

  test('is a carer for the devices in those homes, and is not told why another’s is silenced', async () => {
    const world = await openArrangedWorld();
    const until = world.clock.now() + hour;
    const deviceIds = ['button-home-1', 'button-home-3', 'gone'];
    await world.holds.silence(cilla, { matchers: { deviceIds }, until, reason });
    const ofNorr1 = { matchers: { deviceIds: ['button-home-1'] }, until: until + minute, reason };
    await world.holds.silence(cilla, ofNorr1);
    expect(await held(world, astrid)).toEqual(['silence button-home-1', 'silence button-home-1']);
    expect(await held(world, bengt)).toEqual(['silence button-home-3']);
    expect(await held(world, cilla)).toHaveLength(2);
  });

  test('is a carer of a shared unit only while it answers, and that is written in the other municipality’s log', async () => {
    const world = await openArrangedWorld();
    const { store, clock, arrangements, holds, accessRows } = world;
    await store.staffing.addUnit(patrol(), clock.now());
    const hours = { from: '21:00', to: '07:00' };
    const document = { lines: [{ unitId: 'patrol', ofUnit: 'norr-1', hours }], exceptions: [] };
    await arrangements.putPlan(cilla, { version: 0, document, reason });
    const until = clock.now() + 3 * day;
    await holds.pause(cilla, 'home-1', { until, reason });
    await holds.pause(cilla, 'home-3', { until, reason });
    const night: Scope = { ...sara, units: ['patrol'] };
    const before = (await accessRows()).length;
    expect(await held(world, night)).toEqual([]);
    clock.pass(9 * hour);
    expect(await held(world, night)).toEqual(['pause home-1']);
    clock.pass(10 * hour - 1);
    expect(await held(world, night)).toEqual(['pause home-1']);
    clock.pass(1);
    expect(await held(world, night)).toEqual([]);
    expect((await accessRows()).slice(before)).toEqual(['sara holds norr', 'sara holds norr']);
  });
});

describe('a pause', () => {
  test('holds back at once what the activity of the home asks for, and neither care nor emergencies', async () => {
    const { holds, clock, raise, alert, told } = await openArrangedWorld();
    const activity = await raise('home-1');
    const care = await raise('home-1', { about: 'care' });
    const emergency = await raise('home-1', { severity: 'emergency' });
    const elsewhere = await raise('home-2');
    const until = clock.now() + day;
    await holds.pause(cilla, 'home-1', { until, reason });
    expect(await alert(activity)).toMatchObject({ held: { why: 'pause', until } });
    for (const id of [care, emergency, elsewhere]) {
      expect(await alert(id)).toMatchObject({ held: null });
    }
    expect(told.map(({ event }) => event)).toMatchObject([
      { type: 'suppressed', reason: 'pause', until },
    ]);
  });

  test('lets what it held back ask anew when it is ended early', async () => {
    const { holds, clock, raise, alert, told } = await openArrangedWorld();
    await holds.pause(cilla, 'home-1', { until: clock.now() + day, reason });
    const id = await raise('home-1');
    expect(await alert(id)).toMatchObject({ held: { why: 'pause' } });
    clock.pass(hour);
    await holds.end(cilla, { homeId: 'home-1', kind: 'pause' });
    const { held: why, step, dueAt } = await alert(id);
    expect({ why, step, dueAt }).toEqual({ why: null, step: 0, dueAt: clock.now() + minute });
    expect(told.map(({ event }) => event)).toMatchObject([
      { type: 'returned', reason: 'hold-ended' },
    ]);
  });

  test('takes the place of the one before, also for what that held back', async () => {
    const { holds, clock, raise, alert } = await openArrangedWorld();
    await holds.pause(cilla, 'home-1', { until: clock.now() + day, reason });
    const id = await raise('home-1');
    const until = clock.now() + hour;
    await holds.pause(cilla, 'home-1', { until, reason });
    expect((await holds.list(cilla)).items).toHaveLength(1);
    expect(await alert(id)).toMatchObject({ held: { why: 'pause', until } });
  });

  test('that ends leaves to another hold, or to staff on site, what those hold back', async () => {
    const { holds, clock, raise, alert, command } = await openArrangedWorld();
    const until = clock.now() + hour;
    await holds.pause(cilla, 'home-1', { until: until + hour, reason });
    const silenced = await raise('home-1', { rule: { ...rule, id: 'window' } });
    const waits = await raise('home-1');
    await holds.silence(cilla, { matchers: { ruleIds: ['window'] }, until, reason });
    const care = await raise('home-1', { about: 'care' });
    await command(care, { type: 'arrive', at: clock.now(), by: 'astrid' });
    await holds.end(cilla, { homeId: 'home-1', kind: 'pause' });
    expect(await alert(silenced)).toMatchObject({ held: { why: 'silence', until } });
    expect(await alert(waits)).toMatchObject({ held: { why: 'staff-on-site' } });
  });
});

const rule = { id: 'door', version: 1, title: { sv: 'Dörr', en: 'Door' }, action: null };

test('a silence holds back what it matches in the whole municipality, until it is ended', async () => {
  const { holds, clock, raise, alert } = await openArrangedWorld();
  const matched = await raise('home-3');
  const other = await raise('home-3', { severity: 'low' });
  const abroad = await raise('home-4');
  const until = clock.now() + hour;
  const matchers = { severities: ['high' as const] };
  const { id } = await holds.silence(cilla, { matchers, until, reason });
  expect(await alert(matched)).toMatchObject({ held: { why: 'silence', until } });
  for (const one of [other, abroad]) expect(await alert(one)).toMatchObject({ held: null });
  await holds.end(cilla, { id });
  expect(await alert(matched)).toMatchObject({ held: null });
});

test('what was raised in test mode, and nobody has answered, becomes real when that is ended', async () => {
  const { holds, clock, raise, alert, told } = await openArrangedWorld();
  await holds.testMode(tore, 'home-1', { until: clock.now() + hour, reason });
  const id = await raise('home-1', { severity: 'emergency' });
  const real = await raise('home-2');
  expect(await alert(id)).toMatchObject({ isTest: true });
  await holds.end(tore, { homeId: 'home-1', kind: 'test' });
  expect(await alert(id)).toMatchObject({ isTest: false, step: 0, unitId: 'norr-1' });
  expect(told).toMatchObject([
    { alert: { id }, event: { type: 'assigned', reason: 'test-ended', isTest: false } },
  ]);
  expect(await alert(real)).toMatchObject({ isTest: false });
});

test('whoever is shown holds of homes is in the access log', async () => {
  const { holds, clock, accessRows } = await openArrangedWorld();
  await holds.list(cilla);
  expect(await accessRows()).toEqual([]);
  await holds.pause(cilla, 'home-1', { until: clock.now() + hour, reason });
  await holds.list(adam);
  await holds.list(sven);
  expect(await accessRows()).toEqual(['cilla holds norr', 'adam holds norr']);
});
