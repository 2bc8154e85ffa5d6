import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { pointsOf } from '../../../gateway/domain/series/points-of.ts';
import { beginning } from '../../../gateway/domain/series/progress.ts';
import { openSqliteTelemetrySource } from '../../../gateway/store/sqlite-telemetry-source.ts';
import { entry, furnish, hour, keepAlert, minute, raised, start } from './furnish.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

async function openSource() {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1'] } });
  const { source, close } = openSqliteTelemetrySource(join(storage.folder, 'vaka.db'));
  onTestFinished(close);
  return { storage, store, source };
}

test('tells how an alert fared: the first screen, acceptance and arrival, and its end', async () => {
  const { store, source } = await openSource();
  const delivered = { type: 'delivered', step: 0, by: 'astrid', to: null } as const;
  const dueAt = start + hour;
  await keepAlert(
    store,
    raised({ alertId: 'fall', at: start, severity: 'emergency' }),
    { ...delivered, channel: 'push', at: start + 1_000 },
    { ...delivered, channel: 'screen', at: start + 2_000 },
    { ...delivered, channel: 'screen', at: start + 9_000 },
    { type: 'accepted', at: start + 30_000, by: 'astrid', etaAt: null, dueAt },
    { type: 'arrived', at: start + 5 * minute, by: 'astrid', dueAt },
    { type: 'resolved', at: start + hour, by: 'astrid', outcome: 'helped', note: 'Elsa fell.' },
  );
  const page = await source.read(beginning, 100);
  expect(page.alerts).toEqual([
    {
      alertId: 'fall',
      seq: 1,
      municipalityId: 'norr',
      unitId: 'norr-1',
      rule: 'help',
      severity: 'emergency',
      isTest: false,
      raisedAt: start,
      screenAt: start + 2_000,
      acceptedAt: start + 30_000,
      arrivedAt: start + 5 * minute,
      resolvedAt: start + hour,
      timeZone: 'Europe/Stockholm',
    },
  ]);
  expect(pointsOf(page)).toEqual([
    {
      measurement: 'alert',
      tags: {
        municipality: 'norr',
        unit: 'norr-1',
        rule: 'help',
        severity: 'emergency',
        queue: 'care',
      },
      fields: {
        raised: 1,
        screen_seconds: 2,
        acceptance_seconds: 30,
        arrival_seconds: 300,
        resolution_seconds: 3_600,
      },
      at: start,
      seq: 1,
      timeZone: 'Europe/Stockholm',
    },
  ]);
});

test('gives no point of an alert that is a test', async () => {
  const { store, source } = await openSource();
  await keepAlert(store, raised({ alertId: 'trial', isTest: true }));
  expect(pointsOf(await source.read(beginning, 100))).toEqual([]);
});

test('finds the place in the logs from which on all is read that came since a time', async () => {
  const { store, source } = await openSource();
  const at = (id: string, receivedAt: number) => entry({ id, at: receivedAt, receivedAt });
  await store.transaction((ledger) =>
    ledger.append([at('1', start), at('2', start + hour), at('3', start + 2 * hour)]),
  );
  await store.samples.add(start + hour, { events: 3 });
  expect(await source.cursorAt(start)).toEqual({ event: 0, alertEvent: 0, sample: 0 });
  expect(await source.cursorAt(start + hour)).toMatchObject({ event: 1, sample: 0 });
  expect(await source.cursorAt(start + 3 * hour)).toMatchObject({ event: 3, sample: 1 });
  expect(await source.end()).toEqual({ event: 3, alertEvent: 0, sample: 1 });
});

test('knows the end of a log whose latest lines are gone', async () => {
  const { storage, store, source } = await openSource();
  await store.samples.add(start, { events: 1 });
  await store.samples.add(start + minute, { events: 1 });
  await storage.query('delete from system_sample');
  expect((await source.end()).sample).toBe(2);
});

test('measures the gateway itself, and forgets it after a month', async () => {
  const { store, source } = await openSource();
  await store.samples.add(start, { events: 1 });
  await store.samples.add(start + 32 * 24 * hour, { events: 2, memory_bytes: 5 });
  const page = await source.read(beginning, 100);
  expect(pointsOf(page)).toEqual([
    {
      measurement: 'system',
      tags: {},
      fields: { events: 2, memory_bytes: 5 },
      at: start + 32 * 24 * hour,
      seq: 2,
      timeZone: 'UTC',
    },
  ]);
});

test('tells where a device stood when it spoke, and nothing of a name or an address', async () => {
  const { storage, store, source } = await openSource();
  await storage.query(
    `insert into consent values ('norr', 'resident-home-1', 'statistics', ${start}, null)`,
  );
  await storage.query(`update binding set until_at = ${start + hour} where home_id = 'home-1'`);
  await storage.query(
    `insert into binding values ('norr', 'button-home-1', 'home-1', 'bedroom', ${start + hour}, null)`,
  );
  const door = (id: string, at: number) =>
    entry({ id, type: 'door.opened', at, receivedAt: at, data: { note: 'Elsa' } });
  await store.transaction((ledger) =>
    ledger.append([door('1', start + minute), door('2', start + 2 * hour)]),
  );
  const points = pointsOf(await source.read(beginning, 100));
  const rooms = points.filter(({ measurement }) => measurement === 'door');
  expect(rooms.map(({ tags }) => tags.room)).toEqual(['worn', 'bedroom']);
  expect(JSON.stringify(points)).not.toMatch(/Elsa|Storgatan|Larmknapp/);
});

test('reads on from where it stopped, each line once', async () => {
  const { store, source } = await openSource();
  await store.transaction((ledger) =>
    ledger.append(
      Array.from({ length: 7 }, (_, index) =>
        entry({ id: `b${index}`, type: 'battery.measured', data: { percent: index } }),
      ),
    ),
  );
  const read: number[] = [];
  let page = await source.read(beginning, 3);
  for (;;) {
    read.push(...page.events.map(({ seq }) => seq));
    if (!page.isMore) break;
    page = await source.read(page.next, 3);
  }
  expect(read).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await source.waitingSince(page.next)).toBeNull();
});
