import { describe, expect, test } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import type { SeriesQuestion, TelemetryQuery } from '../../../gateway/domain/series/query.ts';
import type { TelemetrySink } from '../../../gateway/domain/series/sink.ts';
import { askedOf, at, hour, pointAt, valuesOf } from './telemetry-point.ts';
import { describeTelemetryQuery } from './telemetry-query.contract.ts';

/** A store that holds nothing yet. */
export interface OpenedTelemetry {
  sink: TelemetrySink;
  /** How it is asked. Where we only write, the test reads the store in its own way, and steps other than `raw` are not asked for. */
  query: TelemetryQuery;
}

export interface TelemetryTraits {
  /** What the store tells apart: two points of a series in the same millisecond are two, or one of them stays. */
  keeps: 'every point' | 'one point a millisecond';
  /** Whether what happens in a step is asked of it through us. */
  answers: 'every step' | 'raw';
  /** Whether a home can be taken out of it, or it says why not. */
  erases: boolean;
  /** Whether numbers of any size come back to the last bit, or those of everyday size only. */
  numbers: 'exact' | 'everyday';
}

const everything: TelemetryTraits = {
  keeps: 'every point',
  answers: 'every step',
  erases: true,
  numbers: 'exact',
};

const noon = at('2026-10-25T12:00');
const written = { kind: 'written', refused: [] };
const oddTexts = [
  'Åsa köket',
  'a,b=c d',
  `it's "quoted"`,
  'C:\\rum',
  "' OR 1=1; DROP DATABASE vaka --",
  '" or r.home != "',
  '${r.home}',
  '日本 🏠',
];

/** What every time-series store must do; `open` makes a new one for each test. */
export function describeTelemetry(
  open: () => Promise<OpenedTelemetry>,
  traits: TelemetryTraits = everything,
): void {
  async function holding(points: readonly Point[]) {
    const opened = await open();
    expect(await opened.sink.write(points)).toEqual(written);
    const held = async (changes: Partial<SeriesQuestion> = {}) =>
      valuesOf(await opened.query.series(askedOf(changes)));
    return { ...opened, held };
  }

  describe('writing', () => {
    test('keeps every point with its time and value, in the order of time', async () => {
      const { held } = await holding([
        pointAt(noon + 1, 21.5),
        pointAt(noon, -3.25),
        pointAt(noon + 2, 0),
      ]);
      expect(await held()).toEqual([
        [noon, -3.25],
        [noon + 1, 21.5],
        [noon + 2, 0],
      ]);
    });

    test('nothing at all is done at once', async () => {
      const { sink } = await open();
      expect(await sink.write([])).toEqual(written);
    });

    test('a point again changes nothing, in the same batch or another', async () => {
      const points = [pointAt(noon, 1), pointAt(noon, 1), pointAt(noon + 1, 2)];
      const { sink, held } = await holding(points);
      expect(await sink.write(points)).toEqual(written);
      expect(await held()).toEqual([
        [noon, 1],
        [noon + 1, 2],
      ]);
    });

    test('points of one series in the same millisecond are kept apart by where they stand in the log', async () => {
      const points = [1, 2, 3].map((seq) => pointAt(noon, seq / 2, { seq }));
      const { sink, held } = await holding(points);
      await sink.write(points);
      const kept = (await held()).map(([time, value]) => [time - noon, value]);
      if (traits.keeps === 'every point') {
        expect(kept).toEqual([
          [0, 0.5],
          [0, 1],
          [0, 1.5],
        ]);
      } else {
        expect(kept.length).toBe(1);
        expect([0.5, 1, 1.5]).toContain(kept[0]?.[1]);
      }
    });

    test('takes numbers beyond a million in the log, large and small values too', async () => {
      const values =
        traits.numbers === 'exact'
          ? [1e21, -1e21, 2 ** -20, 2 ** 52 + 1, 5e-9]
          : [1_048_576, -1_048_576, 0.125, 0];
      const { held } = await holding(
        values.map((value, index) => pointAt(noon + index, value, { seq: 123_456_789 + index })),
      );
      expect(await held()).toEqual(values.map((value, index) => [noon + index, value]));
    });

    test('fields added to a point later stand beside those it had', async () => {
      const alert = (fields: Record<string, number>) =>
        pointAt(noon, 0, {
          measurement: 'alert',
          tags: { municipality: 'norr', unit: 'natt', rule: 'fall', severity: 'emergency' },
          fields,
          seq: 7,
        });
      const { sink, held } = await holding([alert({ screen_seconds: 1.5 })]);
      expect(await sink.write([alert({ screen_seconds: 1.5, acceptance_seconds: 42 })])).toEqual(
        written,
      );
      expect(await held({ measurement: 'alert', field: 'screen_seconds' })).toEqual([[noon, 1.5]]);
      expect(await held({ measurement: 'alert', field: 'acceptance_seconds' })).toEqual([
        [noon, 42],
      ]);
      expect(await held({ measurement: 'alert', field: 'arrival_seconds' })).toEqual([]);
    });

    test('takes points that come long after later ones', async () => {
      const { sink, held } = await holding([pointAt(noon, 2)]);
      expect(await sink.write([pointAt(noon - 30 * hour, 1)])).toEqual(written);
      expect(await held()).toEqual([
        [noon - 30 * hour, 1],
        [noon, 2],
      ]);
    });

    test('takes more at once than fits in a request', async () => {
      const { held } = await holding(
        Array.from({ length: 12_000 }, (_, index) => pointAt(noon + index, index, { seq: index })),
      );
      const values = await held();
      expect(values.length).toBe(12_000);
      expect(values.reduce((sum, [, value]) => sum + value, 0)).toBe((12_000 * 11_999) / 2);
    });

    test.each(oddTexts)('keeps the tag %s as it is', async (text) => {
      const { held } = await holding([
        pointAt(noon, 1, { tags: { municipality: 'norr', home: text, room: text } }),
        pointAt(noon, 2, { tags: { municipality: 'norr', home: 'another', room: text } }),
      ]);
      expect(await held({ where: { home: text, room: text } })).toEqual([[noon, 1]]);
    });

    test('names what no store may have, and keeps the rest', async () => {
      const { sink, query } = await open();
      const bad: Point[] = [
        pointAt(noon + 1, Number.NaN),
        pointAt(noon + 2, Number.POSITIVE_INFINITY),
        pointAt(noon + 3, 1, { tags: { municipality: 'norr', home: '' } }),
        pointAt(noon + 4, 1, { fields: {} }),
        pointAt(noon + 5, 1, { fields: { watts: 4 } }),
        { ...pointAt(noon + 6, 1), ...(JSON.parse('{"measurement":"weather"}') as object) },
      ];
      const good = [0, 7, 8].map((offset) => pointAt(noon + offset, offset));
      const [first, ...rest] = good;
      const answer = await sink.write([...(first === undefined ? [] : [first]), ...bad, ...rest]);
      if (answer.kind !== 'written') throw new Error(answer.reason);
      expect(answer.refused.map(({ point }) => point)).toEqual(bad);
      expect(answer.refused.filter(({ reason }) => reason.trim() === '')).toEqual([]);
      expect(valuesOf(await query.series(askedOf()))).toEqual(
        good.map((point) => [point.at, point.fields['celsius']]),
      );
    });
  });

  describe('erasing a home', () => {
    test.each(['home-1', ...oddTexts])('takes all of %s and nothing else', async (home) => {
      const of = (id: string, changes: Partial<Point> = {}) =>
        pointAt(noon, 1, { tags: { municipality: 'norr', home: id }, ...changes });
      const humid = { measurement: 'humidity', fields: { percent: 50 } } as const;
      const { sink, query, held } = await holding([
        of(home),
        of(home, { at: noon - 90 * 24 * hour }),
        of(home, humid),
        of('neighbour'),
        of('neighbour', humid),
        pointAt(noon, 1, { tags: { municipality: 'norr', device: home } }),
      ]);
      const answer = await sink.eraseHome(home);
      if (!traits.erases) {
        expect(answer).toMatch(/\w+/);
        return;
      }
      expect(answer).toBeNull();
      const since = { from: at('2026-07-01T00:00'), by: ['home'] } as const;
      for (const changes of [
        since,
        { ...since, measurement: 'humidity', field: 'percent' },
      ] as const) {
        const left = await query.series(askedOf(changes));
        expect(left.flatMap(({ tags }) => tags.home ?? [])).toEqual(['neighbour']);
      }
      expect(await held({ where: { device: home } })).toEqual([[noon, 1]]);
      expect(await sink.eraseHome(home)).toBeNull();
      expect(await sink.write([of(home)], true)).toEqual(written);
      expect(await held({ where: { home } })).toEqual([[noon, 1]]);
    });
  });

  test('may be told that all is written anew', async () => {
    const { sink, held } = await holding([pointAt(noon, 1), pointAt(noon + hour, 2)]);
    await sink.prepareBackfill(noon);
    await sink.write([pointAt(noon, 1), pointAt(noon + hour, 2)]);
    expect(await held()).toEqual([
      [noon, 1],
      [noon + hour, 2],
    ]);
  });

  describeTelemetryQuery(open, traits.answers);
}
