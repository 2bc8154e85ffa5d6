import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

import { listenOnce } from './canned-server.ts';
import { answerFlux, type Stored } from './influx-2-flux.ts';

export const place = { token: 'h3mlig-nyckel', org: 'regionen', bucket: 'vaka' };

export interface Request {
  path: string;
  body: string;
}

export interface Influx2Options {
  /** Older points it refuses; in nanoseconds. */
  keepsFrom?: bigint;
  /** More in a request are too much for it, in characters. */
  largest?: number;
}

/**
 * Speaks what InfluxDB 2 is documented to speak, and holds what it is given: writes, deletes of one tag, and questions in
 * the forms that we ask in. There is no InfluxDB 2 to test against here; what it really does may differ.
 */
export async function startInflux2({ keepsFrom = 0n, largest = 1e7 }: Influx2Options = {}) {
  const held = new Map<string, Stored>();
  const requests: Request[] = [];

  function write(body: string, response: ServerResponse): void {
    if (body.length > largest) {
      answer(response, 413, 'request too large', 'cannot read data: points in batch is too large');
      return;
    }
    const points = body.split('\n').flatMap(parseLine);
    const old = points.filter(({ at }) => at < keepsFrom);
    for (const point of points) {
      if (point.at >= keepsFrom) held.set(keyOf(point), point);
    }
    if (old.length === 0) response.writeHead(204).end();
    else {
      const said = `failure writing points to database: partial write: points beyond retention policy dropped=${old.length}`;
      answer(response, 422, 'unprocessable entity', said);
    }
  }

  function erase(body: string, response: ServerResponse): void {
    const { predicate } = JSON.parse(body) as { predicate: string };
    const found = /^(\w+)="((?:[^"\\]|\\["\\n])*)"$/.exec(predicate);
    if (found === null) {
      answer(response, 400, 'invalid', 'bad logical expression, at position 0');
      return;
    }
    const [, name = '', quoted = ''] = found;
    const value = quoted.replaceAll(/\\(.)/g, (_, character: string) =>
      character === 'n' ? '\n' : character,
    );
    for (const [key, point] of held) if (point.columns[name] === value) held.delete(key);
    response.writeHead(204).end();
  }

  function ask(body: string, response: ServerResponse): void {
    const { query } = JSON.parse(body) as { query: string };
    try {
      const csv = answerFlux(query, place.bucket, [...held.values()]);
      response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8' }).end(csv);
    } catch (error) {
      answer(response, 400, 'invalid', error instanceof Error ? error.message : 'error');
    }
  }

  const deeds: Record<string, (body: string, response: ServerResponse) => void> = {
    '/api/v2/write': write,
    '/api/v2/delete': erase,
    '/api/v2/query': ask,
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const body = await bodyOf(request);
    requests.push({ path: request.url ?? '', body });
    const isBucket = (searchParams.get('bucket') ?? place.bucket) === place.bucket;
    const deed = deeds[pathname];
    if (request.headers.authorization !== `Token ${place.token}`) {
      answer(response, 401, 'unauthorized', 'unauthorized access');
    } else if (deed === undefined || searchParams.get('org') !== place.org || !isBucket) {
      answer(response, 404, 'not found', `bucket "${searchParams.get('bucket')}" not found`);
    } else deed(body, response);
  }

  const url = await listenOnce(
    createServer((request, response) => {
      handle(request, response).catch((error: unknown) => {
        answer(response, 400, 'invalid', error instanceof Error ? error.message : 'error');
      });
    }),
  );
  return { url, requests, held: () => [...held.values()] };
}

function answer(response: ServerResponse, status: number, code: string, message: string): void {
  const type = { 'Content-Type': 'application/json; charset=utf-8' };
  response.writeHead(status, type).end(JSON.stringify({ code, message }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const sent = await buffer(request);
  const isPacked = request.headers['content-encoding'] === 'gzip';
  return (isPacked ? gunzipSync(sent) : sent).toString();
}

function keyOf({ columns, at }: Stored): string {
  return JSON.stringify([Object.entries(columns).toSorted(byName), at.toString()]);
}

function byName([one]: readonly [string, string], [other]: readonly [string, string]): number {
  return one < other ? -1 : 1;
}

const parted = (sign: string) => new RegExp(String.raw`(?<!\\)${sign}`);

/** A line of its protocol, each of its fields by itself. */
function parseLine(line: string): Stored[] {
  const [key = '', fields = '', time = ''] = line.split(parted(' '));
  const [measurement = '', ...tags] = key.split(parted(','));
  if (!/^-?\d+$/.test(time)) throw new Error(`unable to parse '${line}': bad timestamp`);
  const columns = Object.fromEntries(tags.map((tag) => pairOf(tag)));
  return fields.split(parted(',')).map((field) => {
    const [name, value] = pairOf(field);
    return {
      columns: { ...columns, _measurement: measurement, _field: name },
      at: BigInt(time),
      value: Number(value),
    };
  });
}

function pairOf(pair: string): [string, string] {
  const [name = '', value = ''] = pair.split(parted('='));
  return [name, value.replaceAll(/\\([,= ])/g, '$1')];
}
