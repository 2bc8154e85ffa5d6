import { join } from 'node:path';

import { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import { pointsOf } from '../../../gateway/domain/series/points-of.ts';
import { beginning } from '../../../gateway/domain/series/progress.ts';
import { openConnection, sqliteDialect } from '../../../gateway/store/sqlite-connection.ts';
import {
  createSqliteTelemetrySource,
  openSqliteTelemetrySource,
} from '../../../gateway/store/sqlite-telemetry-source.ts';
import type { Tables } from '../../../gateway/store/tables.ts';
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

test('reads one home from when all there consented to statistics, and never divides an hour', async () => {
  const { storage, store, source } = await openSource();
  const warm = (id: string, at: number, some: Parameters<typeof entry>[0] = { id }) =>
    entry({ ...some, id, at, receivedAt: at, type: 'temperature.measured', data: { celsius: 20 } });
  const minutes = [0, 70, 130, 140, 150, 160, 250, 260];
  await store.transaction((ledger) =>
    ledger.append([
      ...minutes.map((minutesOn) => warm(`t${minutesOn}`, start + minutesOn * minute)),
      warm('late', start + 80 * minute),
      warm('theirs', start, { id: 'theirs', homeId: null, deviceId: null }),
      warm('after', start + 255 * minute),
    ]),
  );
  const read = async (from: number, to: number, limit: number) => {
    const { events, next } = await source.readHome('home-1', { from, to }, limit);
    const told = events.map(({ at }) => (at - start) / minute);
    return { told, next: next === null ? null : (next - start) / minute };
  };
  expect(await read(0, 10, 100)).toEqual({ told: [], next: null });
  await storage.query(
    `insert into consent values ('norr', 'resident-home-1', 'statistics', ${start + minute}, null)`,
  );
  expect(await read(0, 10, 3)).toEqual({ told: [70, 80], next: 120 });
  expect(await read(start + 120 * minute, 10, 3)).toEqual({
    told: [130, 140, 150, 160],
    next: 180,
  });
  expect(await read(start + 180 * minute, 10, 3)).toEqual({ told: [250, 260], next: null });
  expect(await read(start + 180 * minute, 11, 3)).toEqual({ told: [250, 255, 260], next: 300 });
  expect(await read(start + 300 * minute, 11, 3)).toEqual({ told: [], next: null });
  expect(await source.readHome('nowhere', { from: 0, to: 10 }, 3)).toMatchObject({ next: null });
});

test('counts all of a home’s quarters that are read, also what is written after them', async () => {
  const { storage, store, source } = await openSource();
  await storage.query(
    `insert into consent values ('norr', 'resident-home-1', 'statistics', ${start}, null)`,
  );
  const motion = (id: string, at: number) =>
    entry({ id, at, receivedAt: at, type: 'motion.detected', data: {} });
  await store.transaction((ledger) =>
    ledger.append([motion('1', start), motion('2', start + minute), motion('3', start + hour)]),
  );
  const { quarters } = await source.readHome('home-1', { from: 0, to: 1 }, 100);
  expect(quarters).toMatchObject([{ homeId: 'home-1', at: start, lane: 'motion', count: 2 }]);
});

test('finds the lines of a home by an index, in their order', async () => {
  const { storage } = await openSource();
  const connection = openConnection(join(storage.folder, 'vaka.db'), { readOnly: true });
  const asked: string[] = [];
  const listening = {
    ...connection,
    prepare: (sql: string) => {
      if (sql.includes('from event')) asked.push(sql);
      return connection.prepare(sql);
    },
  };
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  onTestFinished(() => connection.close());
  await storage.query(
    `insert into consent values ('norr', 'resident-home-1', 'statistics', ${start}, null)`,
  );
  const source = createSqliteTelemetrySource(listening, db);
  await source.readHome('home-1', { from: 0, to: 10 }, 3);
  const [sql] = asked;
  const plan = connection.prepare(`explain query plan ${sql}`).all('home-1', 0, 1, 10, 3);
  expect(plan.map(({ detail }) => detail)).toEqual([
    'SEARCH event USING INDEX event_home (home_id=? AND at>? AND at<?)',
    expect.stringMatching(/^SEARCH device /),
  ]);
});
