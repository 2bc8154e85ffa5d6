import { expect, test } from 'vitest';

import { openWorld } from './world.ts';

test('says that it lives, whatever else is broken', async () => {
  const world = await openWorld({ http: { readiness: async () => ({ store: false }) } });
  expect(await world.call('GET', '/healthz')).toMatchObject({ status: 200, body: { alive: true } });
});

test('is ready when every part is, and else says which is not', async () => {
  const parts = { store: true, broker: true, sweep: true };
  const world = await openWorld({ http: { readiness: async () => parts } });
  expect(await world.call('GET', '/readyz')).toMatchObject({ status: 200, body: { ready: true } });
  parts.sweep = false;
  expect(await world.call('GET', '/readyz')).toMatchObject({
    status: 503,
    body: { ready: false, parts: { store: true, sweep: false } },
  });
});

test('gives its measurements to this machine, and not through a proxy on it', async () => {
  const world = await openWorld();
  const { status, headers, body } = await world.call('GET', '/metrics');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/plain');
  expect(body as string).toContain('# TYPE vaka_events_total counter');
  const forwarded = { headers: { 'x-forwarded-for': '192.0.2.1' } };
  expect((await world.call('GET', '/metrics', forwarded)).status).toBe(404);
  const open = await openWorld({ http: { metricsFor: 'anyone' } });
  expect((await open.call('GET', '/metrics', forwarded)).status).toBe(200);
});
