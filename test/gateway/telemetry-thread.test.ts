import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import type { SinkStatus } from '../../gateway/domain/series/telemetry.ts';
import { createTelemetryThread } from '../../gateway/telemetry-thread.ts';
import { createEmbeddedSink } from '../../gateway/telemetry/embedded.ts';
import { createSqliteProgress } from '../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../gateway/telemetry/telemetry-file.ts';
import { addHome, entry, furnish, hour, start } from './store/furnish.ts';
import { createSqliteStorage } from './store/sqlite-storage.ts';
import { pointAt } from './telemetry/telemetry-point.ts';

test('what breaks off again and again has waited since it first did', async () => {
  const storage = await createSqliteStorage();
  await storage.open();
  const historyFile = join(storage.folder, 'telemetry.db');
  await writeFile(historyFile, 'This is no database. '.repeat(1_000));
  let now = Date.UTC(2026, 0, 1);
  const began = now;
  const statuses: SinkStatus[] = [];
  const errors: unknown[] = [];
  const thread = createTelemetryThread({
    database: join(storage.folder, 'vaka.db'),
    historyFile,
    config: { sinks: ['embedded'], rawDays: 90, lagMs: 60_000, influx1: null, influx2: null },
    clock: () => now,
    told: (status) => {
      statuses.push(status);
      now += 600_000;
    },
    leftBehind: () => {},
    removed: () => {},
    failed: (error) => errors.push(error),
    startAfterMs: 0,
    restAfterMs: 1,
  });
  onTestFinished(() => thread.stop());
  thread.start();
  await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(2), { timeout: 10_000 });
  expect(statuses[2]).toMatchObject({ state: 'waiting', waitingSince: began });
  expect(statuses[2]?.trouble?.since).toBe(began);
  expect(String(errors[0])).toContain('is damaged');
});

test('erases from the embedded history also when it is written elsewhere by now', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-2'] } });
  await addHome(store, { id: 'home-1', municipalityId: 'norr', unitId: 'norr-1' });
  await storage.query(
    `insert into consent values ('norr', 'resident-home-2', 'statistics', ${start}, null)`,
  );
  await storage.query(
    `update consent set until_at = ${start + hour} where resident_id = 'resident-home-2' and purpose = 'activity'`,
  );
  const told = { homeId: 'home-2', deviceId: 'button-home-2' };
  const [end] = await store.transaction((ledger) =>
    ledger.append([
      entry({ id: 'warm', ...told, type: 'temperature.measured', data: { celsius: 21 } }),
    ]),
  );
  const historyFile = join(storage.folder, 'telemetry.db');
  const file = openTelemetryFile(historyFile, { readOnly: false });
  onTestFinished(() => file.close());
  const progress = createSqliteProgress(file);
  const from = await progress.cursor('embedded');
  const homes = new Set(['home-1', 'home-2']);
  const to = { ...from, event: end ?? NaN };
  await progress.advance('embedded', { from, to, refused: [], homes, at: start });
  await createEmbeddedSink(file).write([
    pointAt(start, 21),
    pointAt(start, 1, {
      measurement: 'activity',
      tags: { municipality: 'norr', home: 'home-2', lane: 'motion', room: 'hall' },
      fields: { count: 1 },
    }),
  ]);
  const influx1 = { url: 'http://127.0.0.1:9', database: 'vaka' };
  const thread = createTelemetryThread({
    database: join(storage.folder, 'vaka.db'),
    historyFile,
    config: { sinks: ['influx-1'], rawDays: 90, lagMs: 60_000, influx1, influx2: null },
    clock: () => start + 2 * hour,
    told: () => {},
    leftBehind: () => {},
    removed: () => {},
    failed: () => {},
    startAfterMs: 0,
  });
  onTestFinished(() => thread.stop());
  thread.start();
  const left = [{ id: 'home-2', notedAt: start + hour + 1 }];
  await vi.waitFor(async () => expect(await progress.homes('embedded')).toEqual(left), {
    timeout: 10_000,
  });
  expect(file.all('select measurement, home_id from series')).toEqual([
    { measurement: 'temperature', home_id: 'home-2' },
  ]);
});
