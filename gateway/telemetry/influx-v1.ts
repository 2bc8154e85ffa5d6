import { z } from 'zod';

import type { Point } from '../domain/series/point.ts';
import type { TelemetryQuery } from '../domain/series/query.ts';
import type { TelemetrySink } from '../domain/series/sink.ts';
import { createDividedWriter, type Sent } from './divided-writing.ts';
import { addressOf, explain, explainSilence, judge, type ServerWords } from './influx-answer.ts';
import { isAskable, isWritableTag, lineFaultOf } from './influx-line.ts';
import { createInfluxV1Client, refusalOf } from './influx-v1-client.ts';
import {
  countIn,
  countingOf,
  influxqlOf,
  influxqlString,
  type Reply,
  replyOf,
} from './influx-v1-question.ts';

export interface InfluxV1Options {
  /** Such as `https://vaka:secret@influx.example.se:8086`. */
  url: string;
  database: string;
  timeoutMs?: number;
}

/** InfluxDB 1.x, with a database that is there already. */
export function createInfluxV1({
  url,
  database,
  timeoutMs = 10_000,
}: InfluxV1Options): TelemetrySink & TelemetryQuery {
  const client = createInfluxV1Client(url, database, timeoutMs);
  const words = wordsFor(url, database);
  // The client takes every 200 for success, and any web page answers so.
  let isKnown = false;

  async function send(points: readonly Point[]): Promise<Sent> {
    try {
      await client.write(points);
      isKnown ||= isInflux(await client.ask('SHOW DATABASES').catch(() => null));
      return isKnown
        ? { kind: 'written' }
        : { kind: 'later', reason: words.strange, afterMs: null };
    } catch (error) {
      const answer = refusalOf(error);
      if (answer !== null) return judge(answer, words);
      isKnown = false;
      return { kind: 'later', reason: explainSilence(error, words), afterMs: null };
    }
  }

  async function ask(statement: string): Promise<Reply> {
    const body = await client.ask(statement).catch((error: unknown) => {
      const answer = refusalOf(error);
      const why = answer === null ? explainSilence(error, words) : explain(answer, words);
      throw new Error(why, { cause: error });
    });
    return replyOf(body);
  }

  return {
    name: 'influx-1',
    write: createDividedWriter({ send, faultOf: lineFaultOf }),

    async eraseHome(homeId) {
      // In InfluxQL an empty text means without this tag.
      if (!isWritableTag(homeId)) return null;
      return ask(`DROP SERIES WHERE "home" = ${influxqlString(homeId)}`).then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
    },

    async series(question) {
      if (!isAskable(question)) return [];
      const { series, isDoubtful } = await ask(influxqlOf(question));
      if (isDoubtful && countIn(series) < countIn((await ask(countingOf(question))).series)) {
        throw new Error('InfluxDB answers a part only: raise max-row-limit in its configuration.');
      }
      return series;
    },

    prepareBackfill: () => Promise.resolve(),

    close() {
      client.close();
      return Promise.resolve();
    },
  };
}

function wordsFor(url: string, database: string): ServerWords {
  const at = `InfluxDB at ${addressOf(url)}`;
  return {
    url: addressOf(url),
    forbidden: `${at} does not accept our user and password, or gives that user no right to the database ${database}: look at VAKA_INFLUX1_URL.`,
    missing: `${at} has no database ${database}: create it, or look at VAKA_INFLUX1_DATABASE.`,
    strange: `What answers at ${addressOf(url)} is no InfluxDB: look at VAKA_INFLUX1_URL.`,
    secrets: [decodeURIComponent(new URL(url).password)],
  };
}

function isInflux(answer: unknown): boolean {
  return z.object({ results: z.array(z.unknown()) }).safeParse(answer).success;
}
