import { createHash } from 'node:crypto';

import { describe, expect, test } from 'vitest';

import { addUser, furnish, hour, scopeOf, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest();

export function describeAccounts(createStorage: CreateStorage): void {
  async function open() {
    const storage = await createStorage();
    const store = await storage.open();
    await furnish(store, { norr: { 'norr-1': [], 'norr-2': [] }, syd: { 'syd-1': [] } });
    await addUser(store, {
      id: 'astrid',
      municipalityId: 'norr',
      units: ['norr-2'],
      passwordHash: '$hash',
    });
    await addUser(store, { id: 'bengt', municipalityId: 'norr' });
    await addUser(store, {
      id: 'tore',
      municipalityId: 'norr',
      role: 'technician',
      units: ['norr-1'],
    });
    return { storage, store, accounts: store.accounts };
  }

  describe('an account', () => {
    test('sees the units of its person by name, a carer’s of all units too, or the whole municipality', async () => {
      const { accounts } = await open();
      const whole = [
        { id: 'norr-1', name: 'Lag norr-1' },
        { id: 'norr-2', name: 'Lag norr-2' },
      ];
      const astrid = await accounts.account('astrid');
      expect(astrid?.scope).toEqual(scopeOf({ userId: 'astrid', units: ['norr-2'] }));
      expect(astrid?.me).toEqual({
        id: 'astrid',
        name: 'astrid',
        role: 'carer',
        municipality: { id: 'norr', name: 'norrs kommun', timeZone: 'Europe/Stockholm' },
        units: whole.slice(1),
      });
      expect(await accounts.account('bengt')).toMatchObject({
        scope: { units: ['norr-1', 'norr-2'] },
        me: { units: whole },
      });
      expect(await accounts.account('tore')).toMatchObject({
        scope: { role: 'technician', units: 'all' },
      });
      expect(await accounts.account('nobody')).toBeNull();
    });

    test('of a carer whose last unit was taken away sees none, and one for all units sees new ones', async () => {
      const { storage, store, accounts } = await open();
      await storage.query("delete from person_unit where person_id = 'astrid'");
      await store.registry.addUnit({
        id: 'norr-3',
        municipalityId: 'norr',
        name: 'Lag norr-3',
        at: start,
      });
      const astrid = await accounts.account('astrid');
      expect(astrid).toMatchObject({ scope: { units: [] }, me: { units: [] } });
      const bengt = await accounts.account('bengt');
      expect(bengt?.scope.units).toEqual(['norr-1', 'norr-2', 'norr-3']);
      expect(bengt?.me.units).toHaveLength(3);
    });

    test('is found by its address, with the hash of a password if it has one', async () => {
      const { accounts } = await open();
      const found = (id: string) => accounts.passwordOf(`${id}@vaka.example`);
      expect(await found('astrid')).toEqual({ userId: 'astrid', passwordHash: '$hash' });
      expect(await found('bengt')).toEqual({ userId: 'bengt', passwordHash: null });
      expect(await found('nobody')).toBeNull();
    });
  });

  describe('a link', () => {
    test('is used once, also when two use it at the same time', async () => {
      const { accounts } = await open();
      const tokenHash = hashOf('link');
      await accounts.addLink({ tokenHash, userId: 'astrid', at: start, expiresAt: start + hour });
      const both = await Promise.all([
        accounts.useLink(tokenHash, start + 1),
        accounts.useLink(tokenHash, start + 1),
      ]);
      expect(both.toSorted()).toEqual(['astrid', null]);
      expect(await accounts.useLink(tokenHash, start + 2)).toBeNull();
      expect(await accounts.useLink(hashOf('other'), start)).toBeNull();
    });

    test('is worth nothing from when it expires', async () => {
      const { accounts } = await open();
      for (const id of ['a', 'b']) {
        await accounts.addLink({
          tokenHash: hashOf(id),
          userId: 'astrid',
          at: start,
          expiresAt: start + hour,
        });
      }
      expect(await accounts.useLink(hashOf('a'), start + hour)).toBeNull();
      expect(await accounts.useLink(hashOf('b'), start + hour - 1)).toBe('astrid');
    });
  });

  describe('a session', () => {
    test('is in force until it expires or is ended, also in a store opened anew', async () => {
      const { storage, store, accounts } = await open();
      for (const id of ['a', 'b']) {
        await accounts.addSession({
          tokenHash: hashOf(id),
          userId: 'astrid',
          at: start,
          expiresAt: start + hour,
        });
      }
      expect(await accounts.session(hashOf('a'), start + hour - 1)).toMatchObject({
        scope: { userId: 'astrid' },
      });
      expect(await accounts.session(hashOf('a'), start + hour)).toBeNull();
      expect(await accounts.session(hashOf('c'), start)).toBeNull();
      await accounts.endSession(hashOf('a'));
      await accounts.endSession(hashOf('a'));
      expect(await accounts.session(hashOf('a'), start)).toBeNull();
      await store.close();
      const again = await storage.open();
      expect(await again.accounts.session(hashOf('a'), start)).toBeNull();
      expect(await again.accounts.session(hashOf('b'), start)).toMatchObject({
        me: { id: 'astrid' },
      });
    });
  });

  test('the access log holds who saw what, when', async () => {
    const { storage, store } = await open();
    await store.accessLog.write(scopeOf(), { action: 'home', subjectId: 'home-1', at: start });
    await store.accessLog.write(scopeOf({ userId: 'bengt' }), {
      action: 'stream',
      subjectId: null,
      at: start + 1,
    });
    const rows = await storage.query('select * from access_log order by seq');
    const row = { municipality_id: 'norr', person_id: 'astrid' };
    expect(rows).toMatchObject([
      { ...row, action: 'home', subject_id: 'home-1', at: start },
      { ...row, person_id: 'bengt', action: 'stream', subject_id: null, at: start + 1 },
    ]);
  });
}
