import { join } from 'node:path';

import { pino } from 'pino';
import { Registry } from 'prom-client';
import { expect, onTestFinished, test } from 'vitest';

import { createMetrics } from '../../gateway/services/metrics.ts';
import { createTelemetry } from '../../gateway/telemetry.ts';
import { createSqliteProgress } from '../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../gateway/telemetry/telemetry-file.ts';
import { addHome, furnish, hour, scopeOf, start } from './store/furnish.ts';
import { createSqliteStorage } from './store/sqlite-storage.ts';

test('tells once, and on the page as long as it is so, that homes are to be erased where it cannot', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': [] } });
  const consents = ['help', 'activity', 'statistics'] as const;
  for (const id of ['home-1', 'home-2']) {
    await addHome(store, { id, municipalityId: 'norr', unitId: 'norr-1', consents });
  }
  const file = openTelemetryFile(join(storage.folder, 'telemetry.db'), { readOnly: false });
  onTestFinished(() => file.close());
  const progress = createSqliteProgress(file);
  const from = await progress.cursor('influx-1');
  const homes = new Set(['home-1', 'home-2']);
  await progress.advance('influx-1', { from, to: from, refused: [], homes, at: start });
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(line) });
  const telemetry = createTelemetry({
    config: {
      dataDir: storage.folder,
      telemetry: { sinks: ['embedded'], rawDays: 90, lagMs: 60_000, influx1: null, influx2: null },
    },
    metrics: createMetrics(new Registry()),
    clock: () => start + 2 * hour,
    log,
  });
  onTestFinished(() => telemetry.stop());
  const left = async () => {
    await telemetry.settle();
    return (await telemetry.desk.status(scopeOf({ role: 'technician' }))).leftBehind;
  };
  expect(await left()).toEqual([]);
  const withdraw = (home: string) =>
    storage.query(
      `update consent set until_at = ${start + hour}
       where resident_id = 'resident-${home}' and purpose = 'statistics'`,
    );
  await withdraw('home-1');
  expect(await left()).toEqual([{ name: 'influx-1', homes: 1 }]);
  expect(await left()).toEqual([{ name: 'influx-1', homes: 1 }]);
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    { sink: 'influx-1', homes: 1, advice: expect.stringContaining('telemetry forget influx-1') },
  ]);
  expect(lines.join('')).not.toContain('home-1');
  await withdraw('home-2');
  expect(await left()).toEqual([{ name: 'influx-1', homes: 2 }]);
  expect(lines).toHaveLength(2);
  await progress.forgetSink('influx-1');
  expect(await left()).toEqual([]);
  expect(lines).toHaveLength(2);
});
