import { expect, test } from 'vitest';

import { TelemetryStatus } from '../../gateway/protocol/series/series.ts';
import { openWorld } from '../e2e/world.ts';

test('what devices tell is history a moment later, and who looks after the service sees that it is', async () => {
  const world = await openWorld();
  await world.tell('skogsgatan-door-contact', { type: 'battery.measured', data: { percent: 80 } });
  await world.settleHistory();
  const api = await world.apiFor('tore');
  const status = TelemetryStatus.parse(await (await api('/telemetry')).json());
  expect(status).toMatchObject({
    asked: 'embedded',
    sinks: [{ name: 'embedded', state: 'up-to-date', lagMs: 0, refused: 0, trouble: null }],
  });
  expect(status.sinks[0]?.written).toBeGreaterThan(0);
  expect((await (await world.apiFor('amina'))('/telemetry')).status).toBe(403);
});
