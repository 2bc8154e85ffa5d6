import { describe, expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { abouts, retentions, retentionsWith } from '../../../gateway/domain/series/retention.ts';
import { trim } from '../../../gateway/telemetry/retention.ts';
import { embeddedWorld } from './embedded-world.ts';
import { at, hour, pointAt } from './telemetry-point.ts';

const now = at('2026-10-25T12:34');
const dayMs = 24 * hour;
const ago = (days: number) => now - days * dayMs;
const tags = { municipality: 'norr', home: 'home-1', device: 'thermometer-1' };
const battery = (time: number, percent: number): Point =>
  pointAt(time, 0, { measurement: 'battery', tags, fields: { percent } });
const alert = (time: number): Point =>
  pointAt(time, 0, {
    measurement: 'alert',
    tags: { municipality: 'norr', rule: 'fall' },
    fields: { screen_seconds: 2 },
  });
const ages = [1, 89, 92, 399, 402, 729, 732, 3_649, 3_652];
const nothing = { raw: 0, hour: 0, day: 0, series: 0 };

describe('trimming', () => {
  test('removes what each kind has kept for long enough, and says how much', async () => {
    const { file, write, steps } = await embeddedWorld();
    await write(
      ages.flatMap((days) => [
        pointAt(ago(days), days, { tags }),
        battery(ago(days), 9),
        alert(ago(days)),
      ]),
    );
    expect(await trim({ file, at: now, retentions })).toEqual({
      life: { raw: 7, hour: 3, day: 3, series: 0 },
      equipment: { raw: 7, hour: 3, day: 1, series: 0 },
      service: { raw: 5, hour: 3, day: 1, series: 0 },
    });
    const left = async (changes: Parameters<typeof steps>[0]) => {
      const counts = (['raw', 'hour', 'day'] as const).map(
        async (step) => Object.keys(await steps({ ...changes, step })).length,
      );
      return Promise.all(counts);
    };
    expect(await left({})).toEqual([2, 6, 6]);
    expect(await left({ measurement: 'battery', field: 'percent' })).toEqual([2, 6, 8]);
    expect(await left({ measurement: 'alert', field: 'screen_seconds' })).toEqual([4, 6, 8]);
    const again = await trim({ file, at: now, retentions });
    expect(again).toEqual({ life: nothing, equipment: nothing, service: nothing });
  });

  test('takes whole hours, and refuses what is older, with the reason, from then on', async () => {
    const { file, sink, write, steps } = await embeddedWorld();
    const mark = at('2026-07-27T13:00');
    await write([pointAt(mark - 1, 1), pointAt(mark, 2), pointAt(mark + 1, 3)]);
    await trim({ file, at: now, retentions });
    expect(Object.keys(await steps({ step: 'raw' }))).toEqual([String(mark), String(mark + 1)]);
    const late = pointAt(mark - 2, 7);
    const onTime = pointAt(mark, 4, { seq: 2 });
    const answer = await sink.write([late, onTime, battery(mark, 50), alert(ago(300))]);
    expect(answer).toEqual({
      kind: 'written',
      refused: [{ point: late, reason: expect.stringContaining('older than 2026-07-27T11:00:00') }],
    });
    expect(Object.values(await steps({ step: 'hour' }))).toMatchObject([
      { count: 1, sum: 1 },
      { count: 3, sum: 9 },
    ]);
  });

  test('takes what is older of a home that was erased and is written anew', async () => {
    const { file, sink, steps } = await embeddedWorld();
    await trim({ file, at: now, retentions });
    const old = [pointAt(ago(91), 1), pointAt(ago(91), 2, { seq: 2 })];
    expect(await sink.write(old, true)).toEqual({ kind: 'written', refused: [] });
    await trim({ file, at: now, retentions });
    expect(Object.values(await steps({ step: 'hour' }))).toMatchObject([{ count: 2, sum: 3 }]);
    expect(await sink.write(old)).toMatchObject({ refused: { length: 2 } });
  });

  test('keeps what lines of the log that still wait will be counted with', async () => {
    const { file, write, steps } = await embeddedWorld();
    await write([pointAt(ago(200), 1)]);
    await trim({ file, at: ago(150), retentions });
    await write([pointAt(ago(200), 2, { seq: 2 })]);
    expect(Object.values(await steps({ step: 'hour' }))).toMatchObject([{ count: 2, sum: 3 }]);
  });

  test('never lowers what is refused, though the clock is put back', async () => {
    const { file, sink } = await embeddedWorld();
    await trim({ file, at: now, retentions });
    await trim({ file, at: ago(300), retentions });
    expect(await sink.write([pointAt(ago(91), 1)])).toMatchObject({ refused: { length: 1 } });
  });

  test('removes a series that nothing is left of, and takes it again when it comes again', async () => {
    const { file, write, steps, rows } = await embeddedWorld();
    await write([pointAt(ago(800), 1)]);
    const { life } = await trim({ file, at: now, retentions });
    expect(life).toEqual({ raw: 1, hour: 1, day: 1, series: 1 });
    expect(rows('series')).toBe(0);
    await write([pointAt(now, 2)]);
    expect(Object.values(await steps({ step: 'day' }))).toMatchObject([{ count: 1, last: 2 }]);
  });

  test('takes more readings of one series than it removes at once', async () => {
    const { file, write, rows } = await embeddedWorld();
    const many = Array.from({ length: 12_000 }, (_, index) => pointAt(ago(95) + index * 20_000, 1));
    await write([...many, pointAt(now, 1)]);
    const { life } = await trim({ file, at: now, retentions });
    expect(life).toEqual({ raw: 12_000, hour: 0, day: 0, series: 0 });
    expect([rows('reading'), rows('hour')]).toEqual([1, 69]);
  });
});

describe('how long it is kept', () => {
  test.each([7, 90, 800, 3_650])(
    'keeps hours for as long as readings of %i days, and how somebody lives for two years at the most',
    (rawDays) => {
      const chosen = retentionsWith(rawDays);
      for (const about of abouts) {
        const { raw, hour: hours, day } = chosen[about];
        expect(raw).toBeLessThanOrEqual(hours);
        expect(hours).toBeLessThanOrEqual(day);
      }
      expect(chosen.life).toEqual({ raw: Math.min(rawDays, 730), hour: 730, day: 730 });
      expect(chosen.equipment.raw).toBe(rawDays);
      expect(chosen.service.raw).toBe(Math.max(rawDays, 400));
    },
  );

  test('is as it is by default when readings are kept for ninety days', () => {
    expect(retentionsWith(90)).toEqual(retentions);
  });
});
