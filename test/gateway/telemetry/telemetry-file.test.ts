import { fork } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { expect, onTestFinished, test } from 'vitest';

import { AppError } from '../../../gateway/domain/errors.ts';
import { beginning } from '../../../gateway/domain/series/progress.ts';
import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { createSqliteHomeDays } from '../../../gateway/telemetry/sqlite-home-days.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { embeddedWorld } from './embedded-world.ts';
import { askedOf, at, pointAt, valuesOf } from './telemetry-point.ts';

const noon = at('2026-10-25T12:00');

async function newPath(): Promise<string> {
  return join(await temporaryFolder(), 'telemetry.db');
}

function opened(path: string, readOnly: boolean) {
  const file = openTelemetryFile(path, { readOnly });
  onTestFinished(() => file.close());
  return file;
}

function refusal(work: () => unknown): AppError {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

test('a reader that comes first finds nothing, and what is written once somebody has made the file', async () => {
  const path = await newPath();
  const reader = opened(path, true);
  const query = createEmbeddedQuery(reader);
  const progress = createSqliteProgress(reader);
  const days = createSqliteHomeDays(reader);
  expect(await query.series(askedOf())).toEqual([]);
  expect(await progress.cursor('embedded')).toEqual(beginning);
  expect(await progress.refused({ municipalityId: null, before: null, limit: 9 })).toEqual([]);
  expect(await progress.refusedCount('embedded')).toBe(0);
  expect(await days.read('home-1', '2026-01-01', '2026-12-31')).toEqual([]);
  expect(await days.eventCursor()).toBe(0);

  // A file without tables, as it is between its making and its first commit.
  new DatabaseSync(path).close();
  expect(await query.series(askedOf())).toEqual([]);

  const sink = createEmbeddedSink(opened(path, false));
  await sink.write([pointAt(noon, 1)]);
  expect(valuesOf(await query.series(askedOf()))).toEqual([[noon, 1]]);
});

test('a reader cannot write', async () => {
  const { path } = await embeddedWorld();
  const progress = createSqliteProgress(opened(path, true));
  await expect(progress.rewind('embedded', beginning)).rejects.toThrow(/readonly/);
  const early = createSqliteProgress(opened(await newPath(), true));
  await expect(early.rewind('embedded', beginning)).rejects.toThrow('no file of history');
});

test.each([
  ['that is none', async (path: string) => writeFile(path, 'This is a letter.'.repeat(500))],
  [
    'whose beginning is overwritten',
    async (path: string) => {
      openTelemetryFile(path, { readOnly: false }).close();
      const handle = await open(path, 'r+');
      await handle.write(Buffer.alloc(4_096, 7), 0, 4_096, 0);
      await handle.close();
    },
  ],
])('refuses a file %s, and says what to do', async (_, damage) => {
  const path = await newPath();
  await damage(path);
  const error = refusal(() => openTelemetryFile(path, { readOnly: false }));
  expect(error.message).toMatch(/damaged.*remove it.*start again/);
  const reader = opened(path, true);
  expect(refusal(() => reader.all('select 1 from sink')).message).toBe(error.message);
});

test('waits, and says why, when a file turns out to be damaged while it is written to', async () => {
  const path = await newPath();
  const before = openTelemetryFile(path, { readOnly: false });
  const points = Array.from({ length: 3_000 }, (_none, index) => pointAt(noon + index, index));
  await createEmbeddedSink(before).write(points);
  before.close();
  const handle = await open(path, 'r+');
  const { size } = await handle.stat();
  await handle.write(Buffer.alloc(size - 4_096, 7), 0, size - 4_096, 4_096);
  await handle.close();
  const sink = createEmbeddedSink(opened(path, false));
  const answer = await sink.write([pointAt(noon, 2)]);
  expect(answer).toMatchObject({ kind: 'later', reason: expect.stringContaining('damaged') });
  expect(await sink.eraseHome('home-1')).toContain('damaged');
});

test('refuses a file of a newer release, to writers and readers', async () => {
  const path = await newPath();
  openTelemetryFile(path, { readOnly: false }).close();
  const database = new DatabaseSync(path);
  database.exec('pragma user_version = 99');
  database.close();
  const error = refusal(() => openTelemetryFile(path, { readOnly: false }));
  expect(error.message).toMatch(/newer Vaka.*remove the file/);
  expect(refusal(() => opened(path, true).all('select 1')).message).toBe(error.message);
});

test('keeps nothing of work that fails halfway', async () => {
  const { file } = await embeddedWorld();
  const days = createSqliteHomeDays(file);
  expect(() =>
    file.transaction(() => {
      file.run('insert into rhythm_cursor values (1, 5)');
      throw new Error('The light went out.');
    }),
  ).toThrow('The light went out.');
  expect(await days.eventCursor()).toBe(0);
  await days.markDirty([], 6);
  expect(await days.eventCursor()).toBe(6);
});

test('writes to what another connection has erased as to something new', async () => {
  const { path, file, write, steps, rows } = await embeddedWorld();
  await write([pointAt(noon, 1)]);
  await createEmbeddedSink(opened(path, false)).eraseHome('home-1');
  expect(rows('series')).toBe(0);
  await write([pointAt(noon, 2)]);
  expect(Object.values(await steps({ step: 'day' }))).toMatchObject([{ count: 1, last: 2 }]);
  const [row] = file.all<{ id: number }>('select id from series');
  expect(row?.id).toBe(2);
});

test('erases a home of more readings than it removes at once, in all steps', async () => {
  const { sink, write, rows } = await embeddedWorld();
  const many = Array.from({ length: 12_000 }, (_, index) => pointAt(noon + index * 20_000, 1));
  await write(many);
  expect(await sink.eraseHome('home-1')).toBeNull();
  for (const table of ['reading', 'hour', 'day', 'series'] as const) expect(rows(table)).toBe(0);
});

test('two processes that make, write and move on at once lose nothing and count nothing twice', async () => {
  const path = await newPath();
  const rounds = 60;
  const module = new URL('./writing-process.ts', import.meta.url);
  const children = [1, 2].map(() => fork(module, [path, String(rounds)], { execArgv: [] }));
  const ends = await Promise.all(children.map((child) => once(child, 'exit')));
  expect(ends).toEqual([
    [0, null],
    [0, null],
  ]);
  const reader = opened(path, true);
  const progress = createSqliteProgress(reader);
  expect(await progress.cursor('embedded')).toEqual({ ...beginning, event: 2 * rounds });
  expect(await progress.homes('embedded')).toMatchObject([{ id: 'home-1' }]);
  const span = { from: at('2026-10-25T00:00'), to: at('2026-10-26T00:00') };
  const [series] = await createEmbeddedQuery(reader).series(askedOf({ ...span, step: 'hour' }));
  expect(series?.points).toMatchObject([{ count: rounds * 50, sum: rounds * 1_225 }]);
});
