import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { HomeWeeks } from '../../gateway/protocol/history/home-day.ts';
import { TelemetryStatus } from '../../gateway/protocol/series/series.ts';
import { createOnboarding } from '../../gateway/services/onboarding.ts';
import { openTelemetryFile } from '../../gateway/telemetry/telemetry-file.ts';
import { openWorld } from '../e2e/world.ts';

/** History is written to an InfluxDB 1 at a port of this machine, and nowhere else. */
function writtenTo(port: number) {
  return {
    sinks: ['influx-1'] as const,
    rawDays: 90,
    lagMs: 60_000,
    influx1: { url: `http://127.0.0.1:${port}`, database: 'vaka' },
    influx2: null,
  };
}

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

test('days are paused from when somebody says so until they end it, and nothing tells why', async () => {
  const hour = 3_600_000;
  let now = Date.parse('2026-11-22T09:00:00Z');
  const world = await openWorld({ clock: () => now, sweepEveryMs: 2 ** 30, olderByMs: 24 * hour });
  await world.withStore(async ({ registry }) => {
    const clock = () => now - 24 * hour;
    const onboarding = createOnboarding({ registry, clock, random: randomBytes });
    await onboarding.giveConsent({
      homeId: 'skogsgatan',
      purposes: ['statistics'],
      from: now - 24 * hour,
    });
  });
  await world.tell('skogsgatan-motion-sensor', { type: 'motion.detected' });
  await world.settleHistory();
  const karin = await world.apiFor('karin');
  const pause = { until: now + 72 * hour, reason: 'Ligger på sjukhus' };
  const path = '/homes/skogsgatan/pause';
  expect((await karin(path, { method: 'PUT', body: pause })).status).toBe(200);
  now += 2 * hour;
  expect((await karin(path, { method: 'DELETE', body: {} })).status).toBe(200);
  now += hour;
  await world.settleHistory();
  const answer = await (await karin('/homes/skogsgatan/weeks')).text();
  expect(answer).not.toContain(pause.reason);
  const { week } = HomeWeeks.parse(JSON.parse(answer));
  const paused = week.days.flatMap(({ bands }) => bands.filter(({ kind }) => kind === 'paused'));
  expect(paused).toEqual([
    { kind: 'paused', from: now - 3 * hour, to: now - hour, isEstimated: false },
  ]);
});

test('what is old enough is removed here, also when history is written elsewhere by now', async () => {
  let now = Date.parse('2026-11-22T09:00:00Z');
  const world = await openWorld({ clock: () => now, sweepEveryMs: 2 ** 30 });
  const battery = { type: 'battery.measured', data: { percent: 80 } };
  await world.tell('skogsgatan-door-contact', battery);
  await world.settleHistory();
  await world.tell('skogsgatan-door-contact', battery);
  await world.stop();
  const file = openTelemetryFile(join(world.dataDir, 'telemetry.db'), { readOnly: true });
  onTestFinished(() => file.close());
  const readings = () =>
    file.all(`select 1 from reading join series on series.id = series_id
      where measurement = 'battery'`).length;
  expect(readings()).toBe(1);
  now += 200 * 86_400_000;
  await world.start({ telemetry: writtenTo(9) });
  await expect(world.settleHistory()).rejects.toThrow('influx-1');
  await vi.waitFor(() => expect(readings()).toBe(0), { timeout: 10_000 });
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
  await world.start({ telemetry: writtenTo(port) });
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
