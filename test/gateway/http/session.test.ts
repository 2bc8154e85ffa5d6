import { describe, expect, test } from 'vitest';

import { openWorld } from './world.ts';

const wrong = 'The e-mail address or the password is wrong.';

describe('signing in', () => {
  test('with a password gives a cookie that scripts and other sites cannot use', async () => {
    const world = await openWorld();
    await giveKarinAPassword(world);
    const body = { email: 'Karin@vaka.example', password: 'en häst på åkern' };
    const { status, headers, body: me } = await world.call('POST', '/api/v1/session', { body });
    expect(status).toBe(200);
    expect(me).toMatchObject({ id: 'karin', role: 'carer', municipality: { id: 'norr' } });
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^vaka=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/);
    const own = { cookie: cookie.split(';')[0] ?? '' };
    expect((await world.call('GET', '/api/v1/me', own)).body).toEqual(me);
  });

  test('over https makes the cookie Secure and binds it to the host', async () => {
    const world = await openWorld({ publicUrl: 'https://vaka.example' });
    const { token } = await world.signIn.createLink('astrid');
    const sent = { body: { token }, origin: 'https://vaka.example' };
    const { headers } = await world.call('POST', '/api/v1/session', sent);
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-vaka=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(headers.get('strict-transport-security')).toContain('max-age');
  });

  test('with a wrong password, an unknown address or no password at all tells the same', async () => {
    const world = await openWorld();
    await giveKarinAPassword(world);
    for (const email of ['karin@vaka.example', 'nobody@vaka.example', 'astrid@vaka.example']) {
      const { status, body } = await world.call('POST', '/api/v1/session', {
        body: { email, password: 'fel' },
      });
      expect({ status, body }).toMatchObject({ status: 401, body: { detail: wrong } });
    }
  });

  test('by a link works once', async () => {
    const world = await openWorld();
    const body = await world.signIn.createLink('astrid').then(({ token }) => ({ token }));
    expect((await world.call('POST', '/api/v1/session', { body })).status).toBe(200);
    const again = await world.call('POST', '/api/v1/session', { body });
    expect(again.status).toBe(401);
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  test('is refused after ten failures for one e-mail address, and not for others', async () => {
    const world = await openWorld();
    const body = { email: 'nobody@vaka.example', password: 'fel' };
    const statuses = [];
    for (let attempt = 0; attempt < 11; attempt += 1) {
      statuses.push((await world.call('POST', '/api/v1/session', { body })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
    const other = { ...body, email: 'other@vaka.example' };
    expect((await world.call('POST', '/api/v1/session', { body: other })).status).toBe(401);
  });

  test('is refused after fifty failures from one place, and successes do not count', async () => {
    const world = await openWorld();
    for (let shift = 0; shift < 5; shift += 1) await world.cookieOf('astrid');
    const body = { token: 'x'.repeat(43) };
    for (let attempt = 0; attempt < 50; attempt += 1) {
      expect((await world.call('POST', '/api/v1/session', { body })).status).toBe(401);
    }
    const refused = await world.call('POST', '/api/v1/session', { body });
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
  });

  test('again ends the session before', async () => {
    const world = await openWorld();
    const former = await world.cookieOf('astrid');
    const { token } = await world.signIn.createLink('cilla');
    await world.call('POST', '/api/v1/session', { body: { token }, cookie: former });
    expect((await world.call('GET', '/api/v1/me', { cookie: former })).status).toBe(401);
  });
});

describe('a session', () => {
  test('lasts for a shift of twelve hours, however much it is used', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    world.pass(12 * 3_600_000 - 1);
    expect((await world.call('GET', '/api/v1/me', { cookie })).status).toBe(200);
    world.pass(1);
    expect((await world.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  test('ends when one signs out, and takes the cookie away', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    const { status, headers } = await world.call('DELETE', '/api/v1/session', { cookie });
    expect(status).toBe(204);
    expect(headers.get('set-cookie')).toMatch(/^vaka=; Max-Age=0;/);
    expect((await world.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
  });

  test('is not guessed from a cookie of nonsense', async () => {
    const world = await openWorld();
    for (const cookie of ['vaka=', 'vaka=x', 'vaka=%E0%A4%A', '__Host-vaka=x']) {
      expect((await world.call('GET', '/api/v1/me', { cookie })).status).toBe(401);
    }
  });
});

async function giveKarinAPassword(world: Awaited<ReturnType<typeof openWorld>>): Promise<void> {
  await world.store.registry.addUser({
    id: 'karin',
    municipalityId: 'norr',
    email: 'karin@vaka.example',
    name: 'Karin',
    role: 'carer',
    units: ['norr-1'],
    passwordHash: await world.signIn.hashPassword('en häst på åkern'),
    at: world.clock(),
  });
}
