import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { createPump } from '../../gateway/services/telemetry-pump.ts';
import { openSqliteTelemetrySource } from '../../gateway/store/sqlite-telemetry-source.ts';
import { createEmbeddedQuery } from '../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../gateway/telemetry/embedded.ts';
import { createSqliteProgress } from '../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../gateway/telemetry/telemetry-file.ts';
import { entry, furnish, hour, start } from '../gateway/store/furnish.ts';
import { runVaka } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

test('history is written anew from a date, and says how far it has come and what it could not take', async () => {
  const dataDir = await temporaryFolder();
  const environment = { VAKA_DATA_DIR: dataDir };
  const battery = (id: string, at: number, percent: unknown) =>
    entry({ id, at, receivedAt: at, type: 'battery.measured', data: { percent } });
  await withTools({ environment }, async ({ store }) => {
    await furnish(store, { norr: { 'norr-1': ['home-1'] } });
    await store.transaction((ledger) =>
      ledger.append([
        battery('early', start, 90),
        battery('odd', start + hour, 'full'),
        battery('late', start + 48 * hour, 80),
      ]),
    );
  });
  const run = async (words: string) => {
    const { code, out, err } = await runVaka(words.split(' '), { environment });
    const lines = out.split('\n').filter((line) => line !== '');
    return { code, err, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
  };

  /** As the gateway does it. */
  async function write(): Promise<number[]> {
    const file = openTelemetryFile(join(dataDir, 'telemetry.db'), { readOnly: false });
    const { source, close } = openSqliteTelemetrySource(join(dataDir, 'vaka.db'));
    const progress = createSqliteProgress(file);
    const sink = createEmbeddedSink(file);
    const pump = createPump({ sink, source, progress, clock: () => start, dice: () => 0 });
    while ((await pump.turn()).kind === 'moved');
    const [series] = await createEmbeddedQuery(file).series({
      municipalityId: 'norr',
      measurement: 'battery',
      field: 'percent',
      where: {},
      by: ['device'],
      step: 'hour',
      timeZone: 'UTC',
      from: start,
      to: start + 72 * hour,
    });
    close();
    file.close();
    return series?.points.map(({ last }) => last) ?? [];
  }

  const before = await run('telemetry status');
  expect(before.lines).toEqual([
    {
      sink: 'embedded',
      event: 0,
      alertEvent: 0,
      sample: 0,
      waitingSince: new Date(start).toISOString(),
      refused: 0,
    },
  ]);
  expect(await write()).toEqual([90, 80]);
  expect((await run('telemetry status')).lines).toMatchObject([
    { event: 3, waitingSince: null, refused: 1 },
  ]);
  expect((await run('telemetry refused')).lines).toMatchObject([
    { sink: 'embedded', measurement: 'battery', reason: expect.stringContaining('percent') },
  ]);

  const backfill = await run('telemetry backfill --from 2026-11-22');
  expect(backfill).toMatchObject({ code: 0, lines: [{ sink: 'embedded', event: 2 }] });
  const file = openTelemetryFile(join(dataDir, 'telemetry.db'), { readOnly: false });
  onTestFinished(() => file.close());
  const progress = createSqliteProgress(file);
  await progress.noteHome('influx-1', { id: 'home-1', notedAt: start });
  const advice = expect.stringContaining('VAKA_TELEMETRY');
  expect((await run('telemetry status')).lines).toMatchObject([
    { event: 2 },
    { sink: 'influx-1', homesToErase: 1, advice },
  ]);
  expect(await write()).toEqual([90, 80]);

  const kept = await run('telemetry forget embedded');
  expect(kept).toMatchObject({ code: 1, err: expect.stringContaining('still written to') });
  const forgotten = await run('telemetry forget influx-1');
  expect(forgotten.lines).toEqual([{ sink: 'influx-1', forgottenHomes: 1 }]);
  expect(await progress.homes('influx-1')).toEqual([]);

  const wrong = await run('telemetry backfill --from yesterday');
  expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('such as 2026-01-01') });
  const nowhere = await run('telemetry backfill --from 2026-11-22 --sink influx-2');
  expect(nowhere.err).toContain('There are: embedded.');
});
