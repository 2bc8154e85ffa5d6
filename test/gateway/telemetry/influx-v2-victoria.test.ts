import { expect, onTestFinished, test, describe } from 'vitest';

import type { SeriesQuestion, TelemetryQuery } from '../../../gateway/domain/series/query.ts';
import { createInfluxV2 } from '../../../gateway/telemetry/influx-v2.ts';
import { startVictoriaMetrics, type VictoriaMetrics } from '../../support/victoria-metrics.ts';
import { askedOf, at, pointAt } from './telemetry-point.ts';
import { describeTelemetry } from './telemetry.contract.ts';

const noon = at('2026-10-25T12:00');

async function open() {
  const server = await startVictoriaMetrics();
  const sink = createInfluxV2({ url: server.url, token: 't', org: 'vaka', bucket: 'vaka' });
  onTestFinished(() => sink.close());
  return {
    server,
    sink,
    query: { series: (question) => readingsOf(server, question) } satisfies TelemetryQuery,
  };
}

/** What VictoriaMetrics holds, read in its own way: it knows no Flux. */
async function readingsOf(server: VictoriaMetrics, question: SeriesQuestion) {
  const { measurement, field, municipalityId, where, by, from, to } = question;
  const wanted = Object.entries({ ...where, municipality: municipalityId });
  const own = where.municipality ?? municipalityId;
  const held = await server.exported(`{__name__="${measurement}_${field}"}`);
  const matching = held.filter(
    ({ metric }) =>
      own === municipalityId && wanted.every(([name, value]) => metric[name] === value),
  );
  const found = Map.groupBy(matching, ({ metric }) =>
    JSON.stringify(
      by.flatMap((name) => (metric[name] === undefined ? [] : [[name, metric[name]]])),
    ),
  );
  const answer = [...found].map(([key, series]) => ({
    tags: Object.fromEntries(JSON.parse(key) as [string, string][]),
    points: series
      .flatMap(({ timestamps, values }) =>
        timestamps.map((time, index) => ({ at: time, value: values[index] ?? Number.NaN })),
      )
      .filter((point) => point.at >= from && point.at < to)
      .toSorted((one, other) => one.at - other.at)
      .map(({ at: time, value }) => ({
        at: time,
        count: 1,
        mean: value,
        min: value,
        max: value,
        sum: value,
        last: value,
      })),
  }));
  return answer.filter(({ points }) => points.length > 0);
}

describe('the write API of InfluxDB 2, as VictoriaMetrics has it', () => {
  describeTelemetry(open, {
    keeps: 'one point a millisecond',
    answers: 'raw',
    erases: false,
    numbers: 'everyday',
  });

  test('what it has put away is there after it was killed, and the rest may be written again', async () => {
    const { server, sink, query } = await open();
    const points = [0, 1, 2].map((index) => pointAt(noon + index, index));
    await sink.write(points.slice(0, 2));
    await server.putAway();
    await server.kill();
    expect(await sink.write(points)).toMatchObject({ kind: 'later' });
    await server.start();
    expect(await sink.write(points)).toEqual({ kind: 'written', refused: [] });
    const [series] = await query.series(askedOf());
    expect(series?.points.map(({ at: time, sum }) => [time - noon, sum])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
});
