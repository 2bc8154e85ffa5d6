import { describe, expect, test } from 'vitest';

import { Problem } from '../../../gateway/protocol/api.ts';
import { openWorld, rawRequest } from './world.ts';

describe('a request that cannot be done', () => {
  test('is answered as RFC 9457 has it, with its number', async () => {
    const world = await openWorld();
    const { status, headers, body } = await world.call('GET', '/api/v1/alerts');
    expect(status).toBe(401);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(Problem.parse(body)).toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: 'Sign in first.',
    });
  });

  test('says which field is wrong and how to mend it', async () => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1');
    const cookie = await world.cookieOf('astrid');
    const path = `/api/v1/alerts/${id}/acceptance`;
    const { status, body } = await world.call('PUT', path, {
      cookie,
      body: { etaMinutes: 'snart' },
    });
    expect(status).toBe(400);
    expect(Problem.parse(body).detail).toMatch(/^etaMinutes: .*number/);
  });

  test('says what each way of signing in needs, and repeats no password', async () => {
    const world = await openWorld();
    const detailFor = async (body: object) =>
      Problem.parse((await world.call('POST', '/api/v1/session', { body })).body).detail;
    expect(await detailFor({})).toMatch(/^email: .+; password: .+, or token: .+/);
    const wrong = await detailFor({ email: 'karin', password: 'hemligt' });
    expect(wrong).toMatch(/^email: /);
    expect(wrong).not.toContain('hemligt');
  });

  test.each([
    ['a body that is no JSON', '{"etaMinutes":', {}, 400],
    ['a body of another kind', 'etaMinutes=5', { 'content-type': 'text/plain' }, 400],
    ['a body of more than 32 KiB', `{"x":"${'x'.repeat(33_000)}"}`, {}, 413],
    ['a body in an unknown coding', '{}', { 'content-encoding': 'zip' }, 415],
  ])('is refused: %s', async (_what, body, headers, expected) => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1');
    const cookie = await world.cookieOf('astrid');
    const path = `/api/v1/alerts/${id}/acceptance`;
    const { status, body: problem } = await world.call('PUT', path, { cookie, body, headers });
    expect(status).toBe(expected);
    expect(Problem.parse(problem).detail).toBeTruthy();
    const { state } =
      (await world.store.overview.alert(
        (await world.signIn.account(cookie.slice(5)))?.scope ?? never(),
        id,
        world.clock(),
      )) ?? never();
    expect(state).toBe('firing');
  });

  test.each(['/api/v1/alertz', '/api', '/api/v1/alerts/%E0%A4%A', '/nothing.txt'])(
    'is a problem at an address where nothing is: %s',
    async (path) => {
      const world = await openWorld();
      const { status, headers } = await world.call('GET', path);
      expect([400, 404]).toContain(status);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    },
  );
});

test('a fault of ours is logged once, with the number that the answer gives, and without saying who', async () => {
  const world = await openWorld({
    around: (store) => ({
      ...store,
      overview: { ...store.overview, home: () => Promise.reject(new Error('disk gone')) },
    }),
  });
  const cookie = await world.cookieOf('astrid');
  const { status, headers, body } = await world.call('GET', '/api/v1/homes/home-norr-1', {
    cookie,
  });
  const requestId = headers.get('x-request-id');
  expect(status).toBe(500);
  expect(Problem.parse(body).detail).toContain(requestId);
  expect(JSON.stringify(body)).not.toContain('disk');
  expect(world.logged).toHaveLength(1);
  expect(world.logged[0]).toMatchObject({
    msg: 'request failed',
    requestId,
    method: 'GET',
    route: '/api/v1/homes/:id',
    err: { message: 'disk gone' },
  });
  expect(JSON.stringify(world.logged)).not.toMatch(/astrid|home-norr-1/);
});

describe('a request that changes something', () => {
  test.each([
    ['another site', 'https://evil.example'],
    ['another port of this machine', 'http://127.0.0.1:1'],
    ['a sandboxed page', 'null'],
    ['no page', null],
  ])('is refused when it comes from %s', async (_what, origin) => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1');
    const cookie = await world.cookieOf('astrid');
    const { token } = await world.signIn.createLink('astrid');
    const sent = [
      await world.call('PUT', `/api/v1/alerts/${id}/acceptance`, { cookie, origin }),
      await world.call('POST', '/api/v1/session', { body: { token }, origin }),
      await world.call('DELETE', '/api/v1/session', { cookie, origin }),
    ];
    expect(sent.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(Problem.parse(sent[0]?.body).detail).toContain('http://vaka.example');
    expect((await world.call('GET', '/api/v1/me', { cookie, origin })).status).toBe(200);
  });

  test('is taken from the public address, whatever the host is called here', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    const sent = { cookie, origin: 'http://vaka.example' };
    expect((await world.call('DELETE', '/api/v1/session', sent)).status).toBe(204);
  });

  test('is refused from a name that only points at this machine', async () => {
    const world = await openWorld();
    const url = `${world.origin}/api/v1/session`;
    const rebound = {
      host: `evil.example:${world.port}`,
      origin: `http://evil.example:${world.port}`,
    };
    expect(await rawRequest(url, 'DELETE', rebound)).toBe(403);
    const local = { host: `localhost:${world.port}`, origin: `http://localhost:${world.port}` };
    expect(await rawRequest(url, 'DELETE', local)).toBe(204);
  });
});

function never(): never {
  throw new Error('It should be there.');
}
