import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { beginning } from '../../../gateway/domain/series/progress.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const to = { event: 10, alertEvent: 2, sample: 1 };
const point = (municipality: string, at: number): Point => ({
  measurement: 'temperature',
  tags: { municipality, home: `home-${municipality}` },
  fields: { celsius: 20 },
  at,
  seq: 1,
  timeZone: 'Europe/Stockholm',
});
const step = { from: beginning, to, refused: [], homes: new Set<string>(), at: 5 };

async function open() {
  const path = join(await temporaryFolder(), 'telemetry.db');
  const file = openTelemetryFile(path, { readOnly: false });
  onTestFinished(() => file.close());
  return { path, file, progress: createSqliteProgress(file) };
}

test('starts every sink at the beginning, and moves each by itself', async () => {
  const { progress } = await open();
  expect(await progress.advance('influx-2', step)).toBe(true);
  expect(await progress.cursor('influx-2')).toStrictEqual(to);
  expect(await progress.cursor('embedded')).toStrictEqual(beginning);
});

test('keeps nothing of a step that begins where somebody else has moved on from', async () => {
  const { path, progress } = await open();
  const other = openTelemetryFile(path, { readOnly: false });
  onTestFinished(() => other.close());
  await createSqliteProgress(other).rewind('embedded', { ...to, sample: 3 });
  const refused = [{ point: point('norr', 1), reason: 'too hot' }];
  const homes = new Set(['home-1']);
  expect(await progress.advance('embedded', { ...step, refused, homes })).toBe(false);
  expect(await progress.cursor('embedded')).toStrictEqual({ ...to, sample: 3 });
  expect(await progress.homes('embedded')).toStrictEqual([]);
  expect(await progress.refusedCount('embedded')).toBe(0);
});

test('a step under way keeps nothing when the cursor is put back to where that step began', async () => {
  const { progress } = await open();
  await progress.advance('embedded', step);
  const under = { ...step, from: to, to: { ...to, event: 20 } };
  await progress.rewind('embedded', to);
  expect(await progress.advance('embedded', under)).toBe(false);
  expect((await progress.cursor('embedded')).event).toBe(to.event - 1);
});

test('rewinds to where it is told', async () => {
  const { progress } = await open();
  await progress.advance('embedded', step);
  await progress.rewind('embedded', { event: 4, alertEvent: 0, sample: 1 });
  expect(await progress.cursor('embedded')).toStrictEqual({ event: 4, alertEvent: 0, sample: 1 });
});

test('lists what was refused newest first, a page at a time, to those of the municipality', async () => {
  const { progress } = await open();
  const refused = [1, 2, 3].flatMap((at) => [
    { point: point('norr', at), reason: `norr ${at}` },
    { point: point('soder', at), reason: `soder ${at}` },
  ]);
  await progress.advance('influx-1', { ...step, refused });
  const page = { municipalityId: 'norr', before: null, limit: 2 };
  const first = await progress.refused(page);
  expect(first.map(({ reason }) => reason)).toStrictEqual(['norr 3', 'norr 2']);
  expect(first[0]).toMatchObject({
    sink: 'influx-1',
    refusedAt: 5,
    point: point('norr', 3),
  });
  const rest = await progress.refused({ ...page, before: first[1]?.id ?? null });
  expect(rest.map(({ reason }) => reason)).toStrictEqual(['norr 1']);
  expect(await progress.refused({ ...page, municipalityId: null, limit: 9 })).toHaveLength(6);
  expect(await progress.refusedCount('influx-1')).toBe(6);
  expect(await progress.refusedCount('influx-2')).toBe(0);
});

test('lists a point that is refused again once, with the latest reason', async () => {
  const { progress } = await open();
  const refuse = (reason: string) => [{ point: point('norr', 1), reason }];
  await progress.advance('embedded', { ...step, refused: refuse('too hot') });
  await progress.advance('embedded', { ...step, from: to, to: beginning, refused: refuse('hot') });
  const all = await progress.refused({ municipalityId: null, before: null, limit: 9 });
  expect(all.map(({ reason }) => reason)).toStrictEqual(['hot']);
});

test('forgets a home in the sink that it was erased from, and what any sink has refused of it', async () => {
  const { progress } = await open();
  const refused = [{ point: point('norr', 1), reason: 'too hot' }];
  const homes = new Set(['home-norr', 'home-2']);
  await progress.advance('embedded', { ...step, refused, homes });
  await progress.advance('influx-1', { ...step, refused, homes });
  await progress.forgetHome('embedded', 'home-norr');
  expect(await progress.homes('embedded')).toStrictEqual([{ id: 'home-2', notedAt: 5 }]);
  expect(await progress.refusedCount('embedded')).toBe(0);
  expect(await progress.homes('influx-1')).toStrictEqual([
    { id: 'home-2', notedAt: 5 },
    { id: 'home-norr', notedAt: 5 },
  ]);
  expect(await progress.refusedCount('influx-1')).toBe(0);
});

test('notes a home as of another time, and forgets by itself what was refused of it', async () => {
  const { progress } = await open();
  const refused = [{ point: point('norr', 1), reason: 'too hot' }];
  const other = { point: point('syd', 1), reason: 'too cold' };
  const homes = new Set(['home-norr', 'home-2']);
  await progress.advance('embedded', { ...step, refused: [...refused, other], homes });
  await progress.advance('influx-1', { ...step, refused });
  await progress.noteHome('embedded', { id: 'home-norr', notedAt: 3 });
  await progress.noteHome('embedded', { id: 'home-new', notedAt: 9 });
  await progress.forgetRefusedOf('home-norr');
  expect(await progress.homes('embedded')).toStrictEqual([
    { id: 'home-2', notedAt: 5 },
    { id: 'home-new', notedAt: 9 },
    { id: 'home-norr', notedAt: 3 },
  ]);
  expect(await progress.homes('influx-1')).toStrictEqual([]);
  expect(await progress.refusedCount('embedded')).toBe(1);
  expect(await progress.refusedCount('influx-1')).toBe(0);
});

test('forgets all of a sink, so that it begins again, and nothing of the others', async () => {
  const { progress } = await open();
  const refused = [{ point: point('norr', 1), reason: 'too hot' }];
  const homes = new Set(['home-norr']);
  await progress.advance('embedded', { ...step, refused, homes });
  await progress.advance('influx-1', { ...step, refused, homes });
  await progress.forgetSink('influx-1');
  expect(await progress.cursor('influx-1')).toStrictEqual(beginning);
  expect(await progress.homes('influx-1')).toStrictEqual([]);
  expect(await progress.refusedCount('influx-1')).toBe(0);
  expect(await progress.cursor('embedded')).toStrictEqual(to);
  expect(await progress.homes('embedded')).toHaveLength(1);
  expect(await progress.refusedCount('embedded')).toBe(1);
});

test('keeps the latest of what was refused, for each sink by itself, and none for ever', async () => {
  const { file } = await open();
  const progress = createSqliteProgress(file, { refusedKept: 2 });
  const refused = [1, 2, 3].map((at) => ({ point: point('norr', at), reason: 'too old' }));
  await progress.advance('influx-1', { ...step, refused: refused.slice(0, 1) });
  await progress.advance('embedded', { ...step, refused });
  const page = { municipalityId: null, before: null, limit: 9 };
  const all = await progress.refused(page);
  expect(all.map(({ sink, point: { at } }) => [sink, at])).toStrictEqual([
    ['embedded', 3],
    ['embedded', 2],
    ['influx-1', 1],
  ]);
  const day = 24 * 3_600_000;
  await progress.forgetRefused(step.at + 90 * day);
  expect(await progress.refused(page)).toHaveLength(3);
  await progress.forgetRefused(step.at + 90 * day + 1);
  expect(await progress.refused(page)).toStrictEqual([]);
});
