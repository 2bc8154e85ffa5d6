import { describe, expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import type {
  AnsweredSeries,
  SeriesQuestion,
  TelemetryQuery,
} from '../../../gateway/domain/series/query.ts';
import type { TelemetrySink } from '../../../gateway/domain/series/sink.ts';
import type { TagName } from '../../../gateway/protocol/series/measurement.ts';
import type { SeriesPoint } from '../../../gateway/protocol/series/series.ts';
import { askedOf, at, hour, minute, pointAt, stockholm, valuesOf } from './telemetry-point.ts';

const noon = at('2026-10-25T12:00');

/** What every store answers that is asked about the past. */
export function describeTelemetryQuery(
  open: () => Promise<{ sink: TelemetrySink; query: TelemetryQuery }>,
  answers: 'every step' | 'raw',
): void {
  async function holding(points: readonly Point[]) {
    const { sink, query } = await open();
    expect(await sink.write(points)).toEqual({ kind: 'written', refused: [] });
    return (changes: Partial<SeriesQuestion> = {}) => query.series(askedOf(changes));
  }

  const inRoom = (time: number, value: number, tags: Partial<Record<TagName, string>>) =>
    pointAt(time, value, { tags: { municipality: 'norr', ...tags } });

  describe('asking', () => {
    test('nothing known gives no series', async () => {
      const ask = await holding([]);
      expect(await ask()).toEqual([]);
      expect(await ask({ by: ['device'] })).toEqual([]);
    });

    test('a single reading is its own count, mean, least, most, sum and last', async () => {
      const ask = await holding([pointAt(noon, 20.5)]);
      const [series] = await ask();
      expect(series).toEqual({
        tags: {},
        points: [{ at: noon, count: 1, mean: 20.5, min: 20.5, max: 20.5, sum: 20.5, last: 20.5 }],
      });
    });

    test('gives what is from the beginning on and before the end, to the millisecond', async () => {
      const ask = await holding([-1, 0, 1, 999, 1_000].map((ms) => pointAt(noon + ms, ms)));
      const span = { from: noon, to: noon + 1_000 };
      expect(valuesOf(await ask(span)).map(([, value]) => value)).toEqual([0, 1, 999]);
    });

    test('years are asked for as well as a millisecond', async () => {
      const ask = await holding([pointAt(at('2026-01-01T00:00'), 1), pointAt(noon, 2)]);
      const years = { from: at('2020-01-01T00:00'), to: at('2029-01-01T00:00') };
      expect(valuesOf(await ask(years)).map(([, value]) => value)).toEqual([1, 2]);
    });

    test('one municipality never gets what is another’s, whatever it asks for', async () => {
      const ofNobody = pointAt(noon, 2, { tags: { device: 'x' } });
      const ask = await holding([pointAt(noon, 1), ofNobody]);
      expect(await ask({ municipalityId: 'syd' })).toEqual([]);
      expect(await ask({ municipalityId: 'syd', where: { municipality: 'norr' } })).toEqual([]);
      expect(await ask({ municipalityId: 'syd', by: ['municipality'] })).toEqual([]);
      expect(await ask({ municipalityId: "syd' OR 'a' = 'a" })).toEqual([]);
      expect(await ask({ municipalityId: 'syd" or "a" == "a' })).toEqual([]);
      expect(await ask({ municipalityId: '' })).toEqual([]);
    });

    test('only what has all of the tags asked for', async () => {
      const ask = await holding([
        inRoom(noon, 1, { home: 'a', room: 'kitchen' }),
        inRoom(noon + 1, 2, { home: 'a', room: 'hall' }),
        inRoom(noon + 2, 3, { home: 'b', room: 'kitchen' }),
        inRoom(noon + 3, 4, { home: 'a' }),
      ]);
      const values = async (where: SeriesQuestion['where']) =>
        valuesOf(await ask({ where })).map(([, value]) => value);
      expect(await values({ home: 'a', room: 'kitchen' })).toEqual([1]);
      expect(await values({ home: 'a' })).toEqual([1, 2, 4]);
      expect(await values({ room: 'kitchen' })).toEqual([1, 3]);
      expect(await values({ home: 'c' })).toEqual([]);
      expect(await values({ room: '' })).toEqual([]);
    });

    test('a series for each combination of tags, without those that it lacks', async () => {
      const ask = await holding([
        inRoom(noon, 1, { home: 'a', room: 'kitchen', device: 'x' }),
        inRoom(noon + 1, 2, { home: 'a', room: 'kitchen', device: 'y' }),
        inRoom(noon + 2, 3, { home: 'b', room: 'kitchen', device: 'z' }),
        inRoom(noon + 3, 4, { home: 'a', device: 'x' }),
      ]);
      expect(sorted(await ask({ by: ['home', 'room'] }), ({ last }) => last)).toEqual([
        [{ home: 'a', room: 'kitchen' }, [1, 2]],
        [{ home: 'a' }, [4]],
        [{ home: 'b', room: 'kitchen' }, [3]],
      ]);
    });
  });

  if (answers === 'raw') return;

  describe('asking by steps', () => {
    test.each([
      ['quarter', 15 * minute],
      ['hour', hour],
    ] as const)('a %s holds what fell within it', async (step, length) => {
      const ask = await holding([
        pointAt(noon, 8),
        pointAt(noon + length - 1, 2),
        pointAt(noon + 1, -4),
        pointAt(noon + 3 * length, 1),
      ]);
      expect(await ask({ step })).toEqual([
        {
          tags: {},
          points: [
            { at: noon, count: 3, mean: 2, min: -4, max: 8, sum: 6, last: 2 },
            { at: noon + 3 * length, count: 1, mean: 1, min: 1, max: 1, sum: 1, last: 1 },
          ],
        },
      ]);
    });

    test.each(['quarter', 'hour', 'day'] as const)(
      'a repeat counts once in a %s, and what comes late counts where it belongs',
      async (step) => {
        const { sink, query } = await open();
        const points = [pointAt(noon + 2, 3, { seq: 2 }), pointAt(noon + 2, 5, { seq: 3 })];
        await sink.write(points);
        await sink.write([...points, pointAt(noon + 1, 7, { seq: 4 })]);
        await sink.write(points);
        const [series] = await query.series(askedOf({ step }));
        expect(series?.points).toMatchObject([
          { count: 3, sum: 15, mean: 5, min: 3, max: 7, last: 5 },
        ]);
      },
    );

    test.each([
      ['spring', '2026-03-28', [24, 23, 24]],
      ['autumn', '2026-10-24', [24, 25, 24]],
    ])('days are those of the wall clock when clocks change in %s', async (_, first, lengths) => {
      const days = lengths.map((_length, index) =>
        at(`${Temporal.PlainDate.from(first).add({ days: index }).toString()}T00:00`),
      );
      const from = days[0] ?? 0;
      const hours = lengths.reduce((sum, length) => sum + length, 0);
      const to = from + hours * hour;
      const ask = await holding(
        Array.from({ length: hours }, (_none, index) => pointAt(from + index * hour, index)),
      );
      const [byDay] = await ask({ from, to, step: 'day' });
      expect(byDay?.points.map((point) => [point.at, point.count])).toEqual(
        lengths.map((length, index) => [days[index], length]),
      );
      expect(byDay?.points.reduce((sum, point) => sum + point.sum, 0)).toBe(
        (hours * (hours - 1)) / 2,
      );
      const [byHour] = await ask({ from, to, step: 'hour' });
      expect(byHour?.points.map((point) => [point.at, point.count])).toEqual(
        Array.from({ length: hours }, (_none, index) => [from + index * hour, 1]),
      );
    });

    test('days of a whole year are each their own, the last one not cut', async () => {
      const first = Temporal.PlainDate.from('2026-01-01');
      const days = Array.from({ length: 365 }, (_, index) =>
        at(`${first.add({ days: index }).toString()}T00:00`),
      );
      const next = at('2027-01-01T00:00');
      const ask = await holding(
        days.flatMap((day, index) => [
          pointAt(day, index),
          pointAt((days[index + 1] ?? next) - 1, index),
        ]),
      );
      const [series] = await ask({ from: days[0] ?? 0, to: next, step: 'day' });
      expect(series?.points.map((point) => [point.at, point.count, point.mean])).toEqual(
        days.map((day, index) => [day, 2, index]),
      );
    });

    test('steps are counted for each combination of tags', async () => {
      const ask = await holding([
        inRoom(noon, 1, { room: 'kitchen' }),
        inRoom(noon + 1, 2, { room: 'kitchen' }),
        inRoom(noon + 2, 4, { room: 'hall' }),
      ]);
      const answer = await ask({ step: 'day', by: ['room'], timeZone: stockholm });
      expect(sorted(answer, ({ sum, count }) => [sum, count])).toEqual([
        [{ room: 'hall' }, [[4, 1]]],
        [{ room: 'kitchen' }, [[3, 2]]],
      ]);
    });
  });
}

function sorted<T>(answer: readonly AnsweredSeries[], valueOf: (point: SeriesPoint) => T) {
  return answer
    .map(({ tags, points }) => [tags, points.map(valueOf)] as const)
    .toSorted(([one], [other]) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
