import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

import type { Endpoint } from '../../../gateway/domain/duty/staffing.ts';
import { createWebhookChannel } from '../../../gateway/notify/webhook-channel.ts';
import { WebhookBody } from '../../../gateway/protocol/duty/endpoint.ts';
import { briefOf, impatient, patient, raisedAt, waitingOf } from './brief.ts';
import { hang, openReceiver, type Received, status } from './receiver.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

async function openWorld() {
  const receiver = await openReceiver();
  const endpoint: Endpoint = {
    id: 'centre',
    municipalityId: 'norr',
    name: 'Larmcentralen',
    url: `${receiver.url}/hook`,
    secret,
    disabledAt: null,
    disabledWhy: null,
  };
  const endpoints = new Map([[endpoint.id, endpoint]]);
  const disabled: string[] = [];
  const channel = createWebhookChannel({
    endpoint: async (id) => endpoints.get(id) ?? null,
    disable: async (id, at, why) => {
      disabled.push(`${id} ${why}`);
      endpoints.set(id, { ...endpoint, disabledAt: at, disabledWhy: why });
    },
    publicUrl: 'https://vaka.example.se',
    // The package that verifies goes by the real time.
    clock: Date.now,
  });
  return {
    receiver,
    endpoint,
    endpoints,
    disabled,
    channel,
    send: (attempts = 0, signal = patient) =>
      channel.send(waitingOf('webhook', 'centre', { attempts }), briefOf(), signal),
  };
}

function bodyOf(received: Received | undefined, key = secret): unknown {
  return new Webhook(key).verify(received?.body ?? '', received?.headers as Record<string, string>);
}

describe('a webhook', () => {
  test('says what an alarm centre needs, signed as Standard Webhooks has it, and names nobody', async () => {
    const { receiver, send } = await openWorld();
    expect(await send()).toEqual({ result: 'delivered' });
    const [received] = receiver.received;
    expect(received).toMatchObject({ method: 'POST', path: '/hook' });
    expect(received?.headers['content-type']).toBe('application/json');
    expect(WebhookBody.parse(bodyOf(received))).toEqual({
      type: 'alert.asked',
      timestamp: new Date(raisedAt).toISOString(),
      data: {
        alertId: 'alert-1',
        severity: 'emergency',
        title: { sv: 'Fall i badrummet', en: 'Fall in the bathroom' },
        home: 'Skogsgatan 12 B, lgh 1102',
        raisedAt: new Date(raisedAt).toISOString(),
        isTest: false,
        asking: 1,
        url: 'https://vaka.example.se/alerts/alert-1',
      },
    });
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    expect(() => bodyOf(received, other)).toThrow('No matching signature found');
  });

  test('has the same id and the same words when it is sent again', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer(status(503));
    expect(await send()).toEqual({ result: 'retry', why: 'HTTP 503' });
    receiver.answer(status(200));
    expect(await send(1)).toEqual({ result: 'delivered' });
    const [first, second] = receiver.received;
    expect(first?.headers['webhook-id']).toBe('alert-1:1:webhook:asked:centre');
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(bodyOf(second)).toEqual(bodyOf(first));
  });

  test('tells what became of an alert', async () => {
    const { receiver, channel } = await openWorld();
    for (const kind of ['taken', 'resolved'] as const) {
      await channel.send(waitingOf('webhook', 'centre', { kind }), briefOf(), patient);
    }
    const types = receiver.received.map((each) => WebhookBody.parse(bodyOf(each)).type);
    expect(types).toEqual(['alert.taken', 'alert.resolved']);
  });

  test('is put off for as long as the receiver asks, in seconds or until a date', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer(status(429, { 'retry-after': '120' }));
    expect(await send()).toEqual({ result: 'retry', why: 'HTTP 429', afterMs: 120_000 });
    const date = new Date(Date.now() + 600_000).toUTCString();
    receiver.answer(status(503, { 'retry-after': date }));
    const sent = await send();
    expect(sent).toMatchObject({ result: 'retry', why: 'HTTP 503' });
    const afterMs = 'afterMs' in sent ? sent.afterMs : undefined;
    expect(afterMs).toBeGreaterThan(590_000);
    expect(afterMs).toBeLessThanOrEqual(600_000);
  });

  test('believes a refusal only when it has been repeated', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer(status(401));
    expect(await send(0)).toEqual({ result: 'retry', why: 'HTTP 401' });
    expect(await send(2)).toEqual({ result: 'retry', why: 'HTTP 401' });
    expect(await send(3)).toEqual({ result: 'refused', why: 'HTTP 401' });
    receiver.answer(status(500));
    expect(await send(30)).toEqual({ result: 'retry', why: 'HTTP 500' });
  });

  test('turns the endpoint off when it says that it is gone, and sends nothing there any more', async () => {
    const { receiver, disabled, send } = await openWorld();
    receiver.answer(status(410));
    expect(await send()).toEqual({ result: 'gone', why: 'HTTP 410' });
    expect(disabled).toEqual(['centre HTTP 410 Gone']);
    receiver.answer(status(204));
    expect(await send()).toEqual({ result: 'gone', why: 'the endpoint is turned off' });
    expect(receiver.received).toHaveLength(1);
  });

  test('goes nowhere when the endpoint has been removed', async () => {
    const { endpoints, receiver, send } = await openWorld();
    endpoints.clear();
    expect(await send()).toEqual({ result: 'gone', why: 'the endpoint was removed' });
    expect(receiver.received).toEqual([]);
  });

  test('follows no redirection to another place', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer(status(307, { location: `${receiver.url}/elsewhere` }));
    expect(await send()).toEqual({ result: 'retry', why: 'HTTP 307' });
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  test('is given up for this time when the receiver hangs', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer(hang);
    const { signal, giveUp } = impatient();
    const sent = send(0, signal);
    await receiver.whenReceived(1);
    giveUp();
    expect(await sent).toEqual({ result: 'retry', why: 'no answer in time' });
  });

  test('is delivered by a receiver that says so and then never ends what it says', async () => {
    const { receiver, send } = await openWorld();
    receiver.answer((response) => {
      response.writeHead(200, { 'content-type': 'text/plain' });
      response.write('on and on');
    });
    expect(await send()).toEqual({ result: 'delivered' });
  });

  test('is tried again when nobody listens, and why says nothing of where', async () => {
    const { receiver, send } = await openWorld();
    await receiver.close();
    const why = expect.stringMatching(/^no connection \([A-Z_]+\)$/);
    expect(await send()).toEqual({ result: 'retry', why });
    await receiver.reopen();
    expect(await send(1)).toEqual({ result: 'delivered' });
  });

  test('can be tried out, also where it is turned off', async () => {
    const { receiver, channel, endpoint } = await openWorld();
    const off = { ...endpoint, disabledAt: raisedAt, disabledWhy: 'HTTP 410 Gone' };
    expect(await channel.sendTest(off, 'test-1', patient)).toEqual({ result: 'delivered' });
    const [received] = receiver.received;
    expect(received?.headers['webhook-id']).toBe('test-1');
    expect(WebhookBody.parse(bodyOf(received))).toMatchObject({
      type: 'endpoint.test',
      data: { alertId: null, isTest: true, url: 'https://vaka.example.se' },
    });
  });
});
