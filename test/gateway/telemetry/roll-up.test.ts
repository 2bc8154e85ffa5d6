import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import { retentions } from '../../../gateway/domain/series/retention.ts';
import { trim } from '../../../gateway/telemetry/retention.ts';
import { embeddedWorld } from './embedded-world.ts';
import { at, hour, minute, pointAt } from './telemetry-point.ts';
import { dayOf, hourOf, summarised } from './telemetry-truth.ts';

const rawMs = retentions.life.raw * 24 * hour;
const nights = [at('2026-03-29T00:00'), at('2026-10-25T00:00')];
const homes = ['a', 'b'];

type Doing =
  | { what: 'write'; points: readonly Point[] }
  | { what: 'again' }
  | { what: 'trim'; at: number }
  /** From a log that has lost some of what it told, as when consent is withdrawn. */
  | { what: 'backfill'; from: number; lost: string | null };

/** In quarters, so that sums are exact in whatever order; around the nights when clocks change, and in a few places. */
const anyPoint = fc
  .record({
    night: fc.constantFrom(...nights),
    minutes: fc.integer({ min: -26 * 60, max: 50 * 60 }),
    seq: fc.constantFrom(0, 1, 999_999),
    quarters: fc.integer({ min: -400, max: 400 }),
    home: fc.constantFrom(...homes),
  })
  .map(({ night, minutes, seq, quarters, home }) =>
    pointAt(night + Math.trunc(minutes / 7) * 7 * minute, quarters / 4, {
      seq,
      tags: { municipality: 'norr', home },
    }),
  );

const anyDoing = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      what: fc.constant('write' as const),
      points: fc.array(anyPoint, { maxLength: 25 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ what: 'again' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('trim' as const),
      at: fc
        .tuple(fc.constantFrom(...nights), fc.integer({ min: -26, max: 50 }))
        .map(([night, hours]) => night + hours * hour + 20 * minute + rawMs),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('backfill' as const),
      from: fc
        .tuple(fc.constantFrom(...nights), fc.integer({ min: -26, max: 50 }))
        .map(([night, hours]) => night + hours * hour),
      lost: fc.constantFrom(null, null, ...homes),
    }),
  },
);

/** What is taken: all points so far, save those that came when single readings as old were kept no more. */
interface Expected {
  log: Point[];
  taken: Map<string, Point>;
  mark: number;
}

function take(expected: Expected, points: readonly Point[]): number {
  const young = points.filter((point) => point.at >= expected.mark);
  for (const point of young)
    expected.taken.set(`${point.tags.home} ${point.at} ${point.seq}`, point);
  return points.length - young.length;
}

async function apply(
  world: Awaited<ReturnType<typeof embeddedWorld>>,
  doing: Doing,
  expected: Expected,
): Promise<void> {
  const write = async (points: readonly Point[]) => {
    const answer = await world.sink.write(points);
    const refused = take(expected, points);
    expect(answer).toMatchObject({ kind: 'written', refused: { length: refused } });
  };
  if (doing.what === 'write') {
    expected.log.push(...doing.points);
    await write(doing.points);
  } else if (doing.what === 'again') {
    await write(expected.log);
  } else if (doing.what === 'trim') {
    await trim({ file: world.file, at: doing.at, retentions });
    expected.mark = Math.max(expected.mark, hourOf(doing.at - rawMs));
  } else {
    await world.sink.prepareBackfill(doing.from);
    expected.log = expected.log.filter(({ tags }) => tags.home !== doing.lost);
    const { mark } = expected;
    expected.mark = Math.min(mark, doing.from);
    for (const [key, point] of expected.taken)
      if (point.at >= doing.from) expected.taken.delete(key);
    await write(expected.log);
  }
}

test('hours and days are what the points themselves come to, in whatever order, with repeats, trims and backfills', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyDoing, { minLength: 1, maxLength: 8 }), async (doings) => {
      const world = await embeddedWorld();
      const expected: Expected = { log: [], taken: new Map(), mark: Number.NEGATIVE_INFINITY };
      for (const doing of doings) await apply(world, doing, expected);
      for (const home of homes) {
        const own = [...expected.taken.values()].filter(({ tags }) => tags.home === home);
        const where = { home };
        expect(await world.steps({ where, step: 'hour' })).toEqual(summarised(own, hourOf));
        expect(await world.steps({ where, step: 'day' })).toEqual(summarised(own, dayOf));
      }
      world.file.close();
    }),
    { numRuns: 60, seed: 6 },
  );
});

test('a count that is made again replaces the one before, in the hour and the day too', async () => {
  const { write, steps } = await embeddedWorld();
  const count = (value: number, quarter: number) =>
    pointAt(nights[0] ?? 0, 0, {
      measurement: 'activity',
      tags: { municipality: 'norr', home: 'a', room: 'hall', lane: 'movement' },
      fields: { count: value },
      at: (nights[0] ?? 0) + quarter * 15 * minute,
    });
  await write([count(3, 0), count(2, 1)]);
  await write([count(5, 0)]);
  const asked = { measurement: 'activity', field: 'count' } as const;
  const expected = { count: 2, sum: 7, min: 2, max: 5, last: 2 };
  for (const step of ['hour', 'day'] as const)
    expect(Object.values(await steps({ ...asked, step }))).toEqual([expected]);
});

test('days by another clock than that of the home are counted from the hours', async () => {
  const { write, steps } = await embeddedWorld();
  const midnight = at('2026-07-01T00:00');
  await write([pointAt(midnight - hour, 1), pointAt(midnight + hour, 2)]);
  const elsewhere = await steps({ step: 'day', timeZone: 'Europe/Helsinki' });
  const there = midnight - hour;
  expect(elsewhere).toEqual({ [there]: { count: 2, sum: 3, min: 1, max: 2, last: 2 } });
  expect(Object.keys(await steps({ step: 'day' }))).toHaveLength(2);
});

test('the last of several series is the one that was measured last, to the place in the log', async () => {
  const { write, steps } = await embeddedWorld();
  const noon = at('2026-07-01T12:00');
  const of = (device: string, offset: number, seq: number, value: number) =>
    pointAt(noon + offset, value, { seq, tags: { municipality: 'norr', device } });
  await write([of('a', 20 * minute, 2, 1), of('b', 20 * minute, 3, -1), of('b', minute, 1, 9)]);
  for (const step of ['hour', 'day'] as const)
    expect(Object.values(await steps({ step }))).toMatchObject([{ count: 3, last: -1 }]);
  await write([of('a', 20 * minute + 1, 4, 7)]);
  for (const step of ['hour', 'day'] as const)
    expect(Object.values(await steps({ step }))).toMatchObject([{ count: 4, last: 7 }]);
});

test('what the gateway measured of itself outlasts a backfill, for its log does not', async () => {
  const world = await embeddedWorld();
  const noon = at('2026-07-01T12:00');
  const system = { measurement: 'system', tags: {}, fields: { events: 3 } } as const;
  await world.write([pointAt(noon, 3, system), pointAt(noon, 21)]);
  await world.sink.prepareBackfill(0);
  expect(world.rows('reading')).toBe(1);
  expect(world.rows('hour')).toBe(1);
  expect(world.rows('day')).toBe(1);
});
