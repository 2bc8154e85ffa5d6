import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { Point } from '../../../gateway/domain/series/point.ts';
import type { SeriesQuestion } from '../../../gateway/domain/series/query.ts';
import { createEmbeddedQuery } from '../../../gateway/telemetry/embedded-query.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { askedOf, at } from './telemetry-point.ts';

/** An embedded history that holds nothing yet, with a reader of its own as the gateway has it. */
export async function embeddedWorld() {
  const path = join(await temporaryFolder(), 'telemetry.db');
  const file = openTelemetryFile(path, { readOnly: false });
  const readOnly = openTelemetryFile(path, { readOnly: true });
  onTestFinished(() => {
    readOnly.close();
    file.close();
  });
  const sink = createEmbeddedSink(file);
  const query = createEmbeddedQuery(readOnly);
  const everything = { from: at('2000-01-01T00:00'), to: at('2040-01-01T00:00') };
  return {
    path,
    file,
    sink,
    query,
    /** Throws unless all is taken. */
    write: async (points: readonly Point[]) => {
      const answer = await sink.write(points);
      if (answer.kind !== 'written') throw new Error(answer.reason);
      const [refused] = answer.refused;
      if (refused !== undefined) throw new Error(refused.reason);
    },
    /** All there is of a step by where it begins, of one series. */
    steps: async (changes: Partial<SeriesQuestion>) => {
      const [series] = await query.series(askedOf({ ...everything, ...changes }));
      const points = (series?.points ?? []).map(({ at: start, mean: _mean, ...rest }) => [
        String(start),
        rest,
      ]);
      return Object.fromEntries(points) as Record<string, Omit<(typeof points)[number], 'at'>>;
    },
    rows: (table: 'reading' | 'hour' | 'day' | 'series') =>
      file.all<{ count: number }>(`select count(*) as count from ${table}`)[0]?.count,
  };
}
