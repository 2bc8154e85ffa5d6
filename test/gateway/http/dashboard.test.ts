import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openWorld } from './world.ts';

const page = { headers: { accept: 'text/html' }, origin: null };

async function build(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vaka-dashboard-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Vaka</title>');
  await writeFile(join(folder, 'icon.svg'), '<svg/>');
  await writeFile(join(folder, 'assets', 'index-1a2b.js'), 'export {}');
  return folder;
}

test('every address of the dashboard is its page, fetched anew', async () => {
  const world = await openWorld({ http: { dashboardFolder: await build() } });
  for (const path of ['/', '/alerts/1', '/homes/home-norr-1']) {
    const { status, headers, body } = await world.call('GET', path, page);
    expect({ status, body }).toEqual({ status: 200, body: '<title>Vaka</title>' });
    expect(headers.get('cache-control')).toBe('public, max-age=0');
  }
});

test('assets, whose names change with their content, are kept for ever', async () => {
  const world = await openWorld({ http: { dashboardFolder: await build() } });
  const { headers } = await world.call('GET', '/assets/index-1a2b.js');
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await world.call('GET', '/icon.svg')).headers.get('cache-control')).toBe(
    'public, max-age=0',
  );
});

test('is not found where no page is asked for', async () => {
  const world = await openWorld({ http: { dashboardFolder: await build() } });
  expect((await world.call('GET', '/assets/gone.js')).status).toBe(404);
  expect((await world.call('GET', '/../world.ts', page)).body).not.toContain('import');
  expect((await world.call('GET', '/api/v1/nothing', page)).status).toBe(404);
  expect((await world.call('GET', '/mqtt', page)).status).toBe(404);
  expect((await world.call('POST', '/', page)).status).toBe(404);
});

test('says what to run when it has not been built', async () => {
  const world = await openWorld();
  const { status, body } = await world.call('GET', '/', page);
  expect(status).toBe(503);
  expect(body).toContain('npm run build');
});

test('runs nothing that is not its own, and nowhere but by itself', async () => {
  const world = await openWorld({ http: { dashboardFolder: await build() } });
  const { headers } = await world.call('GET', '/', page);
  expect(headers.get('content-security-policy')).toBe(
    "default-src 'self';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self';" +
      "object-src 'none';base-uri 'none';form-action 'self';frame-ancestors 'none'",
  );
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('permissions-policy')).toBe('camera=(self), geolocation=(), microphone=()');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('strict-transport-security')).toBeNull();
});
