import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

import {
  type HttpHeaders,
  HttpError,
  InfluxDB,
  linesToTables,
  Point as Line,
  stringToLines,
} from '@influxdata/influxdb-client';

import type { Point } from '../domain/series/point.ts';
import type { ServerRefusal } from './influx-answer.ts';
import { nanosecondsOf, sortedTagsOf } from './influx-line.ts';

/** What of the client is used: its transport, for its write API keeps points back and drops them. Each request is one attempt. */
export interface InfluxV2Client {
  /** Answers the status. */
  write: (points: readonly Point[]) => Promise<number | null>;
  /** Takes out all that a predicate matches; answers the status. */
  erase: (predicate: string) => Promise<number | null>;
  rows: (query: string) => Promise<Row[]>;
  close: () => void;
}

export interface Row {
  readonly [column: string]: unknown;
  readonly error?: unknown;
}

export interface InfluxV2Place {
  /** Such as `https://influx.example.se:8086`. */
  url: string;
  token: string;
  org: string;
  bucket: string;
  timeoutMs?: number;
}

// As much of time as InfluxDB 2 lets be erased.
const always = { start: '1970-01-01T00:00:00Z', stop: '2262-01-01T00:00:00Z' };

/** Connects when it is first used. */
export function createInfluxV2Client(place: InfluxV2Place): InfluxV2Client {
  const { url, token, org, bucket, timeoutMs = 10_000 } = place;
  const isSecure = new URL(url).protocol === 'https:';
  const agent = isSecure ? new SecureAgent(alive) : new Agent(alive);
  const client = new InfluxDB({
    url: url.replace(/\/+$/, ''),
    token,
    timeout: timeoutMs,
    transportOptions: { agent },
  });
  const where = new URLSearchParams({ org, bucket }).toString();

  async function post(path: string, body: string, type: string): Promise<number | null> {
    let status: number | null = null;
    const options = {
      method: 'POST',
      headers: { 'content-type': type },
      gzipThreshold: 1_000,
      signal: AbortSignal.timeout(timeoutMs),
    };
    const note = (_headers: HttpHeaders, code?: number) => (status = code ?? null);
    await client.transport.request(path, body, options, note);
    return status;
  }

  return {
    write: (points) =>
      post(`/api/v2/write?${where}&precision=ns`, points.map(lineOf).join('\n'), 'text/plain'),
    erase: (predicate) =>
      post(
        `/api/v2/delete?${where}`,
        JSON.stringify({ ...always, predicate }),
        'application/json; charset=utf-8',
      ),
    rows: async (query) => rowsOf(await client.getQueryApi(org).queryRaw(query)),
    close: () => agent.destroy(),
  };
}

const alive = { keepAlive: true } as const;

/** The rows of annotated CSV; nothing else begins with an annotation, and no answer at all is an empty one. */
function rowsOf(csv: string): Row[] {
  if (csv.trim() !== '' && !csv.startsWith('#')) throw new Error('What answers is no InfluxDB.');
  const rows: Row[] = [];
  const table = linesToTables({
    next: (values, meta) => void rows.push(meta.toObject(values)),
    error(error) {
      throw error;
    },
    complete() {},
  });
  stringToLines(csv, table);
  return rows;
}

function lineOf(point: Point): string {
  const line = new Line(point.measurement);
  for (const [name, value] of sortedTagsOf(point)) line.tag(name, value);
  for (const [name, value] of Object.entries(point.fields)) line.floatField(name, value);
  return line.timestamp(nanosecondsOf(point)).toLineProtocol() ?? '';
}

/** What the server answered, where it did. */
export function refusalOf(error: unknown): ServerRefusal | null {
  if (!(error instanceof HttpError)) return null;
  const retryAfter = error.headers?.['retry-after'];
  return {
    status: error.statusCode,
    message: error.message,
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  };
}
