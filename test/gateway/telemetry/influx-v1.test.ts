import { createServer } from 'node:http';

import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';

import { createInfluxV1 } from '../../../gateway/telemetry/influx-v1.ts';
import { type InfluxdOptions, startInfluxd } from '../../support/influxd.ts';
import { answerWith, listenOnce } from './canned-server.ts';
import { askedOf, at, pointAt, valuesOf } from './telemetry-point.ts';
import { describeTelemetry } from './telemetry.contract.ts';

const noon = at('2026-10-25T12:00');
const tooLate = 9_300_000_000_000;

function connect(url: string, database = 'vaka', timeoutMs = 10_000) {
  const influx = createInfluxV1({ url, database, timeoutMs });
  onTestFinished(() => influx.close());
  return influx;
}

async function open(options: InfluxdOptions = {}) {
  const server = await startInfluxd(options);
  const influx = connect(server.url);
  return { server, influx, sink: influx, query: influx };
}

describe('InfluxDB 1.6', () => {
  describeTelemetry(open);

  test('sets aside what it refuses, with its reason, and keeps all others', async () => {
    const { influx } = await open();
    const points = Array.from({ length: 700 }, (_, index) =>
      pointAt(index % 200 === 3 ? tooLate + index : noon + index, index),
    );
    const answer = await influx.write(points);
    if (answer.kind !== 'written') throw new Error(answer.reason);
    expect(answer.refused.map(({ point }) => point.at - tooLate)).toEqual([3, 203, 403, 603]);
    expect(answer.refused[0]?.reason).toMatch(/unable to parse .*out of range/);
    expect(valuesOf(await influx.series(askedOf())).length).toBe(696);
  });

  test('sets aside a conflict of types that another program made', async () => {
    const { influx, server } = await open();
    const body = `battery percent=5i ${noon}000000`;
    await fetch(`${server.url}/write?db=vaka`, { method: 'POST', body });
    const battery = pointAt(noon, 0, { measurement: 'battery', fields: { percent: 50 } });
    const answer = await influx.write([battery, pointAt(noon, 1)]);
    expect(answer).toMatchObject({ kind: 'written', refused: [{ point: battery }] });
    expect(answer).toMatchObject({ refused: [{ reason: expect.stringContaining('conflict') }] });
    expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
  });

  test('waits, and loses nothing, while everything is refused for what somebody can put right', async () => {
    const { influx, server } = await open();
    const body = `battery percent=5i ${noon}000000`;
    await fetch(`${server.url}/write?db=vaka`, { method: 'POST', body });
    const batteries = Array.from({ length: 3_000 }, (_, index) =>
      pointAt(noon + index, 0, { measurement: 'battery', fields: { percent: 50 } }),
    );
    const answer = await influx.write(batteries);
    expect(answer).toMatchObject({ kind: 'later', afterMs: null });
    expect(answer).toMatchObject({ reason: expect.stringContaining('refuses everything') });
    await server.ask('drop measurement battery');
    expect(await influx.write(batteries)).toEqual({ kind: 'written', refused: [] });
  });

  test('goes on where all is too old for the database, and says which', async () => {
    const { influx } = await open({ keeps: '24h' });
    const points = Array.from({ length: 3_000 }, (_, index) => pointAt(noon + index, index));
    const answer = await influx.write(points);
    if (answer.kind !== 'written') throw new Error(answer.reason);
    expect(answer.refused.map(({ point }) => point)).toEqual(points);
    expect(answer.refused[0]?.reason).toContain('beyond retention policy');
    expect(await influx.write(points, true)).toEqual({ kind: 'written', refused: [] });
    const odd = pointAt(tooLate, 1);
    expect(await influx.write([...points, odd], true)).toMatchObject({ refused: [{ point: odd }] });
  });

  test('what is killed and started again has all that it said was written', async () => {
    const { influx, server } = await open();
    await influx.write([pointAt(noon, 1)]);
    await server.kill();
    const answer = await influx.write([pointAt(noon + 1, 2)]);
    expect(answer).toMatchObject({ kind: 'later', reason: expect.stringContaining(server.url) });
    await expect(influx.series(askedOf())).rejects.toThrow('cannot be reached');
    expect(await influx.eraseHome('home-1')).toContain('cannot be reached');
    await server.start();
    expect(await influx.write([pointAt(noon + 1, 2)])).toEqual({ kind: 'written', refused: [] });
    expect(valuesOf(await influx.series(askedOf()))).toEqual([
      [noon, 1],
      [noon + 1, 2],
    ]);
  });

  test('says which database is missing, and writes once it is there', async () => {
    const { influx, server } = await open({ database: 'none' });
    const answer = await influx.write([pointAt(noon, 1)]);
    expect(answer).toMatchObject({ kind: 'later' });
    expect(answer).toMatchObject({ reason: expect.stringContaining('no database vaka') });
    await server.ask('create database vaka');
    expect(await influx.write([pointAt(noon, 1)])).toEqual({ kind: 'written', refused: [] });
  });

  test('says that the password is wrong, without saying the password', async () => {
    const { server, influx } = await open({ http: ['auth-enabled = true'], database: 'none' });
    expect(await influx.write([pointAt(noon, 1)])).toMatchObject({ kind: 'later' });
    await server.ask(`create user vaka with password 'h@mligt' with all privileges`);
    const address = server.url.replace('//', '//vaka:WRONG@');
    const wrong = connect(address);
    const answer = await wrong.write([pointAt(noon, 1)]);
    expect(answer).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('VAKA_INFLUX1'),
    });
    expect(JSON.stringify(answer)).not.toContain('WRONG');
    const admin = server.url.replace('//', '//vaka:h%40mligt@');
    expect(await connect(admin).write([pointAt(noon, 1)])).toMatchObject({
      reason: expect.stringContaining('no database vaka'),
    });
  });

  test('needs no more than all rights to its database', async () => {
    const { server } = await open({ http: ['auth-enabled = true'], database: 'none' });
    await server.ask(`create user boss with password 'b' with all privileges`);
    const authorization = `Basic ${Buffer.from('boss:b').toString('base64')}`;
    const setUp = [
      'create database vaka',
      `create user vaka with password 'h@mligt'`,
      'grant all on vaka to vaka',
    ];
    for (const q of setUp) {
      const body = new URLSearchParams({ q });
      const asked = { method: 'POST', headers: { authorization }, body };
      const response = await fetch(`${server.url}/query`, asked);
      expect(await response.json()).toEqual({ results: [{ statement_id: 0 }] });
    }
    const influx = connect(server.url.replace('//', '//vaka:h%40mligt@'));
    expect(await influx.write([pointAt(noon, 1)])).toEqual({ kind: 'written', refused: [] });
    expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
    expect(await influx.eraseHome('home-1')).toBeNull();
    expect(await influx.series(askedOf())).toEqual([]);
  });

  test('will not take a part for the answer', async () => {
    const { influx } = await open({ http: ['max-row-limit = 5'] });
    await influx.write(Array.from({ length: 6 }, (_, index) => pointAt(noon + index, index)));
    await expect(influx.series(askedOf())).rejects.toThrow('max-row-limit');
    expect(valuesOf(await influx.series(askedOf({ to: noon + 4 }))).length).toBe(4);
  });

  test('a home without an id is none: nothing is taken out for it', async () => {
    const { influx } = await open();
    await influx.write([pointAt(noon, 1, { tags: { municipality: 'norr', device: 'x' } })]);
    expect(await influx.eraseHome('')).toBeNull();
    expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
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
      ';',
      '--',
      'OR 1=1',
      'å',
      ')',
    );
    const text = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, async (home) => {
        const point = pointAt(noon + 1, 2, { tags: { municipality: 'norr', home } });
        const answer = await influx.write([point]);
        if (answer.kind !== 'written') throw new Error(answer.reason);
        const isKept = answer.refused.length === 0;
        const own = valuesOf(await influx.series(askedOf({ where: { home } })));
        expect(own).toEqual(isKept ? [[noon + 1, 2]] : []);
        expect(await influx.series(askedOf({ municipalityId: home }))).toEqual([]);
        expect(await influx.eraseHome(home)).toBeNull();
        expect(valuesOf(await influx.series(askedOf()))).toEqual([[noon, 1]]);
      }),
      { seed: 6, numRuns: 60 },
    );
  });
});

describe('what is no InfluxDB 1', () => {
  test('a web page that answers 200 to everything has been written nothing', async () => {
    const server = await listenOnce(createServer(answerWith(200, '<html></html>', 'text/html')));
    const influx = connect(server);
    expect(await influx.write([pointAt(noon, 1)])).toMatchObject({
      kind: 'later',
      reason: expect.stringContaining('no InfluxDB'),
    });
    await expect(influx.series(askedOf())).rejects.toThrow('cannot be reached');
  });

  test('a server that asks us to wait is told when to be asked again', async () => {
    const answer = answerWith(429, '{"error":"slow down"}', 'application/json', {
      'Retry-After': '7',
    });
    const influx = connect(await listenOnce(createServer(answer)));
    expect(await influx.write([pointAt(noon, 1)])).toMatchObject({ kind: 'later', afterMs: 7_000 });
  });

  test('an answer that breaks off, or never comes, is waited for no longer than it may take', async () => {
    const broken = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{', () => response.destroy());
    });
    const silent = createServer(() => {});
    for (const server of [broken, silent]) {
      const influx = connect(await listenOnce(server), 'vaka', 50);
      expect(await influx.write([pointAt(noon, 1)])).toMatchObject({ kind: 'later' });
      await expect(influx.series(askedOf())).rejects.toThrow('cannot be reached');
      expect(await influx.eraseHome('home-1')).toContain('cannot be reached');
    }
  });
});
