import { beginning } from '../../../gateway/domain/series/progress.ts';
import { createEmbeddedSink } from '../../../gateway/telemetry/embedded.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { at, minute, pointAt } from './telemetry-point.ts';

/** Writes the same points as its sibling and moves the same cursor on by one, `rounds` times. */
const [, , path = '', rounds = '0'] = process.argv;
const file = openTelemetryFile(path, { readOnly: false });
const sink = createEmbeddedSink(file);
const progress = createSqliteProgress(file);

for (let round = 0; round < Number(rounds); round += 1) {
  const points = Array.from({ length: 50 }, (_, index) =>
    pointAt(at('2026-10-25T00:00') + round * minute, index, { seq: index }),
  );
  let isMoved = false;
  while (!isMoved) {
    const from = await progress.cursor('embedded');
    const answer = await sink.write(points);
    if (answer.kind !== 'written' || answer.refused.length > 0) throw new Error('Not taken.');
    const to = { ...beginning, event: from.event + 1 };
    const step = { from, to, refused: [], homes: new Set(['home-1']), at: round };
    isMoved = await progress.advance('embedded', step);
  }
}
file.close();
