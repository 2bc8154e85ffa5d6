import { once } from 'node:events';
import { createServer } from 'node:http';

import { expect, onTestFinished, test } from 'vitest';

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

test('a gateway ends although the server of history does not answer, and goes on from there', async () => {
  const asked = Promise.withResolvers<void>();
  const server = createServer(() => asked.resolve()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const world = await openWorld();
  await world.stop();
  const telemetry = {
    sinks: ['influx-1'] as const,
    rawDays: 90,
    lagMs: 60_000,
    influx1: { url: `http://127.0.0.1:${port}`, database: 'vaka' },
    influx2: null,
  };
  await world.start({ telemetry });
  await world.tell('skogsgatan-door-contact', { type: 'battery.measured', data: { percent: 80 } });
  const settling = world.settleHistory().then(
    () => 'settled',
    () => 'broken off',
  );
  await asked.promise;
  const began = performance.now();
  await world.stop();
  expect(performance.now() - began).toBeLessThan(8_000);
  expect(await settling).toBe('broken off');

  await world.start();
  await world.settleHistory();
});
