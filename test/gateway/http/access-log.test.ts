import { expect, test } from 'vitest';

import { openWorld } from './world.ts';

test('everything that is shown of people is written down', async () => {
  const world = await openWorld();
  const id = await world.raise('home-norr-1');
  const cookie = await world.cookieOf('astrid');
  await world.call('GET', '/api/v1/me', { cookie });
  await world.call('GET', '/api/v1/alerts', { cookie });
  await world.call('GET', '/api/v1/alerts?homeId=home-norr-1', { cookie });
  await world.call('GET', `/api/v1/alerts/${id}`, { cookie });
  await world.call('PUT', `/api/v1/alerts/${id}/acceptance`, { cookie });
  await world.call('GET', '/api/v1/homes', { cookie });
  await world.call('GET', '/api/v1/homes/home-norr-1', { cookie });
  await world.call('GET', '/api/v1/devices', { cookie });
  expect(world.accessRows()).toEqual([
    'astrid alerts -',
    'astrid alerts home-norr-1',
    `astrid alert ${id}`,
    `astrid alert ${id}`,
    'astrid homes -',
    'astrid home home-norr-1',
    'astrid devices -',
  ]);
});

test('what is not found is not written down as shown', async () => {
  const world = await openWorld();
  const id = await world.raise('home-norr-1');
  const cookie = await world.cookieOf('sara');
  await world.call('GET', `/api/v1/alerts/${id}`, { cookie });
  await world.call('PUT', `/api/v1/alerts/${id}/acceptance`, { cookie });
  await world.call('GET', '/api/v1/homes/home-norr-1', { cookie });
  expect(world.accessRows()).toEqual([]);
});

test('nothing is shown that cannot be written down', async () => {
  const world = await openWorld({
    around: (store) => ({
      ...store,
      accessLog: { write: () => Promise.reject(new Error('disk full')) },
    }),
  });
  const id = await world.raise('home-norr-1');
  const cookie = await world.cookieOf('astrid');
  const paths = ['alerts', `alerts/${id}`, 'homes', 'homes/home-norr-1', 'devices'];
  for (const path of paths) {
    const { status, body } = await world.call('GET', `/api/v1/${path}`, { cookie });
    expect({ path, status }).toEqual({ path, status: 500 });
    expect(JSON.stringify(body)).not.toMatch(/Elsa|Storgatan|norr/);
  }
});
