import { describe, expect, test } from 'vitest';

import type { PushSubscription } from '../../../gateway/domain/duty/staffing.ts';
import { createWebPushChannel, freshVapidKeys } from '../../../gateway/notify/web-push-channel.ts';
import { briefOf, impatient, patient, waitingOf } from './brief.ts';
import { openPushService, verifyVapid } from './push-service.ts';
import { hang, status } from './receiver.ts';

async function openWorld() {
  const service = await openPushService();
  const keys = freshVapidKeys();
  const kept: PushSubscription[] = [];
  const channel = createWebPushChannel({
    keys: async () => keys,
    contact: 'https://vaka.example.se',
    subscriptions: async (personId) => kept.filter((each) => each.personId === personId),
    endSubscription: async (endpoint) => {
      kept.splice(0, kept.length, ...kept.filter((each) => each.endpoint !== endpoint));
    },
    clock: Date.now,
  });
  return {
    service,
    keys,
    kept,
    subscribe: (personId: string) => {
      const browser = service.subscribe(personId);
      kept.push(browser.subscription);
      return browser;
    },
    send: (some = {}, signal = patient) =>
      channel.send(waitingOf('push', 'astrid'), briefOf(some), signal),
  };
}

describe('a push', () => {
  test('is known by its signature and read by that browser alone', async () => {
    const { service, keys, subscribe, send } = await openWorld();
    const phone = subscribe('astrid');
    expect(await send()).toEqual({ result: 'delivered' });
    const [received] = service.received;
    const { aud, exp, sub } = verifyVapid(received, keys.publicKey);
    expect({ aud, sub }).toEqual({ aud: service.url, sub: 'https://vaka.example.se' });
    expect(Number(exp)).toBeGreaterThan(Date.now() / 1_000);
    expect(Number(exp)).toBeLessThanOrEqual(Date.now() / 1_000 + 24 * 3_600);
    expect(() => verifyVapid(received, freshVapidKeys().publicKey)).toThrow('Another key');

    expect(received?.path).toBe(phone.path);
    expect(received?.headers['content-encoding']).toBe('aes128gcm');
    expect(phone.read(received)).toEqual({
      id: 'alert-1:1:push:asked:astrid',
      title: { sv: 'Akut larm', en: 'Emergency alert' },
      body: { sv: 'Skogsgatan', en: 'Skogsgatan' },
      path: '/alerts/alert-1',
      tag: 'alert-1',
      severity: 'emergency',
    });
    const other = service.subscribe('astrid');
    expect(() => other.read(received)).toThrow('unable to authenticate data');
  });

  test('hurries by how urgent it is, and a later one takes the place of one still waiting', async () => {
    const { service, subscribe, send } = await openWorld();
    subscribe('astrid');
    await send();
    await send({ severity: 'low' });
    await send({ id: 'alert-2' });
    const [urgent, low, other] = service.received.map(({ headers }) => headers);
    expect(urgent).toMatchObject({ ttl: '600', urgency: 'high' });
    expect(low).toMatchObject({ ttl: '3600', urgency: 'low' });
    expect(low?.['topic']).toBe(urgent?.['topic']);
    expect(other?.['topic']).not.toBe(urgent?.['topic']);
  });

  test('has come when one of the browsers of a person took it', async () => {
    const { service, subscribe, send } = await openWorld();
    const phone = subscribe('astrid');
    subscribe('astrid');
    subscribe('bengt');
    service.answer((response, { path }) => {
      response.writeHead(path === phone.path ? 201 : 503).end();
    });
    expect(await send()).toEqual({ result: 'delivered' });
    expect(service.received).toHaveLength(2);
  });

  test.each([404, 410])(
    'ends a subscription that is over, told by %i, and no other',
    async (code) => {
      const { service, kept, subscribe, send } = await openWorld();
      const old = subscribe('astrid');
      const phone = subscribe('astrid');
      service.answer((response, { path }) => {
        response.writeHead(path === old.path ? code : 503).end();
      });
      expect(await send()).toEqual({ result: 'retry', why: 'HTTP 503' });
      expect(kept).toEqual([phone.subscription]);
      service.answer(status(code));
      expect(await send()).toEqual({ result: 'gone', why: `HTTP ${code}` });
      expect(kept).toEqual([]);
      expect(await send()).toEqual({ result: 'gone', why: 'no browser is subscribed' });
    },
  );

  test('waits when the push service asks for it, hangs or is away', async () => {
    const { service, subscribe, send } = await openWorld();
    subscribe('astrid');
    service.answer(status(429, { 'retry-after': '30' }));
    expect(await send()).toEqual({ result: 'retry', why: 'HTTP 429', afterMs: 30_000 });
    service.answer(hang);
    const { signal, giveUp } = impatient();
    const sent = send({}, signal);
    await service.whenReceived(2);
    giveUp();
    expect(await sent).toEqual({ result: 'retry', why: 'no answer in time' });
    await service.close();
    const why = expect.stringMatching(/^no connection \([A-Z_]+\)$/);
    expect(await send()).toEqual({ result: 'retry', why });
  });

  test('ends a subscription with keys that cannot be used', async () => {
    const { kept, service, subscribe, send } = await openWorld();
    const { subscription } = subscribe('astrid');
    kept.splice(0, 1, { ...subscription, keys: { p256dh: 'AAAA', auth: 'AAAA' } });
    expect(await send()).toMatchObject({ result: 'gone' });
    expect(kept).toEqual([]);
    expect(service.received).toEqual([]);
  });
});
