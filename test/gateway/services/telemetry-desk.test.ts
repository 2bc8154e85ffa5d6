import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { beginning } from '../../../gateway/domain/series/progress.ts';
import type { LeftBehind, SinkStatus } from '../../../gateway/domain/series/telemetry.ts';
import { createTelemetryDesk } from '../../../gateway/services/telemetry-desk.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { scopeOf } from '../store/furnish.ts';

const at = Date.parse('2026-11-22T02:00:00Z');

function refusedOf(municipality: string, seq: number): Point {
  return {
    measurement: 'temperature',
    tags: { municipality, home: 'home-1', room: 'kitchen', device: 'warm' },
    fields: { celsius: 20 },
    at: at + seq,
    seq,
    timeZone: 'Europe/Stockholm',
  };
}

async function openDesk(
  statuses: readonly SinkStatus[] = [],
  leftBehind: readonly LeftBehind[] = [],
) {
  const path = join(await temporaryFolder(), 'telemetry.db');
  const file = openTelemetryFile(path, { readOnly: false });
  onTestFinished(() => file.close());
  const progress = createSqliteProgress(file);
  const points = [1, 2, 3].map((seq) => refusedOf('norr', seq));
  await progress.advance('embedded', {
    from: beginning,
    to: { ...beginning, event: 4 },
    refused: [...points, refusedOf('syd', 4)].map((point) => ({ point, reason: 'Too old.' })),
    homes: new Set(),
    at,
  });
  return createTelemetryDesk({
    sinks: ['embedded', 'influx-2'],
    statuses: () => statuses,
    leftBehind: () => leftBehind,
    progress,
    clock: () => at,
  });
}

test('how far behind each store is, also one that nothing has been heard of yet', async () => {
  const waiting: SinkStatus = {
    name: 'influx-2',
    state: 'waiting',
    waitingSince: at - 90_000,
    written: 7,
    refused: 1,
    trouble: { reason: 'It is away.', since: at - 60_000 },
  };
  const desk = await openDesk([waiting], [{ name: 'influx-1', homes: 2 }]);
  expect(await desk.status(scopeOf({ role: 'technician' }))).toEqual({
    asked: 'embedded',
    sinks: [
      {
        name: 'embedded',
        state: 'catching-up',
        lagMs: 0,
        written: 0,
        refused: 0,
        trouble: null,
        since: null,
      },
      {
        name: 'influx-2',
        state: 'waiting',
        lagMs: 90_000,
        written: 7,
        refused: 1,
        trouble: 'It is away.',
        since: at - 60_000,
      },
    ],
    leftBehind: [{ name: 'influx-1', homes: 2 }],
  });
});

test('what was refused of one’s own municipality, a page at a time, the newest first', async () => {
  const desk = await openDesk();
  const coordinator = scopeOf({ role: 'coordinator' });
  const first = await desk.refused(coordinator, { limit: 2 });
  expect(first.items.map((item) => item.at)).toEqual([at + 3, at + 2]);
  const cursor = first.next ?? '';
  const rest = await desk.refused(coordinator, { cursor, limit: 2 });
  expect(rest).toMatchObject({ items: [{ at: at + 1, reason: 'Too old.' }], next: null });
  await expect(desk.refused(coordinator, { cursor: 'x', limit: 2 })).rejects.toThrow('one of ours');
});

test('in which home it was is for those who may know how residents live', async () => {
  const desk = await openDesk();
  const tagsFor = async (role: 'coordinator' | 'technician') => {
    const { items } = await desk.refused(scopeOf({ role }), { limit: 1 });
    return items[0]?.tags;
  };
  expect(await tagsFor('coordinator')).toMatchObject({ home: 'home-1', device: 'warm' });
  expect(await tagsFor('technician')).toEqual({ municipality: 'norr', device: 'warm' });
  await expect(desk.refused(scopeOf(), { limit: 1 })).rejects.toThrow('for technicians');
  await expect(desk.status(scopeOf())).rejects.toThrow('for technicians');
});
