import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createInfluxV2 } from '../../../gateway/telemetry/influx-v2.ts';
import { answerWith, listenOnce } from './canned-server.ts';
import { type Influx2Options, place, startInflux2 } from './influx-2-server.ts';
import { askedOf, at, hour, pointAt, valuesOf } from './telemetry-point.ts';
import { describeTelemetry } from './telemetry.contract.ts';

const noon = at('2026-10-25T12:00');

function connect(url: string, changes: Partial<typeof place & { timeoutMs: number }> = {}) {
  const influx = createInfluxV2({ url, ...place, ...changes });
  onTestFinished(() => influx.close());
  return influx;
}

async function open(options: Influx2Options = {}) {
  const server = await startInflux2(options);
  const influx = connect(server.url);
  return { server, influx, sink: influx, query: influx };
}

/** A server that answers everything so. */
async function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const type = 'application/json; charset=utf-8';
  return connect(await listenOnce(createServer(answerWith(status, body, type, headers))));
}

describe('the protocol of InfluxDB 2', () => {
  describeTelemetry(open);

  test('points are sent in one request each five thousand, to the nanosecond', async () => {
    const { influx, server } = await open();
    const points = Array.from({ length: 7_000 }, (_, index) =>
      pointAt(noon, index, { seq: 5_000_000 + index }),
    );
    await influx.write(points);
    expect(server.requests.map(({ path }) => path)).toEqual(
      Array.from({ length: 2 }, () => '/api/v2/write?org=regionen&bucket=vaka&precision=ns'),
    );
    const lines = server.requests.map(({ body }) => body.split('\n'));
    expect(lines.map(({ length }) => length)).toEqual([5_000, 2_000]);
    expect(lines[0]?.slice(0, 2)).toEqual([
      `temperature,device=thermometer-1,home=home-1,municipality=norr,room=kitchen celsius=0 ${noon}000000`,
      `temperature,device=thermometer-1,home=home-1,municipality=norr,room=kitchen celsius=1 ${noon}000001`,
    ]);
  });

  test('sets aside what is too old for the bucket, and keeps all others', async () => {
    const { influx, server } = await open({ keepsFrom: BigInt(noon) * 1_000_000n });
    const points = Array.from({ length: 500 }, (_, index) =>
      pointAt(index % 100 === 3 ? noon - hour : noon + index, index),
    );
    const answer = await influx.write(points);
    if (answer.kind !== 'written') throw new Error(answer.reason);
    expect(answer.refused.map(({ point }) => point.fields['celsius'])).toEqual([
      3, 103, 203, 303, 403,
    ]);
    expect(answer.refused[0]?.reason).toContain('points beyond retention policy');
    expect(valuesOf(await influx.series(askedOf())).length).toBe(495);
    expect(server.requests.length).toBeLessThan(100);
  });

  test('sets aside what a later release finds too old, without the homes that it names', async () => {
    const old =
      'point temperature,device=thermometer-1,home=home-1,room=kitchen\\ sink at 2024-01-01T00:00:01.541Z dropped because it violates a Retention Policy Lower Bound at 2025-05-20T19:06:17.612973Z';
    const server = createServer((request, response) => {
      const bodies: Buffer[] = [];
      request.on('data', (body: Buffer) => bodies.push(body));
      request.once('end', () => {
        const body = Buffer.concat(bodies);
        const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
        const dropped = text.toString().split('\n').length;
        const message = `failure writing points to database: partial write: dropped ${dropped} points outside retention policy of duration 24h0m0s - oldest ${old}, newest ${old} dropped=${dropped} for database: 9f282d63c7d3a5c0 for retention policy: autogen`;
        response
          .writeHead(422, { 'Content-Type': 'application/json' })
          .end(JSON.stringify({ code: 'unprocessable entity', message }));
      });
    });
    let requests = 0;
    server.on('request', () => (requests += 1));
    const influx = connect(await listenOnce(server));
    const answer = await influx.write(
      Array.from({ length: 50 }, (_, index) => pointAt(noon + index, index)),
    );
    if (answer.kind !== 'written') throw new Error(answer.reason);
    expect(answer.refused.length).toBe(50);
    expect(requests).toBe(1);
    const reason = answer.refused[0]?.reason ?? '';
    expect(reason).toContain('outside retention policy of duration 24h0m0s');
    expect(reason).not.toMatch(/home|kitchen|thermometer/);
  });

  test('a line that a server repeats as it waits is not told', async () => {
    const line = "temperature,home=home-1,room=resident's\\ room celsius=21 1";
    const message = `unable to parse '${line}': bad timestamp`;
    const influx = await answering(400, JSON.stringify({ code: 'invalid', message }));
    const points = Array.from({ length: 50 }, (_, index) => pointAt(noon + index, index));
    expect(await influx.write(points)).toMatchObject({
      kind: 'later',
      reason: "It refuses everything: unable to parse '…': bad timestamp",
    });
  });

  test('sends less at once to a server that finds a request too large', async () => {
    const { influx, server } = await open({ largest: 20_000 });
    const points = Array.from({ length: 1_000 }, (_, index) => pointAt(noon + index, index));
    expect(await influx.write(points)).toEqual({ kind: 'written', refused: [] });
    expect(server.held().length).toBe(1_000);
  });

  test('says whose token it is not, without saying the token', async () => {
    const { server } = await open();
    const influx = connect(server.url, { token: 'WRONG' });
    const answer = await influx.write([pointAt(noon, 1)]);
    expect(answer).toMatchObject({ kind: 'later', afterMs: null });
    expect(answer).toMatchObject({ reason: expect.stringContaining('VAKA_INFLUX2_TOKEN') });
    expect(JSON.stringify(answer)).not.toContain('WRONG');
    await expect(influx.series(askedOf())).rejects.toThrow('VAKA_INFLUX2_TOKEN');
    expect(await influx.eraseHome('home-1')).toContain('VAKA_INFLUX2_TOKEN');
  });

  test('says which bucket is missing', async () => {
    const { server } = await open();
    const influx = connect(server.url, { bucket: 'okänd & borta' });
    expect(await influx.write([pointAt(noon, 1)])).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('no bucket okänd & borta in regionen'),
    });
  });

  test.each([
    [429, '{"code":"too many requests","message":"rate limited"}', { 'Retry-After': '30' }, 30_000],
    [503, '{"code":"unavailable","message":"overloaded"}', { 'Retry-After': '5' }, 5_000],
    [503, '', { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }, null],
    [500, '{"code":"internal error","message":"engine: cache maximum"}', {}, null],
    [302, '', { Location: '/login' }, null],
  ])(
    'a %i is written again later, no sooner than asked',
    async (status, body, headers, afterMs) => {
      const influx = await answering(status, body, { ...headers });
      const answer = await influx.write([pointAt(noon, 1)]);
      expect(answer).toMatchObject({ kind: 'later', afterMs });
      expect(answer).toMatchObject({
        reason: expect.stringMatching(/answers \d+|asks us to wait/),
      });
    },
  );

  test('a page that answers 200 to everything has been written nothing', async () => {
    const server = await listenOnce(createServer(answerWith(200, '<html></html>', 'text/html')));
    const influx = connect(server);
    const strange = expect.stringContaining('no InfluxDB');
    expect(await influx.write([pointAt(noon, 1)])).toMatchObject({
      kind: 'later',
      reason: strange,
    });
    expect(await influx.eraseHome('home-1')).toEqual(strange);
    await expect(influx.series(askedOf())).rejects.toThrow('no InfluxDB');
  });

  test('waits while all is refused for what somebody can put right', async () => {
    const influx = await answering(
      422,
      '{"code":"unprocessable entity","message":"failure writing points to database: partial write: field type conflict: input field \\"celsius\\" on measurement \\"temperature\\" is type float, already exists as type integer dropped=3000"}',
    );
    const points = Array.from({ length: 3_000 }, (_, index) => pointAt(noon + index, index));
    const answer = await influx.write(points);
    expect(answer).toMatchObject({ kind: 'later' });
    expect(answer).toMatchObject({ reason: expect.stringContaining('field type conflict') });
    expect(await influx.write(points.slice(0, 2))).toMatchObject({
      kind: 'written',
      refused: [{ point: points[0] }, { point: points[1] }],
    });
  });

  test('nobody there, or nobody who answers, is written to again later', async () => {
    const nobody = connect('http://127.0.0.1:1');
    expect(await nobody.write([pointAt(noon, 1)])).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    const broken = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{', () => response.destroy());
    });
    for (const server of [broken, createServer(() => {})]) {
      const influx = connect(await listenOnce(server), { timeoutMs: 50 });
      expect(await influx.write([pointAt(noon, 1)])).toMatchObject({ kind: 'later' });
      await expect(influx.series(askedOf())).rejects.toThrow('cannot be reached');
    }
  });

  test('an answer that the server breaks off with an error is no answer', async () => {
    const csv = [
      '#datatype,string,long,dateTime:RFC3339,double',
      '#group,false,false,false,false',
      '#default,raw,,,',
      ',result,table,_time,_value',
      ',,0,2026-10-25T11:00:00Z,1',
      '',
      '#datatype,string,string',
      '#group,true,true',
      '#default,,',
      ',error,reference',
      ',query terminated: reached maximum memory,576',
      '',
    ].join('\r\n');
    const influx = connect(await listenOnce(createServer(answerWith(200, csv, 'text/csv'))));
    await expect(influx.series(askedOf())).rejects.toThrow('reached maximum memory');
  });

  test('a home without an id is none: nothing is taken out for it', async () => {
    const { influx } = await open();
    await influx.write([pointAt(noon, 1, { tags: { municipality: 'norr', device: 'x' } })]);
    expect(await influx.eraseHome('')).toBeNull();
    expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
  });

  test('a token that the server repeats is not told', async () => {
    const said = `{"code":"unauthorized","message":"no such token: ${place.token}"}`;
    const influx = await answering(401, said);
    const answer = await influx.write([pointAt(noon, 1)]);
    expect(answer).toMatchObject({ reason: expect.stringContaining('no such token: …') });
    expect(await influx.eraseHome('home-1')).not.toContain(place.token);
  });

  test('steps are told in the order of time, in whatever order they are answered', async () => {
    const table = (name: string, time: string, value: number) =>
      [
        '#datatype,string,long,dateTime:RFC3339,double',
        '#group,false,false,false,false',
        `#default,${name},,,`,
        ',result,table,_time,_value',
        `,,0,${time},${value}`,
        '',
        '',
      ].join('\r\n');
    const functions = ['sum', 'last', 'count', 'max', 'min'];
    const csv = [1, 0]
      .flatMap((index) =>
        functions.map((fn) =>
          table(`${fn} ${index}`, `2026-10-2${4 + index}T22:00:00Z`, fn === 'count' ? 1 : index),
        ),
      )
      .join('');
    const influx = connect(await listenOnce(createServer(answerWith(200, csv, 'text/csv'))));
    const [series] = await influx.series(askedOf({ step: 'day' }));
    expect(series?.points).toEqual(
      [0, 1].map((value) => ({
        at: Date.parse(`2026-10-2${4 + value}T22:00:00Z`),
        count: 1,
        mean: value,
        min: value,
        max: value,
        sum: value,
        last: value,
      })),
    );
  });

  test('no text a tag can have asks for, or takes out, anything but itself', async () => {
    const { influx } = await open();
    await influx.write([pointAt(noon, 1, { tags: { municipality: 'norr', home: 'other' } })]);
    const pieces = fc.constantFrom(
      '\\',
      "'",
      '"',
      ' ',
      ',',
      '=',
      '\n',
      '${r.home}',
      '$',
      '{',
      'å',
      ')',
    );
    const text = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (home) => {
        const point = pointAt(noon + 1, 2, { tags: { municipality: 'norr', home } });
        const answer = await influx.write([point]);
        if (answer.kind !== 'written') throw new Error(answer.reason);
        const own = valuesOf(await influx.series(askedOf({ where: { home } })));
        expect(own).toEqual(answer.refused.length === 0 ? [[noon + 1, 2]] : []);
        expect(await influx.series(askedOf({ municipalityId: home }))).toEqual([]);
        expect(await influx.eraseHome(home)).toBeNull();
        expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
      }),
      { seed: 6, numRuns: 100 },
    );
  });
});
