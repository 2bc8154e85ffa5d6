import type { Point } from '../domain/series/point.ts';
import type { TelemetryQuery } from '../domain/series/query.ts';
import type { TelemetrySink } from '../domain/series/sink.ts';
import { createDividedWriter, type Sent } from './divided-writing.ts';
import { addressOf, explain, explainSilence, judge, type ServerWords } from './influx-answer.ts';
import { isAskable, isWritableTag, lineFaultOf } from './influx-line.ts';
import { createInfluxV2Client, type InfluxV2Place, refusalOf } from './influx-v2-client.ts';
import { fluxOf, seriesOf } from './influx-v2-question.ts';

/** InfluxDB 2.x, and for writing what speaks as it does, such as InfluxDB 3; with a bucket that is there already. */
export function createInfluxV2(place: InfluxV2Place): TelemetrySink & TelemetryQuery {
  const client = createInfluxV2Client(place);
  const words = wordsFor(place);

  function reasonOf(error: unknown): string {
    const answer = refusalOf(error);
    return answer === null ? explainSilence(error, words) : explain(answer, words);
  }

  async function send(points: readonly Point[]): Promise<Sent> {
    try {
      const status = await client.write(points);
      // A web page would answer 200.
      return status === 204
        ? { kind: 'written' }
        : { kind: 'later', reason: words.strange, afterMs: null };
    } catch (error) {
      const answer = refusalOf(error);
      return answer === null
        ? { kind: 'later', reason: explainSilence(error, words), afterMs: null }
        : judge(answer, words);
    }
  }

  return {
    name: 'influx-2',
    write: createDividedWriter({ send, faultOf: lineFaultOf }),

    async eraseHome(homeId) {
      if (!isWritableTag(homeId)) return null;
      try {
        return (await client.erase(`home=${predicateText(homeId)}`)) === 204 ? null : words.strange;
      } catch (error) {
        return reasonOf(error);
      }
    },

    async series(question) {
      if (!isAskable(question)) return [];
      const rows = await client.rows(fluxOf(place.bucket, question)).catch((error: unknown) => {
        throw new Error(reasonOf(error), { cause: error });
      });
      return seriesOf(question, rows);
    },

    prepareBackfill: () => Promise.resolve(),

    close() {
      client.close();
      return Promise.resolve();
    },
  };
}

/** Text as the predicates of deletes write it: as a name in InfluxQL, and without control characters. */
export function predicateText(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}

function wordsFor({ url, token, org, bucket }: InfluxV2Place): ServerWords {
  const at = `InfluxDB at ${addressOf(url)}`;
  return {
    url: addressOf(url),
    forbidden: `${at} does not accept our token, or gives it no right to the bucket ${bucket}: look at VAKA_INFLUX2_TOKEN.`,
    missing: `${at} has no bucket ${bucket} in ${org}: create it, or look at VAKA_INFLUX2_BUCKET and VAKA_INFLUX2_ORG.`,
    strange: `What answers at ${addressOf(url)} is no InfluxDB: look at VAKA_INFLUX2_URL.`,
    secrets: [token],
  };
}
