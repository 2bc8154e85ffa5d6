import { describe, expect, test } from 'vitest';

import { PushKey } from '../../../gateway/protocol/duty/push.ts';
import { openPushService, verifyVapid } from '../notify/push-service.ts';
import { openWorld, type World } from './world.ts';

const path = '/api/v1/push/subscription';

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return {
    key: async () => PushKey.parse((await world.call('GET', '/api/v1/push/key', { cookie })).body),
    put: async (body: unknown) => (await world.call('PUT', path, { cookie, body })).status,
    end: async (endpoint: string) =>
      (await world.call('DELETE', path, { cookie, body: { endpoint } })).status,
  };
}

async function openPush() {
  const world = await openWorld();
  const service = await openPushService();
  const newBrowser = () => {
    const { subscription, read } = service.subscribe('');
    const { endpoint, keys } = subscription;
    return { endpoint, sent: { endpoint, keys }, read };
  };

  async function pushTo(target: string, asking = 1): Promise<void> {
    const alertId = await world.raise('home-norr-1');
    const id = `${alertId}:${asking}:push:asked:${target}`;
    const at = world.clock();
    const severity = 'high' as const;
    const shared = { municipalityId: 'norr', alertId, asking, severity, target, at };
    await world.store.transaction((ledger) =>
      ledger.enqueue([{ id, kind: 'asked', channel: 'push', ...shared }]),
    );
    await world.dispatcher.run();
  }

  return { world, service, newBrowser, pushTo };
}

describe('a browser', () => {
  test('subscribes with the key that pushes are signed with, and gets them', async () => {
    const { world, service, newBrowser, pushTo } = await openPush();
    const astrid = await asWhom(world, 'astrid');
    const { publicKey } = await astrid.key();
    expect((await astrid.key()).publicKey).toBe(publicKey);
    const phone = newBrowser();
    expect(await astrid.put(phone.sent)).toBe(204);
    await pushTo('astrid');
    const [received] = service.received;
    expect(verifyVapid(received, publicKey)).toMatchObject({ sub: 'mailto:vaka@localhost' });
    expect(phone.read(received)).toMatchObject({
      title: { sv: 'Akut larm', en: 'Emergency alert' },
      body: { sv: 'Storgatan norr', en: 'Storgatan norr' },
    });
    expect(JSON.stringify(world.logged)).not.toContain(phone.endpoint);
  });

  test.each([
    'http://push.example/some-browser',
    'http://192.168.1.1/router',
    'http://169.254.169.254/latest',
    'https://me:secret@push.example/some-browser',
  ])('is not one at %s: nobody makes the gateway call inside the network', async (endpoint) => {
    const { world, newBrowser } = await openPush();
    const astrid = await asWhom(world, 'astrid');
    const { keys } = newBrowser().sent;
    expect(await astrid.put({ endpoint, keys })).toBe(400);
    expect(await astrid.put({ endpoint: 'https://push.example/some-browser', keys })).toBe(204);
    expect((await world.store.staffing.subscriptions('astrid')).length).toBe(1);
  });

  test('is that of whoever signed in last, and nobody else is told there', async () => {
    const { world, service, newBrowser, pushTo } = await openPush();
    const phone = newBrowser();
    await (await asWhom(world, 'astrid')).put(phone.sent);
    await (await asWhom(world, 'bengt')).put(phone.sent);
    await pushTo('astrid');
    expect(service.received).toEqual([]);
    await pushTo('bengt');
    expect(service.received).toHaveLength(1);
  });

  test('is told nothing once its person has ended it, and nobody ends another’s', async () => {
    const { world, service, newBrowser, pushTo } = await openPush();
    const phone = newBrowser();
    const astrid = await asWhom(world, 'astrid');
    await astrid.put(phone.sent);
    expect(await (await asWhom(world, 'bengt')).end(phone.endpoint)).toBe(204);
    await pushTo('astrid');
    expect(service.received).toHaveLength(1);
    expect(await astrid.end(phone.endpoint)).toBe(204);
    expect(await astrid.end(phone.endpoint)).toBe(204);
    await pushTo('astrid');
    expect(service.received).toHaveLength(1);
  });

  test('stays subscribed however often the page is loaded, until there are ten newer ones', async () => {
    const { world, newBrowser } = await openPush();
    const astrid = await asWhom(world, 'astrid');
    const first = newBrowser();
    await astrid.put(first.sent);
    await astrid.put(first.sent);
    for (let count = 0; count < 9; count += 1) {
      world.pass(1_000);
      await astrid.put(newBrowser().sent);
    }
    const endpoints = async () =>
      (await world.store.staffing.subscriptions('astrid')).map(({ endpoint }) => endpoint);
    expect(await endpoints()).toHaveLength(10);
    expect(await endpoints()).toContain(first.endpoint);
    world.pass(1_000);
    await astrid.put(newBrowser().sent);
    expect(await endpoints()).toHaveLength(10);
    expect(await endpoints()).not.toContain(first.endpoint);
  });

  test('is refused with keys that are none, without any, and to those who answer no alerts', async () => {
    const { world, newBrowser } = await openPush();
    const { sent } = newBrowser();
    const astrid = await asWhom(world, 'astrid');
    expect(await astrid.put({ ...sent, keys: { ...sent.keys, p256dh: 'AAAA' } })).toBe(400);
    expect(await astrid.put({ ...sent, keys: { ...sent.keys, auth: 'AAAA' } })).toBe(400);
    expect(await astrid.put({ endpoint: sent.endpoint })).toBe(400);
    const adam = await world.cookieOf('adam');
    expect((await world.call('GET', '/api/v1/push/key', { cookie: adam })).status).toBe(403);
    expect((await world.call('PUT', path, { cookie: adam, body: sent })).status).toBe(403);
    expect((await world.call('PUT', path, { body: sent })).status).toBe(401);
  });
});
