import { describe, expect, test } from 'vitest';

import type { Notification, Settled } from '../../../gateway/domain/notification/notification.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { minute, start } from './furnish.ts';
import type { CreateStorage } from './storage.ts';

function asking(some: Partial<Notification> = {}): Notification {
  return {
    id: 'alert-1:1:push:asked:astrid',
    municipalityId: 'norr',
    alertId: 'alert-1',
    asking: 1,
    severity: 'high',
    kind: 'asked',
    channel: 'push',
    target: 'astrid',
    at: start,
    ...some,
  };
}

export function describeOutbox(createStorage: CreateStorage): void {
  const enqueue = (store: Store, ...notifications: Notification[]) =>
    store.transaction((ledger) => ledger.enqueue(notifications));
  const settle = (store: Store, some: Partial<Settled> & Pick<Settled, 'id'>) =>
    store.transaction((ledger) =>
      ledger.settle({ fate: 'delivered', at: start + minute, why: null, ...some }),
    );
  async function open() {
    const storage = await createStorage();
    return { storage, store: await storage.open() };
  }
  const dueIds = async (store: Store, at: number, limit = 9) =>
    (await store.outbox.due('push', at, limit)).map(({ id }) => id);

  describe('the outbox', () => {
    test('keeps what is known by its id once, as it was first said', async () => {
      const { storage, store } = await open();
      await enqueue(store, asking(), asking({ at: start + 1 }));
      await enqueue(await storage.open(), asking({ target: 'bo' }));
      const kept = { ...asking(), attempts: 0, dueAt: start };
      expect(await store.outbox.due('push', start, 9)).toEqual([kept]);
      expect(await settle(store, { id: kept.id })).toBe(true);
      await enqueue(store, asking());
      expect(await store.outbox.due('push', start, 9)).toEqual([]);
    });

    test('keeps nothing of a transaction that failed', async () => {
      const { store } = await open();
      const failing = store.transaction(async (ledger) => {
        await ledger.enqueue([asking()]);
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await dueIds(store, start)).toEqual([]);
    });

    test('tells of each channel what is due, longest due first', async () => {
      const { store } = await open();
      await enqueue(
        store,
        asking({ id: 'c', at: start + 3 }),
        asking({ id: 'b', at: start + 2 }),
        asking({ id: 'a', at: start + 1 }),
        asking({ id: 'mail', channel: 'email' }),
      );
      expect(await dueIds(store, start + 3)).toEqual(['a', 'b', 'c']);
      expect(await dueIds(store, start + 2)).toEqual(['a', 'b']);
      expect(await dueIds(store, start + 3, 1)).toEqual(['a']);
      await store.outbox.putOff({ id: 'a', at: start + 3, dueAt: start + minute, why: 'busy' });
      expect(await dueIds(store, start + 3)).toEqual(['b', 'c']);
      const due = await store.outbox.due('push', start + minute, 9);
      expect(due.map(({ id, attempts, dueAt }) => [id, attempts, dueAt])).toEqual([
        ['b', 0, start + 2],
        ['c', 0, start + 3],
        ['a', 1, start + minute],
      ]);
      expect(await store.outbox.due('email', start, 9)).toMatchObject([{ id: 'mail' }]);
    });

    test('tells the more urgent first, however long others have been due', async () => {
      const { store } = await open();
      await enqueue(
        store,
        asking({ id: 'battery', severity: 'technical' }),
        asking({ id: 'door', severity: 'medium' }),
        asking({ id: 'fall', severity: 'emergency', at: start + 2 }),
        asking({ id: 'smoke', severity: 'emergency', at: start + 1 }),
      );
      expect(await dueIds(store, start + 2)).toEqual(['smoke', 'fall', 'door', 'battery']);
      expect(await dueIds(store, start)).toEqual(['door', 'battery']);
    });

    test('ends each once, and only if the transaction that noted it is kept', async () => {
      const { storage, store } = await open();
      await enqueue(store, asking());
      const { id } = asking();
      const failing = store.transaction(async (ledger) => {
        await ledger.settle({ id, fate: 'delivered', at: start, why: null });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      const other = await storage.open();
      expect(await dueIds(other, start)).toEqual([id]);
      expect(await settle(store, { id })).toBe(true);
      expect(await settle(other, { id, fate: 'failed', why: 'late' })).toBe(false);
      expect(await settle(store, { id: 'unknown' })).toBe(false);
      await other.outbox.putOff({ id, at: start, dueAt: start, why: 'late' });
      expect(await dueIds(other, start)).toEqual([]);
      expect(await storage.query('select fate, why, attempts from outbox')).toEqual([
        { fate: 'delivered', why: null, attempts: 1 },
      ]);
    });

    test('does not wait for a clock that was ahead when it was kept, and has been set back', async () => {
      const { store } = await open();
      await enqueue(store, asking({ id: 'ahead', at: start + 60 * minute }), asking({ id: 'now' }));
      await enqueue(store, asking({ id: 'soon', at: start + 9 * minute }));
      expect(await dueIds(store, start)).toEqual(['now', 'ahead']);
      expect(await dueIds(store, start, 1)).toEqual(['now']);
    });

    test('says for each channel of a municipality what waits and what became of the rest', async () => {
      const { store } = await open();
      expect(await store.outbox.state(start)).toEqual([]);
      await enqueue(
        store,
        asking({ id: 'old' }),
        asking({ id: 'told' }),
        asking({ id: 'refused' }),
        asking({ id: 'waits', at: start + 2 }),
        asking({ id: 'waits-too', at: start + 1 }),
        asking({ id: 'mail', channel: 'email' }),
        asking({ id: 'theirs', municipalityId: 'sor', at: start + 4 }),
      );
      await settle(store, { id: 'old', fate: 'failed', at: start + 1, why: 'old' });
      await settle(store, { id: 'told' });
      await settle(store, { id: 'refused', fate: 'failed', why: 'refused' });
      await settle(store, { id: 'mail', fate: 'overtaken' });
      const none = {
        waiting: 0,
        oldestAt: null,
        dueAt: null,
        failed: 0,
        delivered: 0,
        failedAtOne: 0,
      };
      const times = { oldestAt: start + 1, dueAt: start + 1 };
      const push = { ...none, ...times, channel: 'push', waiting: 2, failed: 1, delivered: 1 };
      const mail = { ...none, channel: 'email' };
      const later = { oldestAt: start + 4, dueAt: start + 4 };
      const theirs = { ...none, ...later, channel: 'push', waiting: 1 };
      expect(await store.outbox.state(start + minute)).toEqual([
        { municipalityId: 'norr', ...mail, lastFailure: null },
        { municipalityId: 'norr', ...push, lastFailure: 'refused' },
        { municipalityId: 'sor', ...theirs, lastFailure: null },
      ]);
      const at = start + 2 * minute;
      await store.outbox.putOff({ id: 'waits', at, dueAt: at + minute, why: 'busy' });
      const [, ours] = await store.outbox.state(start + minute);
      expect(ours).toMatchObject({ waiting: 2, lastFailure: 'busy' });
      expect(await store.outbox.state(at)).toEqual([
        { municipalityId: 'norr', ...push, failed: 0, delivered: 0, lastFailure: 'busy' },
        { municipalityId: 'sor', ...theirs, lastFailure: null },
      ]);
    });

    test('counts what was tried in vain until it was overtaken, and the receiver it was for', async () => {
      const { store } = await open();
      const to = { channel: 'webhook' } as const;
      const ids = ['a', 'b', 'c'];
      await enqueue(store, ...ids.map((id) => asking({ id, ...to, target: 'centre' })));
      await enqueue(store, asking({ id: 'd', ...to, target: 'sms' }));
      await enqueue(store, asking({ id: 'e', ...to, target: 'sms' }));
      for (const id of [...ids, 'e']) {
        await store.outbox.putOff({ id, at: start, dueAt: start + minute, why: 'HTTP 503' });
      }
      expect(await store.outbox.state(start)).toMatchObject([
        { failed: 0, failedAtOne: 0, oldestAt: start, dueAt: start },
      ]);
      for (const id of ['a', 'b']) await settle(store, { id, fate: 'overtaken' });
      await settle(store, { id: 'e', fate: 'overtaken' });
      await settle(store, { id: 'd' });
      expect(await store.outbox.state(start)).toMatchObject([
        { failed: 3, delivered: 1, failedAtOne: 2, waiting: 1, dueAt: start + minute },
      ]);
    });

    test('says when each receiver was last reached, and what last failed, given up or not', async () => {
      const { store } = await open();
      const to = { channel: 'webhook', target: 'centre' } as const;
      await enqueue(
        store,
        asking({ id: 'a', ...to }),
        asking({ id: 'b', ...to }),
        asking({ id: 'c', ...to }),
        asking({ id: 'd', ...to, target: 'fresh' }),
        asking({ id: 'e', target: 'centre' }),
      );
      const { outbox } = store;
      const latest = async () => Object.fromEntries(await outbox.latest('webhook', targets));
      const targets = ['centre', 'fresh', 'nowhere'];
      expect(await latest()).toEqual({});
      await settle(store, { id: 'a', at: start + 1 });
      await settle(store, { id: 'b', at: start + 2, fate: 'failed', why: '404' });
      await settle(store, { id: 'e', at: start + 9, fate: 'failed', why: 'another channel' });
      expect(await latest()).toEqual({
        centre: { deliveredAt: start + 1, failure: { at: start + 2, why: '404' } },
      });
      await outbox.putOff({ id: 'c', at: start + 3, dueAt: start + minute, why: '503' });
      const busy = { centre: { deliveredAt: start + 1, failure: { at: start + 3, why: '503' } } };
      expect(await latest()).toEqual(busy);
      await settle(store, { id: 'c', at: start + 4, fate: 'overtaken' });
      await settle(store, { id: 'd', at: start + 5, fate: 'overtaken' });
      expect(await latest()).toEqual(busy);
    });

    test('forgets what was settled long ago, and nothing that waits', async () => {
      const { storage, store } = await open();
      await enqueue(store, asking({ id: 'a' }), asking({ id: 'b' }), asking({ id: 'c' }));
      await settle(store, { id: 'a', at: start + 1 });
      await settle(store, { id: 'b', at: start + 2 });
      expect(await store.outbox.forget(start + 2)).toBe(1);
      expect(await store.outbox.forget(start + 2)).toBe(0);
      expect(await storage.query('select id from outbox order by id')).toEqual([
        { id: 'b' },
        { id: 'c' },
      ]);
    });
  });
}
