import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import type { SinkStatus } from '../../gateway/domain/series/telemetry.ts';
import { createTelemetryThread } from '../../gateway/telemetry-thread.ts';
import { createSqliteStorage } from './store/sqlite-storage.ts';

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
