import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { KeptDay } from '../../../gateway/domain/series/home-days.ts';
import { createSqliteHomeDays } from '../../../gateway/telemetry/sqlite-home-days.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const dayOf = (day: string, activity: number): KeptDay => ({
  day,
  from: Date.parse(`${day}T00:00:00+01:00`),
  to: Date.parse(`${day}T24:00:00+01:00`),
  isComplete: true,
  bands: [{ kind: 'rest', from: 0, to: 60_000, isEstimated: true }],
  roseAt: null,
  wentToBedAt: null,
  nightsUp: 2,
  upMinutes: 12,
  restMinutes: null,
  awayMinutes: 0,
  rooms: 4,
  bathroom: { visits: 3, minutes: 20, longestMinutes: 11 },
  activity,
});

async function open() {
  const file = openTelemetryFile(join(await temporaryFolder(), 'telemetry.db'), {
    readOnly: false,
  });
  onTestFinished(() => file.close());
  return createSqliteHomeDays(file);
}

test('reads the days of a home from the first to the last, as they were saved last', async () => {
  const days = await open();
  await days.save('home-1', [dayOf('2026-11-03', 3), dayOf('2026-11-01', 1)]);
  await days.save('home-1', [dayOf('2026-11-02', 2), dayOf('2026-11-01', 9)]);
  await days.save('home-2', [dayOf('2026-11-02', 7)]);
  expect(await days.read('home-1', '2026-11-01', '2026-11-02')).toStrictEqual([
    dayOf('2026-11-01', 9),
    dayOf('2026-11-02', 2),
  ]);
});

test('gives the days to work out in the order they were marked, each once, until they are clean', async () => {
  const days = await open();
  const [first, second] = [
    { homeId: 'home-2', day: '2026-11-02' },
    { homeId: 'home-1', day: '2026-11-09' },
  ];
  await days.markDirty([first, second], 40);
  await days.markDirty([first], 41);
  expect(await days.eventCursor()).toBe(41);
  expect(await days.dirty(9)).toStrictEqual([first, second]);
  expect(await days.dirty(1)).toStrictEqual([first]);
  await days.clean('home-2', '2026-11-02');
  expect(await days.dirty(9)).toStrictEqual([second]);
});

test('erases all of a home and nothing of another', async () => {
  const days = await open();
  expect(await days.eventCursor()).toBe(0);
  await days.save('home-1', [dayOf('2026-11-01', 1)]);
  await days.save('home-2', [dayOf('2026-11-01', 1)]);
  await days.markDirty([{ homeId: 'home-1', day: '2026-11-02' }], 1);
  await days.markDirty([{ homeId: 'home-3', day: '2026-11-02' }], 2);
  expect(await days.homes()).toStrictEqual(['home-1', 'home-2', 'home-3']);
  await days.eraseHome('home-1');
  expect(await days.homes()).toStrictEqual(['home-2', 'home-3']);
  expect(await days.read('home-1', '2026-01-01', '2026-12-31')).toStrictEqual([]);
  expect(await days.dirty(9)).toStrictEqual([{ homeId: 'home-3', day: '2026-11-02' }]);
});
