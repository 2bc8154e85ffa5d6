import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { beginning } from '../../../gateway/domain/series/progress.ts';
import { adviceFor, findLeftBehind } from '../../../gateway/services/left-behind.ts';
import { openSqliteTelemetrySource } from '../../../gateway/store/sqlite-telemetry-source.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { addHome, furnish, hour, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

test('homes that withdrew something are left behind in stores that are not written to any more', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': [] } });
  const consents = ['help', 'activity', 'statistics'] as const;
  for (const id of ['home-1', 'home-2', 'home-3']) {
    await addHome(store, { id, municipalityId: 'norr', unitId: 'norr-1', consents });
  }
  const file = openTelemetryFile(join(storage.folder, 'telemetry.db'), { readOnly: false });
  const { source, close } = openSqliteTelemetrySource(join(storage.folder, 'vaka.db'));
  onTestFinished(() => {
    close();
    file.close();
  });
  const progress = createSqliteProgress(file);
  const homes = new Set(['home-1', 'home-2', 'home-3']);
  for (const sink of ['embedded', 'influx-1', 'influx-2'] as const) {
    await progress.advance(sink, { from: beginning, to: beginning, refused: [], homes, at: start });
  }
  expect(await findLeftBehind(source, progress, ['influx-2'])).toEqual([]);
  const withdraw = (home: string, purpose: string) =>
    storage.query(
      `update consent set until_at = ${start + hour}
       where resident_id = 'resident-${home}' and purpose = '${purpose}'`,
    );
  await withdraw('home-1', 'statistics');
  await withdraw('home-2', 'activity');
  const left = await findLeftBehind(source, progress, ['influx-2']);
  expect(left).toEqual([{ name: 'influx-1', homes: 2 }]);
  expect(left.map(adviceFor).join()).toContain('vaka telemetry forget influx-1');
  expect(await findLeftBehind(source, progress, ['embedded', 'influx-1', 'influx-2'])).toEqual([]);
  await progress.forgetSink('influx-1');
  expect(await findLeftBehind(source, progress, ['influx-2'])).toEqual([]);
});
