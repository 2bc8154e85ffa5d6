import { describe, expect, test } from 'vitest';

import type { HomeHistory } from '../../../gateway/domain/history.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import {
  addDevice,
  entry,
  furnish,
  hour,
  keepAlert,
  raised,
  resolvedAt,
  scopeOf,
  start,
} from './furnish.ts';
import type { CreateStorage } from './storage.ts';

const span = { from: start, to: start + 24 * hour };
const coordinator = scopeOf({ role: 'coordinator' });

async function homeOf({ history }: Store, id: string): Promise<HomeHistory> {
  const [home] = await history.homes(coordinator, [id]);
  if (home === undefined) throw new Error(`There is no home ${id}.`);
  return home;
}

async function read(store: Store, homeId: string, some = span): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of store.history.events(await homeOf(store, homeId), some))
    ids.push(...page.map(({ id }) => id));
  return ids;
}

/** What has happened, for those who try rules on it. */
export function describeHistory(createStorage: CreateStorage): void {
  async function openNorr(): Promise<Store> {
    const store = await (await createStorage()).open();
    await furnish(store, {
      norr: { 'norr-1': ['home-1', 'home-2'], 'norr-2': ['home-3'] },
      syd: { 'syd-1': ['home-4'] },
    });
    return store;
  }

  describe('the past of a home', () => {
    test('comes in the order in which it arrived, what came late in its place', async () => {
      const store = await openNorr();
      const count = 9_000;
      const events = Array.from({ length: count }, (_, index) => {
        const receivedAt = start + index * 1_000;
        // Every hundredth was held up for up to half a day.
        const lateMs = index % 100 === 0 ? ((index * 7) % 43_200) * 1_000 : 0;
        return entry({ id: `e${index}`, receivedAt, at: receivedAt - lateMs });
      });
      await store.transaction((ledger) => ledger.append(events));
      const all = { from: start - 24 * hour, to: start + count * 1_000 };
      expect(await read(store, 'home-1', all)).toEqual(events.map(({ id }) => id));
    });

    test('is what devices told within the span, and nothing that arrived after it', async () => {
      const store = await openNorr();
      const at = (id: string, time: number, receivedAt = time) =>
        entry({ id, at: time, receivedAt });
      await store.transaction((ledger) =>
        ledger.append([
          at('before', span.from - 1),
          at('first', span.from),
          entry({
            id: 'tick',
            deviceId: null,
            type: 'time.passed',
            at: start + 1,
            receivedAt: start + 1,
          }),
          entry({ id: 'other', homeId: 'home-2', deviceId: 'button-home-2' }),
          at('last', span.to - 1),
          at('after', span.to),
          at('late', span.to - 1, span.to),
        ]),
      );
      expect(await read(store, 'home-1')).toEqual(['first', 'last']);
      expect(await store.history.count(['home-1'], span)).toBeGreaterThanOrEqual(2);
    });

    test('has its data, and its device’s clock as it was', async () => {
      const store = await openNorr();
      const told = entry({ id: 'e', data: { percent: 15 }, skewMs: 7_000 });
      await store.transaction((ledger) => ledger.append([told]));
      for await (const page of store.history.events(await homeOf(store, 'home-1'), span)) {
        expect(page.map(({ data, skewMs, type }) => ({ data, skewMs, type }))).toEqual([
          { data: { percent: 15 }, skewMs: 7_000, type: 'help.pressed' },
        ]);
      }
    });
  });

  describe('the homes of the past', () => {
    test('are those of the scope, and no others', async () => {
      const { history } = await openNorr();
      const ids = async (...given: Parameters<typeof history.homes>) =>
        (await history.homes(...given)).map(({ id }) => id);
      expect(await ids(coordinator, null)).toEqual(['home-1', 'home-2', 'home-3']);
      expect(await ids({ ...coordinator, units: ['norr-2'] }, null)).toEqual(['home-3']);
      expect(await ids(coordinator, ['home-1', 'home-4'])).toEqual(['home-1']);
    });

    test('know who lives there, what they agreed to, and what was placed when', async () => {
      const store = await openNorr();
      await addDevice(store, { id: 'door', homeId: 'home-1', at: start + hour });
      expect(await homeOf(store, 'home-1')).toMatchObject({
        label: 'Storgatan home-1',
        unitId: 'norr-1',
        residents: [{ id: 'resident-home-1', isCohabitant: false }],
        consents: [
          { purpose: 'help', residentId: 'resident-home-1', from: start, until: null },
          { purpose: 'activity' },
          { purpose: 'camera' },
        ],
        placed: [
          { id: 'button-home-1', profile: 'call-button', from: start, until: null },
          { id: 'door', from: start + hour },
        ],
      });
    });
  });

  test('the alerts of the past are those of the home and the span, with what came of them', async () => {
    const store = await openNorr();
    const alert = (alertId: string, at: number) => raised({ alertId, at, since: at - 1 });
    await keepAlert(store, alert('first', span.from), resolvedAt(span.from + hour));
    await keepAlert(store, alert('open', span.from + hour));
    await keepAlert(store, alert('after', span.to));
    await keepAlert(store, { ...alert('elsewhere', span.from), homeId: 'home-2' });
    expect(await store.history.alerts(coordinator, 'home-1', span)).toEqual([
      { id: 'first', rule: 'help', raisedAt: start, since: start - 1, outcome: 'no-action' },
      { id: 'open', rule: 'help', raisedAt: start + hour, since: start + hour - 1, outcome: null },
    ]);
    const foreign = scopeOf({ municipalityId: 'syd', role: 'coordinator' });
    expect(await store.history.alerts(foreign, 'home-1', span)).toEqual([]);
  });
}
