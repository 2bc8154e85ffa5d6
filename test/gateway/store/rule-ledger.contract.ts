import { describe, expect, test } from 'vitest';

import type { HomeOverride, RulesInForce, RuleVersion } from '../../../gateway/domain/rulebook.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { readStandardRules } from '../../../gateway/store/template-file.ts';
import { addHome, addMunicipality, furnish, hour, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const change: RuleVersion = {
  municipalityId: 'norr',
  ruleId: 'smoke',
  version: 2,
  isOn: true,
  source: 'id: smoke # louder\n',
  authorId: 'cilla',
  at: start + hour,
  reason: 'Louder.',
  origin: 'Syd',
};

const own: HomeOverride = {
  municipalityId: 'norr',
  homeId: 'home-1',
  ruleId: 'smoke',
  override: { values: { for: '5m' } },
  authorId: 'cilla',
  at: start + hour,
  reason: 'Cooks late.',
};

export function describeRuleLedger(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, {
      norr: { 'norr-1': ['home-1', 'home-2'] },
      syd: { 'syd-1': ['home-3'] },
    });
    return { storage, store };
  }

  const inForce = async (store: Store, id = 'norr') =>
    (await store.transaction((ledger) => ledger.rulesInForce([id]))).get(id);
  const withoutSeq = (rules?: RulesInForce) =>
    rules?.overrides.map((kept) => ({ ...kept, seq: undefined }));
  const add = (store: Store, ...versions: RuleVersion[]) =>
    store.transaction((ledger) => ledger.addRuleVersions(versions));
  const override = (store: Store, some: Partial<HomeOverride> = {}) =>
    store.transaction((ledger) => ledger.addHomeOverride({ ...own, ...some }));
  const due = (store: Store, at: number) => store.transaction((ledger) => ledger.dueHomes(at, 99));
  const sleep = (store: Store, dueAt: number) =>
    store.transaction(async (ledger) => {
      for (const homeId of ['home-1', 'home-2', 'home-3']) await ledger.postponeHome(homeId, dueAt);
    });

  describe('the rules in force', () => {
    test('are the standard rules for a municipality that has just begun, and none for one that is not there', async () => {
      const { store } = await open();
      const rules = await inForce(store);
      const ids = (await readStandardRules()).map(({ rule }) => rule.id).sort();
      expect(rules?.versions.map(({ ruleId }) => ruleId)).toEqual(ids);
      expect(rules?.versions[0]).toMatchObject({ version: 1, isOn: true, authorId: null });
      expect(await inForce(store, 'nowhere')).toEqual({ stamp: 0, versions: [], overrides: [] });
      await addMunicipality(store, 'nowhere');
      expect((await inForce(store, 'nowhere'))?.versions).toHaveLength(ids.length);
    });

    test('hold every version as it was, each municipality its own', async () => {
      const { store } = await open();
      const before = await inForce(store, 'syd');
      await add(store, change, {
        ...change,
        version: 3,
        isOn: false,
        authorId: null,
        origin: null,
      });
      const rules = await inForce(store);
      expect(rules?.versions.filter(({ ruleId }) => ruleId === 'smoke')).toEqual([
        expect.objectContaining({ version: 1 }),
        change,
        { ...change, version: 3, isOn: false, authorId: null, origin: null },
      ]);
      expect(await inForce(store, 'syd')).toBe(before);
    });

    test('hold the latest that each home has of its own, also that it was taken back', async () => {
      const { store } = await open();
      await override(store);
      await override(store, { homeId: 'home-2', override: { off: true } });
      await override(store, { ruleId: 'fall' });
      await override(store, { override: null, reason: 'No longer.' });
      expect(withoutSeq(await inForce(store))).toEqual([
        { ...own, ruleId: 'fall' },
        { ...own, override: null, reason: 'No longer.' },
        { ...own, homeId: 'home-2', override: { off: true } },
      ]);
    });

    test('are the same object until they change, and then have a higher stamp', async () => {
      const { store } = await open();
      const first = await inForce(store);
      expect(await inForce(store)).toBe(first);
      await add(store, change);
      const second = await inForce(store);
      expect(second?.stamp).toBeGreaterThan(first?.stamp ?? Infinity);
      await override(store);
      const third = await inForce(store);
      expect(third?.stamp).toBeGreaterThan(second?.stamp ?? Infinity);
      expect(await inForce(store)).toBe(third);
    });

    test('are as before when a transaction that changed them fails', async () => {
      const { store } = await open();
      const before = await inForce(store);
      const failing = store.transaction(async (ledger) => {
        await ledger.addRuleVersions([change]);
        const seen = (await ledger.rulesInForce(['norr'])).get('norr');
        throw new Error(`stamp ${seen?.stamp ?? 0}`);
      });
      await expect(failing).rejects.toThrow('stamp 2');
      expect(await inForce(store)).toEqual(before);
    });

    test('are what another process has made of them', async () => {
      const { storage, store } = await open();
      const other = await storage.open();
      await inForce(store);
      await add(other, change);
      expect((await inForce(store))?.versions).toContainEqual(change);
    });

    test('stay the same object when another process has changed something else', async () => {
      const { storage, store } = await open();
      const other = await storage.open();
      const before = await inForce(store);
      await addMunicipality(other, 'nowhere');
      expect(await inForce(store)).toBe(before);
      await override(other);
      expect(withoutSeq(await inForce(store))).toEqual([own]);
    });

    test('hold each version as one object, however often others are added', async () => {
      const { store } = await open();
      const before = await inForce(store);
      await add(store, change);
      const after = await inForce(store);
      expect(after?.versions[0]).toBe(before?.versions[0]);
    });

    test('cannot be changed afterwards, nor can a version come twice', async () => {
      const { storage, store } = await open();
      await add(store, change);
      await override(store);
      await expect(add(store, change)).rejects.toBeInstanceOf(Error);
      for (const table of ['rule_version', 'rule_override']) {
        const rewriting = storage.query(`update ${table} set reason = 'Another.'`);
        await expect(rewriting).rejects.toThrow('What held is never changed afterwards.');
      }
    });
  });

  describe('a change of the rules', () => {
    test('makes every home of the municipality due at once, and none of another', async () => {
      const { store } = await open();
      await sleep(store, start + 9 * hour);
      await add(store, change);
      expect(await due(store, change.at - 1)).toEqual([]);
      expect((await due(store, change.at)).toSorted()).toEqual(['home-1', 'home-2']);
    });

    test('puts off no home that is due before', async () => {
      const { store } = await open();
      await sleep(store, start);
      await add(store, change);
      expect(await due(store, start)).toHaveLength(3);
    });

    test('wakes a home that has devices and nothing to remember, and leaves an empty one', async () => {
      const { storage, store } = await open();
      await addHome(store, { id: 'empty', municipalityId: 'norr', unitId: 'norr-1' });
      await storage.query('delete from home_state');
      await add(store, change);
      expect((await due(store, change.at)).toSorted()).toEqual(['home-1', 'home-2']);
    });

    test('for one home wakes that home alone', async () => {
      const { store } = await open();
      await sleep(store, start + 9 * hour);
      await override(store);
      expect(await due(store, own.at)).toEqual(['home-1']);
    });
  });
}
