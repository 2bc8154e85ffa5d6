import { describe, expect, test } from 'vitest';

import { rulesOf } from '../domain/home/given-home.ts';
import { hour, minute, scopeOf, start } from '../store/furnish.ts';
import { type Core, createTestClock, openCore } from './core.ts';

const fall = {
  id: 'fall',
  on: 'fall.detected',
  severity: 'emergency',
  title: { sv: 'Fall', en: 'Fall' },
  action: { sv: 'Gå in. Lyft inte ensam.', en: 'Go in. Do not lift alone.' },
  inhibits: ['bed'],
};
const bed = { id: 'bed', on: 'bed.left', title: { sv: 'Ur säng', en: 'Out of bed' } };
const rules = rulesOf(fall, bed, { id: 'help', on: 'help.pressed' });

const astrid = scopeOf({ userId: 'astrid' });

const toldOf = (core: Core) =>
  core.told.flat().map(({ alert, event }) => `${alert.rule.id} ${event.type}`);

async function viewOf(core: Core, ruleId: string) {
  const page = await core.store.overview.alerts(
    astrid,
    { state: 'live', limit: 50 },
    core.clock.now(),
  );
  const alert = page.items.find(({ rule }) => rule.id === ruleId);
  if (alert === undefined) throw new Error(`There is no alert of ${ruleId}.`);
  return alert;
}

/** A home where somebody left the bed and fell. */
async function fallen(): Promise<Core> {
  const core = await openCore({ rules });
  await core.send('bed', { type: 'bed.left' });
  await core.send('belt', { type: 'fall.detected' });
  return core;
}

describe('a fall that holds back the bed exit of the same home', () => {
  test('is told together with what it holds back, in one commit', async () => {
    const core = await fallen();
    expect(core.told.map((changes) => changes.length)).toEqual([1, 2]);
    expect(toldOf(core)).toEqual(['bed raised', 'fall raised', 'bed inhibited']);
    const waiting = await viewOf(core, 'bed');
    expect(waiting).toMatchObject({ state: 'firing', next: null, rule: { action: null } });
    const inhibitor = await viewOf(core, 'fall');
    expect(waiting.inhibitedBy).toEqual({ id: inhibitor.id, title: fall.title });
    expect(inhibitor).toMatchObject({ inhibitedBy: null, rule: { action: fall.action } });
  });

  test('is the only one that asks on, however long nobody answers', async () => {
    const core = await fallen();
    core.told.length = 0;
    await core.sweepUntil(start + 35 * minute, 30_000);
    const told = toldOf(core);
    expect(told.filter((line) => line === 'fall escalated')).toHaveLength(35);
    expect(told.filter((line) => line.startsWith('bed'))).toEqual(
      Array.from({ length: 3 }, () => 'bed inhibited'),
    );
  });

  test('gives it back the moment it is resolved, with no new event from the home', async () => {
    const core = await fallen();
    await core.sweepUntil(start + 5 * minute, 30_000);
    core.told.length = 0;
    const { id } = await viewOf(core, 'fall');
    const resolved = await core.desk.resolve(astrid, id, 'helped', null);
    expect(core.told).toHaveLength(1);
    expect(core.told.flat().map(({ seq, event }) => [event.type, seq])).toEqual([
      ['resolved', resolved.seq],
      ['returned', resolved.seq + 1],
    ]);
    const returned = await viewOf(core, 'bed');
    expect(returned).toMatchObject({
      inhibitedBy: null,
      step: 0,
      next: { what: 'escalate', at: start + 6 * minute },
    });
    core.told.length = 0;
    await core.sweepUntil(start + 6 * minute, 30_000);
    expect(toldOf(core)).toEqual(['bed escalated']);
  });

  test('lets a person take what waits', async () => {
    const core = await fallen();
    const { id } = await viewOf(core, 'bed');
    expect(await core.desk.accept(astrid, id, null)).toMatchObject({
      state: 'accepted',
      inhibitedBy: null,
      next: { what: 'return' },
    });
  });

  test('leaves another home’s alone', async () => {
    const elsewhere = { id: 'help', on: 'help.pressed', inhibits: ['bed', 'call'] };
    const core = await openCore({ rules: rulesOf(elsewhere, bed) });
    await core.send('bed', { type: 'bed.left' });
    await core.send('button-home-2');
    expect(toldOf(core)).toEqual(['bed raised', 'help raised']);
    await core.send('button-home-1');
    expect(toldOf(core).slice(2)).toEqual(['help raised', 'bed inhibited']);
  });

  test('holds it back, and gives it back, across restarts', async () => {
    const before = await fallen();
    await before.close();

    const clock = createTestClock(start + hour);
    const after = await openCore({ rules, clock, storage: before.storage });
    await after.sweep.run();
    expect(toldOf(after).toSorted()).toEqual(['bed inhibited', 'fall escalated']);
    const { id } = await viewOf(after, 'fall');
    await after.desk.accept(astrid, id, null);
    await after.close();

    const last = await openCore({ rules, clock, storage: before.storage });
    await last.desk.resolve(astrid, id, 'helped', null);
    expect(toldOf(last)).toEqual(['fall resolved', 'bed returned']);
    clock.pass(minute);
    await last.sweep.run();
    expect(toldOf(last).slice(2)).toEqual(['bed escalated']);
    expect(await last.count('vaka_auditor_mended_total')).toBe(0);
  });

  test('does so also under rules that have changed since', async () => {
    const before = await fallen();
    await before.close();
    const { storage, clock } = before;
    const after = await openCore({ rules: rulesOf(bed), clock, storage });
    await after.sweepUntil(start + 10 * minute, minute);
    expect(await viewOf(after, 'bed')).toMatchObject({ inhibitedBy: { title: fall.title } });
  });

  test('gives it back within ten minutes even if it vanished', async () => {
    const core = await fallen();
    await core.storage.query(`delete from alert where need like 'fall%'`);
    core.told.length = 0;
    await core.sweepUntil(start + 10 * minute - 1, minute);
    expect(core.told).toEqual([]);
    await core.sweepUntil(start + 10 * minute, minute);
    expect(core.told.flat().map(({ event }) => event)).toMatchObject([
      { type: 'returned', reason: 'uninhibited' },
    ]);
  });
});

test('a screen that shows what waits has not asked anybody yet; it has once that asks again', async () => {
  const core = await fallen();
  const [waiting, inhibitor] = [await viewOf(core, 'bed'), await viewOf(core, 'fall')];
  const receipt = Promise.withResolvers<void>();
  core.hub.subscribe(([change]) => {
    if (change?.event.type === 'delivered') receipt.resolve();
  });
  core.told.length = 0;
  core.desk.seen(astrid, waiting.id);
  core.desk.seen(astrid, inhibitor.id);
  await receipt.promise;
  expect(toldOf(core)).toEqual(['fall delivered']);
  await core.desk.resolve(astrid, inhibitor.id, 'helped', null);
  core.desk.seen(astrid, waiting.id);
  await core.desk.close();
  expect(toldOf(core).slice(1)).toEqual(['fall resolved', 'bed returned', 'bed delivered']);
});
