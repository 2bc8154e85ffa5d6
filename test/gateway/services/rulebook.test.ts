import { describe, expect, test } from 'vitest';

import type { Ledger } from '../../../gateway/domain/ledger.ts';
import type { RuleVersion } from '../../../gateway/domain/rulebook.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { createRulebook, type UnusableRule } from '../../../gateway/services/rulebook.ts';
import { addDevice, furnish, hour, minute, start, turns } from '../store/furnish.ts';
import { type Core, type CoreOptions, createTestClock, openCore } from './core.ts';
import { cilla, deskOf, sara, yaml } from './rule-world.ts';

const open = { type: 'door.opened' };
const atOnce = yaml('on: door.opened');
const never = yaml('on: tamper.detected');
const lasting = (time: string) => yaml(`on: door.opened\nfor: ${time}\nunless: door.closed`);
const quiet = (time: string) =>
  yaml(`absence: { of: [motion.detected], for: ${time} }\nper: home`, 'quiet');

/** A core by the rules of its store, of which only those that the test puts in force are on. */
async function openRules(options: Partial<CoreOptions> = {}) {
  const clock = options.clock ?? createTestClock();
  const core = await openCore({ ...options, clock });
  const office = deskOf(core.store, clock);
  if (options.storage === undefined) {
    await turnAllOff(core.store);
    await core.sweep.run();
  }
  return { core, clock, ...office };
}

async function turnAllOff(store: Store): Promise<void> {
  await store.transaction(async (ledger) => {
    const rules = (await ledger.rulesInForce(['norr'])).get('norr');
    const off = { version: 2, isOn: false, reason: 'A test brings its own.' };
    await ledger.addRuleVersions((rules?.versions ?? []).map((rule) => ({ ...rule, ...off })));
  });
}

/** `rule version` of every alert, in the order in which they were raised. */
async function raisedBy({ storage }: Core): Promise<string[]> {
  const rows = await storage.query(
    `select body ->> '$.rule.id' || ' ' || (body ->> '$.rule.version') as line
     from alert order by raised_at, rowid`,
  );
  return rows.map(({ line }) => String(line));
}

async function typesIn(core: Core): Promise<string[]> {
  return (await core.events()).map((row) => String((row as { type?: unknown }).type));
}

describe('a change of a rule', () => {
  test('holds for the next event, and no more for those before it', async () => {
    const { core, put } = await openRules();
    await core.send('door', open);
    await put(atOnce);
    expect(await raisedBy(core)).toEqual([]);
    await core.send('door', open);
    expect(await raisedBy(core)).toEqual(['door 1']);
    await put(never);
    await core.send('door', open);
    expect(await core.alerts()).toEqual(['door/door firing']);
    expect((await typesIn(core)).slice(-5)).toEqual([
      'door.opened',
      'rules.changed',
      'door.opened',
      'rules.changed',
      'door.opened',
    ]);
  });

  test('waits for a batch that is being stored, and holds for none of it', async () => {
    let isStopping = false;
    const entered = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    /** Stops in the middle of the transaction that steps the homes. */
    const around = (store: Store): Store => ({
      ...store,
      transaction: (work, committed) =>
        store.transaction((ledger) => work(stopping(ledger)), committed),
    });
    const stopping = (ledger: Ledger): Ledger => ({
      ...ledger,
      append: async (entries) => {
        if (isStopping) {
          entered.resolve();
          await held.promise;
        }
        return ledger.append(entries);
      },
    });
    const { core, put } = await openRules({ around });
    await put(never);
    isStopping = true;
    const stored = core.send('door', { ...open, id: 'a' }, { ...open, id: 'b' });
    await entered.promise;
    let isChanged = false;
    const changing = put(atOnce).then(() => (isChanged = true));
    await turns(64);
    expect(isChanged).toBe(false);
    held.resolve();
    await Promise.all([stored, changing]);
    expect(await raisedBy(core)).toEqual([]);
    const order = ['door.opened', 'door.opened', 'rules.changed'];
    expect((await typesIn(core)).slice(-3)).toEqual(order);
    await core.send('door', open);
    expect(await raisedBy(core)).toEqual(['door 2']);
  });

  test('says in the log which rule and version, and of nobody', async () => {
    const { core, desk, put } = await openRules();
    await put(lasting('2m'));
    const own = { override: { values: { for: '5m' } }, reason: 'Elsa walks slowly.' };
    await desk.override(cilla, { ruleId: 'door', homeId: 'home-1' }, own);
    const changes = (await core.events()).slice(-2);
    const line = { type: 'rules.changed', municipality_id: 'norr', device_id: null };
    const data = { rule: 'door', version: 1 };
    expect(changes).toMatchObject([
      { ...line, home_id: null, data },
      { ...line, home_id: 'home-1', data },
    ]);
    expect(JSON.stringify(changes)).not.toContain('Elsa');
    const activity = await core.store.overview.home(cilla, 'home-1', start);
    const lanes = activity?.activity?.lanes.flatMap(({ counts }) => counts) ?? [];
    expect(Math.max(...lanes)).toBe(0);
  });
});

describe('what began before a change', () => {
  test('ends under the version it began with, which the alert names', async () => {
    const { core, clock, put } = await openRules();
    await put(lasting('2m'));
    await core.send('door', open);
    await put(lasting('1h'));
    await core.sweepUntil(start + 2 * minute - 1, minute);
    expect(await raisedBy(core)).toEqual([]);
    await core.sweepUntil(start + 2 * minute, minute);
    expect(await raisedBy(core)).toEqual(['door 1']);
    clock.pass(minute);
    await core.send('hall', open);
    await core.sweepUntil(clock.now() + hour, 10 * minute);
    expect(await raisedBy(core)).toEqual(['door 1', 'door 2']);
  });

  test('still calls for help when the rule has been turned off, and what begins then does not', async () => {
    const { core, put } = await openRules();
    await put(lasting('2m'));
    await core.send('door', open);
    await put(lasting('2m'), { isOn: false });
    await core.send('hall', open);
    await core.sweepUntil(start + hour, 10 * minute);
    expect(await core.alerts()).toEqual(['door/door firing']);
    expect(await raisedBy(core)).toEqual(['door 1']);
  });

  test('is still ended by what ends it', async () => {
    const { core, put } = await openRules();
    await put(lasting('2m'));
    await core.send('door', open);
    await put(never);
    await core.send('door', { type: 'door.closed' });
    await core.sweepUntil(start + hour, 10 * minute);
    expect(await core.alerts()).toEqual([]);
  });

  test('goes on like that after a restart in the middle', async () => {
    const before = await openRules();
    await before.put(lasting('2m'));
    await before.core.send('door', open);
    await before.put(lasting('1h'));
    await before.core.close();
    const { core } = await openRules({ storage: before.core.storage, clock: before.clock });
    await core.sweepUntil(start + 2 * minute, minute);
    expect(await raisedBy(core)).toEqual(['door 1']);
    await core.send('hall', open);
    await core.sweepUntil(start + 2 * hour, 10 * minute);
    expect(await raisedBy(core)).toEqual(['door 1', 'door 2']);
  });
});

describe('a silence', () => {
  test('that is too long by the new version is raised at once', async () => {
    const { core, clock, put } = await openRules();
    await put(quiet('12h'), { id: 'quiet' });
    await core.sweep.run();
    await core.send('hall', { type: 'motion.detected' });
    await core.sweepUntil(start + 3 * hour, hour);
    expect(await raisedBy(core)).toEqual([]);
    await put(quiet('3h'), { id: 'quiet' });
    await core.sweep.run();
    expect(await raisedBy(core)).toEqual(['quiet 2']);
    expect(clock.now()).toBe(start + 3 * hour);
  });

  test('that is not too long any more waits for the new time', async () => {
    const { core, put } = await openRules();
    await put(quiet('2h'), { id: 'quiet' });
    await core.send('hall', { type: 'motion.detected' });
    await core.sweepUntil(start + hour, hour);
    await put(quiet('6h'), { id: 'quiet' });
    await core.sweepUntil(start + 6 * hour - 1, hour);
    expect(await raisedBy(core)).toEqual([]);
    await core.sweepUntil(start + 6 * hour, hour);
    expect(await raisedBy(core)).toEqual(['quiet 2']);
  });

  test('is judged anew also when the home tells something between the change and the sweep', async () => {
    const { core, put } = await openRules();
    await put(lasting('9h'));
    await put(quiet('12h'), { id: 'quiet' });
    await core.send('hall', { type: 'motion.detected' });
    await core.sweepUntil(start + 3 * hour, hour);
    await put(quiet('3h'), { id: 'quiet' });
    await core.send('door', open);
    await core.sweep.run();
    expect(await raisedBy(core)).toEqual(['quiet 2']);
  });
});

describe('what a home has of its own', () => {
  test('holds in that home alone', async () => {
    const { core, desk, put } = await openRules();
    await addDevice(core.store, { id: 'other-door', homeId: 'home-2', profile: 'event-only' });
    await put(lasting('2m'));
    await desk.override(
      cilla,
      { ruleId: 'door', homeId: 'home-1' },
      { override: { values: { for: '10m' } }, reason: 'Slow.' },
    );
    await core.send('door', open);
    await core.send('other-door', open);
    await core.sweepUntil(start + 10 * minute - 1, minute);
    expect(await core.alerts()).toEqual(['door/other-door firing']);
    await core.sweepUntil(start + 10 * minute, minute);
    expect(await core.alerts()).toEqual(['door/other-door firing', 'door/door firing']);
    expect(await raisedBy(core)).toEqual(['door 1', 'door 1']);
  });

  test('can be that the rule does not hold there, until it is taken back', async () => {
    const { core, desk, put } = await openRules();
    await put(atOnce);
    const place = { ruleId: 'door', homeId: 'home-1' };
    await desk.override(cilla, place, { override: { off: true }, reason: 'A cat.' });
    await core.send('door', open);
    expect(await core.alerts()).toEqual([]);
    await desk.override(cilla, place, { override: null, reason: 'The cat has moved.' });
    await core.send('door', open);
    expect(await core.alerts()).toEqual(['door/door firing']);
  });

  test('is passed over, and reported, when a newer version of the rule has no place for it', async () => {
    const { core, desk, put } = await openRules();
    await put(lasting('2m'));
    const place = { ruleId: 'door', homeId: 'home-1' };
    await desk.override(cilla, place, { override: { values: { for: '1h' } }, reason: 'Slow.' });
    await put(atOnce);
    await core.send('door', open);
    expect(await core.alerts()).toEqual(['door/door firing']);
    expect(core.unusable).toMatchObject([{ ruleId: 'door', homeId: 'home-1', version: null }]);
  });
});

test('two municipalities never see each other’s rules', async () => {
  const { core, put } = await openRules();
  await furnish(core.store, { syd: { 'syd-1': ['home-9'] } });
  await addDevice(core.store, { id: 'southern', homeId: 'home-9', profile: 'event-only' });
  await put(atOnce);
  await put(lasting('2m'), { by: sara });
  await Promise.all([core.send('southern', open), core.send('door', open)]);
  expect(await core.alerts()).toEqual(['door/door firing']);
  await core.sweepUntil(start + 2 * minute, minute);
  expect(await core.alerts()).toContain('door/southern firing');
});

describe('a version that cannot be read', () => {
  const newer: RuleVersion = {
    municipalityId: 'norr',
    ruleId: 'door',
    version: 9,
    isOn: true,
    source: `${atOnce}whenever: the moon is full\n`,
    authorId: null,
    at: start,
    reason: 'A newer release wrote it.',
    origin: null,
  };

  test('is left out and reported once, and the other rules hold', async () => {
    const { core, put } = await openRules();
    await put(yaml('on: door.opened', 'other'), { id: 'other' });
    await core.store.transaction((ledger) => ledger.addRuleVersions([newer]));
    await core.send('door', open);
    await core.send('door', open);
    expect(await raisedBy(core)).toEqual(['other 1']);
    expect(core.unusable).toEqual([
      {
        municipalityId: 'norr',
        ruleId: 'door',
        version: 9,
        homeId: null,
        reason: expect.stringContaining('whenever'),
      },
    ]);
    expect(core.failures).toEqual([]);
  });

  test('leaves the one before it in force: better an older rule than nobody who watches', async () => {
    const { core, put } = await openRules();
    await put(atOnce);
    await core.store.transaction((ledger) => ledger.addRuleVersions([newer]));
    await core.send('door', open);
    expect(await raisedBy(core)).toEqual(['door 1']);
    expect(core.unusable).toMatchObject([{ ruleId: 'door', version: 9 }]);
  });

  test('is shown by its id, and can be turned off and replaced', async () => {
    const { core, desk, put } = await openRules();
    await core.store.transaction((ledger) => ledger.addRuleVersions([newer]));
    const { items } = await desk.list(cilla);
    expect(items.find(({ id }) => id === 'door')).toMatchObject({
      title: { sv: 'door', en: 'door' },
      version: 9,
    });
    await put(newer.source, { isOn: false });
    await core.send('door', open);
    await put(atOnce);
    await core.send('door', open);
    expect(await raisedBy(core)).toEqual(['door 11']);
  });
});

test('homes share a set of rules until they have something of their own, and sets come anew only with a change', async () => {
  const { core, desk, put } = await openRules();
  await put(lasting('2m'));
  await put(atOnce, { id: 'door' });
  await put(yaml('on: bed.left\nfor: 5m', 'bed'), { id: 'bed' });
  const unusable: UnusableRule[] = [];
  const rulebook = createRulebook({ unusable: (rule) => unusable.push(rule) });
  const homes = ['home-1', 'home-2'].map((id) => ({ id, municipalityId: 'norr' }));
  const ask = () => core.store.transaction((ledger) => rulebook.of(ledger, homes));
  const first = await ask();
  expect(first.get('home-1')).toBe(first.get('home-2'));
  expect((await ask()).get('home-1')).toBe(first.get('home-1'));
  await desk.override(
    cilla,
    { ruleId: 'bed', homeId: 'home-2' },
    { override: { values: { for: '9m' } }, reason: 'Slow.' },
  );
  const second = await ask();
  const ruleIn = (homeId: string, id: string) => second.get(homeId)?.byId.get(id);
  expect(second.get('home-1')?.stamp).toBe(first.get('home-1')?.stamp);
  expect(second.get('home-2')?.stamp).not.toBe(first.get('home-2')?.stamp);
  expect(ruleIn('home-1', 'door')).toBe(first.get('home-1')?.byId.get('door'));
  expect(ruleIn('home-2', 'door')).toBe(ruleIn('home-1', 'door'));
  expect(ruleIn('home-1', 'bed')?.for).toBe(5 * minute);
  expect(ruleIn('home-2', 'bed')?.for).toBe(9 * minute);
  expect(second.get('home-1')?.past('door', 1)?.for).toBe(2 * minute);
  expect(second.get('home-1')?.past('door', 7)).toBeUndefined();
  expect(unusable).toEqual([]);
});
