import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openSqliteReportSource } from '../../../gateway/store/sqlite-report-source.ts';
import { furnish, keepAlert, minute, raised, resolvedAt, start } from './furnish.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

test('an alert counts as it was kept: its need, rule, end and outcome, or that it has none', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1'] } });
  const title = { sv: 'Ur säng "igen", Åsa\'s', en: 'Out of bed “again”' };
  const rule = { id: 'own/bed-left', version: 3, title, action: null };
  const of = { deviceId: 'button-home-1', rule, need: 'bed:näst' };
  const over = await keepAlert(store, raised({ ...of, alertId: 'a' }), resolvedAt(start + minute));
  const live = await keepAlert(store, raised({ ...of, alertId: 'b', deviceId: null }));

  const { source, close } = openSqliteReportSource(join(storage.folder, 'vaka.db'));
  onTestFinished(close);
  const municipality = { id: 'norr', name: 'norrs kommun', timeZone: 'Europe/Stockholm' };
  const span = { from: start, to: start + minute };
  const { alerts } = await source.facts(municipality, span, start + minute);
  expect(alerts).toMatchObject(
    [over, live].map(({ id, homeId, deviceId, need, severity, resolvedAt: endedAt, outcome }) => ({
      id,
      homeId,
      deviceId,
      need,
      severity,
      rule: { id: rule.id, title },
      resolvedAt: endedAt,
      outcome,
    })),
  );
  expect(alerts.map(({ resolvedAt: at, outcome }) => [at, outcome])).toEqual([
    [start + minute, 'no-action'],
    [null, null],
  ]);
});
