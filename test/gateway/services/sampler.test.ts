import { Registry } from 'prom-client';
import { expect, test } from 'vitest';

import { createMetrics } from '../../../gateway/services/metrics.ts';
import { createSampler } from '../../../gateway/services/sampler.ts';
import { furnish, keepAlert, minute, raised, resolvedAt, start } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';

test('the gateway keeps what it measures of itself once a minute, events since the last time', async () => {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  await furnish(store, { norr: { 'norr-1': ['home-1'] } });
  const metrics = createMetrics(new Registry());
  let now = start;
  const { samples } = store;
  const sample = createSampler({ samples, metrics, clock: () => now, memory: () => 1_000 });
  const kept = async () => {
    const rows = await storage.query('select at, vals from system_sample order by seq');
    return rows.map(({ at, vals }) => [at, JSON.parse(String(vals)) as Record<string, number>]);
  };

  metrics.events.inc({ result: 'stored' }, 5);
  metrics.events.inc({ result: 'quarantined' }, 2);
  metrics.outboxWaiting.inc({ channel: 'push' }, 3);
  await keepAlert(store, raised({ alertId: 'one' }));
  await keepAlert(store, raised({ alertId: 'two' }), resolvedAt(start));
  await sample();
  expect(await kept()).toEqual([
    [
      start,
      {
        events: 7,
        alerts_live: 1,
        homes_connected: 0,
        screens_connected: 0,
        outbox_waiting: 3,
        sweep_late_seconds: 0,
        memory_bytes: 1_000,
      },
    ],
  ]);

  metrics.events.inc({ result: 'stored' });
  now = start + minute - 1;
  await sample();
  expect(await kept()).toHaveLength(1);
  now = start + minute;
  metrics.diskFreeBytes.set(9);
  await sample();
  expect(await kept()).toMatchObject([{}, [now, { events: 1, disk_free_bytes: 9 }]]);
});
