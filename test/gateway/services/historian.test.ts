import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { TelemetrySink } from '../../../gateway/domain/series/sink.ts';
import type { SinkStatus } from '../../../gateway/domain/series/telemetry.ts';
import { createHistorian } from '../../../gateway/services/historian.ts';
import { createPump } from '../../../gateway/services/telemetry-pump.ts';
import { openSqliteTelemetrySource } from '../../../gateway/store/sqlite-telemetry-source.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { addHome, furnish, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

/** Nothing waits to be written, and nothing has failed yet. */
async function open(changed: Partial<TelemetrySink> = {}) {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': [] } });
  await addHome(store, { id: 'home-1', municipalityId: 'norr', unitId: 'norr-1' });
  const file = openTelemetryFile(join(storage.folder, 'telemetry.db'), { readOnly: false });
  const { source, close } = openSqliteTelemetrySource(join(storage.folder, 'vaka.db'));
  onTestFinished(() => {
    close();
    file.close();
  });
  const progress = createSqliteProgress(file);
  const sink = { ...createEmbeddedSink(file), ...changed };
  const clock = { now: start };
  const statuses: SinkStatus[] = [];
  const historian = createHistorian({
    pumps: [
      {
        name: sink.name,
        pump: createPump({ sink, source, progress, clock: () => clock.now, dice: () => 0 }),
        refused: () => progress.refusedCount(sink.name),
      },
    ],
    chores: [],
    clock: () => clock.now,
    pause: async () => {},
    told: (status) => statuses.push(status),
    failed: () => {},
  });
  return { historian, file, progress, clock, statuses };
}

test('tells that it waits, and since when, when its own file cannot be read any more', async () => {
  const { historian, file, clock, statuses } = await open();
  await historian.settle();
  expect(statuses.at(-1)).toMatchObject({ state: 'up-to-date', waitingSince: null, trouble: null });
  file.close();
  for (clock.now of [start + 60_000, start + 120_000]) {
    await expect(historian.settle()).rejects.toThrow('closed');
  }
  const since = start + 60_000;
  expect(statuses.at(-1)).toMatchObject({ state: 'waiting', waitingSince: since });
  expect(statuses.at(-1)?.trouble?.since).toBe(since);
});

test('tells that a home which does not consent is still there, until it is not', async () => {
  let why: string | null = 'It is away.';
  const { historian, progress, statuses } = await open({ eraseHome: async () => why });
  const from = await progress.cursor('embedded');
  const homes = new Set(['home-1']);
  await progress.advance('embedded', { from, to: from, refused: [], homes, at: start });
  await expect(historian.settle()).rejects.toThrow('It is away.');
  expect(statuses.at(-1)?.trouble?.reason).toContain('could not be erased: It is away.');
  why = null;
  await historian.settle();
  expect(statuses.at(-1)?.trouble).toBeNull();
  expect(await progress.homes('embedded')).toEqual([]);
});
