import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';

import { InfluxDB, type IPoint, type IPoolOptions } from 'influx';
import { z } from 'zod';

import type { Point } from '../domain/series/point.ts';
import type { ServerRefusal } from './influx-answer.ts';
import { nanosecondsOf, sortedTagsOf } from './influx-line.ts';

/** What of the client is used; each request is one attempt, and ends in time. */
export interface InfluxV1Client {
  write: (points: readonly Point[]) => Promise<void>;
  /** What the server answers, times in milliseconds. */
  ask: (statement: string) => Promise<unknown>;
  close: () => void;
}

/** Connects when it is first used. `url` may carry a user and password, and a path. */
export function createInfluxV1Client(
  url: string,
  database: string,
  timeoutMs: number,
): InfluxV1Client {
  const { protocol, hostname, port, pathname, username, password } = new URL(url);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const agent = scheme === 'https' ? new SecureAgent(alive) : new Agent(alive);
  const host = {
    protocol: scheme,
    host: hostname,
    // By the URL standard, its own default port is no port.
    port: port === '' ? { http: 80, https: 443 }[scheme] : Number(port),
    path: pathname.replace(/\/+$/, ''),
    options: { agent },
  } as const;
  const client = new InfluxDB({
    database,
    username: decodeURIComponent(username),
    password: decodeURIComponent(password),
    hosts: [host],
    pool: { maxRetries: 0, backoff: alwaysAvailable(), requestTimeout: timeoutMs },
  });
  return {
    write: (points) =>
      within(client.writePoints(points.map(lineOf), { precision: 'n' }), timeoutMs),
    ask(statement) {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer: Promise<unknown> = client.queryRaw(statement, {
        precision: 'ms',
        method: 'POST',
        signal,
      });
      return within(answer, timeoutMs);
    },
    close: () => agent.destroy(),
  };
}

const alive = { keepAlive: true } as const;

/** A host that failed is asked again whenever we ask. */
function alwaysAvailable(): NonNullable<IPoolOptions['backoff']> {
  return { getDelay: () => 0, next: alwaysAvailable, reset: alwaysAvailable };
}

function lineOf(point: Point): IPoint {
  return {
    measurement: point.measurement,
    tags: Object.fromEntries(sortedTagsOf(point)),
    fields: { ...point.fields },
    timestamp: nanosecondsOf(point),
  };
}

/** The client never settles when a connection breaks within an answer. */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`There was no answer within ${ms / 1_000} s.`)),
    ms,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

const Answered = z.object({
  res: z.object({
    statusCode: z.number(),
    headers: z.record(z.string(), z.unknown()),
  }),
});

/** What the server answered, where it did; of an answer from 500 on the client gives the status only. */
export function refusalOf(error: unknown): ServerRefusal | null {
  if (!(error instanceof Error)) return null;
  const answered = Answered.safeParse(error);
  if (!answered.success) return null;
  const { statusCode, headers } = answered.data.res;
  const retryAfter = headers['retry-after'];
  const body = error.message.slice(error.message.indexOf('error occurred: ') + 16);
  return {
    status: statusCode,
    message: messageOf(body),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
  };
}

function messageOf(body: string): string {
  try {
    return z.object({ error: z.string() }).parse(JSON.parse(body)).error;
  } catch {
    return body;
  }
}
