import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';

import { sv } from '../../../dashboard/text/sv.ts';
import {
  EndpointList,
  EndpointSecret,
  EndpointTested,
  EndpointView,
} from '../../../gateway/protocol/duty/endpoint.ts';
import { PolicySet } from '../../../gateway/protocol/duty/policy.ts';
import { openReceiver, type Received, status } from '../notify/receiver.ts';
import { openWorld, type World } from './world.ts';

const path = '/api/v1/endpoints';

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return (method: string, rest = '', body?: unknown) =>
    world.call(method, `${path}${rest}`, { cookie, body });
}

async function openEndpoints(person = 'cilla') {
  const world = await openWorld();
  const receiver = await openReceiver();
  const call = await asWhom(world, person);
  return { world, receiver, call, input: { name: 'Larmcentralen', url: `${receiver.url}/hook` } };
}

function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const signature = new Webhook(secret).sign(String(headers['webhook-id']), at, body.toString());
  return headers['webhook-signature'] === signature;
}

describe('the endpoints of a municipality', () => {
  test.each(['cilla', 'adam'])('are added, listed, changed and tried out by %s', async (person) => {
    const { world, receiver, call, input } = await openEndpoints(person);
    const added = await call('POST', '', input);
    expect(added.status).toBe(200);
    const { endpoint, secret } = EndpointSecret.parse(added.body);
    expect(endpoint).toMatchObject({ ...input, disabled: null, lastDeliveredAt: null });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);

    const tested = await call('POST', `/${endpoint.id}/test`);
    expect(EndpointTested.parse(tested.body)).toEqual({ isDelivered: true, why: null });
    expect(JSON.parse(receiver.received[0]?.body.toString() ?? '')).toMatchObject({
      type: 'endpoint.test',
      data: { url: 'http://vaka.example' },
    });

    const changed = await call('PUT', `/${endpoint.id}`, { ...input, name: 'Nattens central' });
    expect(EndpointView.parse(changed.body).name).toBe('Nattens central');
    const list = await call('GET');
    expect(EndpointList.parse(list.body).items).toEqual([changed.body]);
    expect(JSON.stringify([list.body, changed.body, world.logged])).not.toContain(secret.slice(6));
    expect(JSON.stringify(world.logged)).not.toContain(receiver.url);
  });

  test('are signed with the newest secret alone', async () => {
    const { receiver, call, input } = await openEndpoints();
    const { endpoint, secret } = EndpointSecret.parse((await call('POST', '', input)).body);
    await call('POST', `/${endpoint.id}/test`);
    const renewed = EndpointSecret.parse((await call('POST', `/${endpoint.id}/secret`)).body);
    expect(renewed.secret).not.toBe(secret);
    await call('POST', `/${endpoint.id}/test`);
    const signedWith = (each: string) => receiver.received.map((one) => isSignedWith(each, one));
    expect(signedWith(secret)).toEqual([true, false]);
    expect(signedWith(renewed.secret)).toEqual([false, true]);
  });

  test('say what the receiver answered when they are tried out', async () => {
    const { receiver, call, input } = await openEndpoints();
    const { endpoint } = EndpointSecret.parse((await call('POST', '', input)).body);
    receiver.answer(status(500));
    const failed = await call('POST', `/${endpoint.id}/test`);
    expect(EndpointTested.parse(failed.body)).toEqual({ isDelivered: false, why: 'HTTP 500' });
  });

  test('are turned off by 410 and on again by saving them, and tell how the last sending went', async () => {
    const { world, receiver, call, input } = await openEndpoints();
    const { endpoint } = EndpointSecret.parse((await call('POST', '', input)).body);
    const alertId = await world.raise('home-norr-1');
    const at = world.clock();
    const notification = {
      id: `${alertId}:1:webhook:asked:${endpoint.id}`,
      municipalityId: 'norr',
      alertId,
      asking: 1,
      severity: 'high',
      kind: 'asked',
      channel: 'webhook',
      target: endpoint.id,
      at,
    } as const;
    await world.store.transaction((ledger) => ledger.enqueue([notification]));
    receiver.answer(status(410));
    await world.dispatcher.run();
    const off = { at, why: 'HTTP 410 Gone' };
    const listed = EndpointList.parse((await call('GET')).body).items;
    expect(listed).toMatchObject([{ disabled: off, lastFailure: { at, why: 'HTTP 410' } }]);

    receiver.answer(status(204));
    expect((await call('PUT', `/${endpoint.id}`, input)).body).toMatchObject({ disabled: null });
    const again = { ...notification, id: `${notification.id}-2`, asking: 2 };
    await world.store.transaction((ledger) => ledger.enqueue([again]));
    world.pass(1_000);
    await world.dispatcher.run();
    const after = EndpointList.parse((await call('GET')).body).items;
    expect(after).toMatchObject([{ disabled: null, lastDeliveredAt: at + 1_000 }]);
  });

  test.each([
    ['no address', { name: 'A', url: 'nowhere' }],
    ['another protocol', { name: 'A', url: 'ftp://example.se/hook' }],
    ['a password in it', { name: 'A', url: 'https://me:secret@example.se/hook' }],
    ['no name', { name: ' ', url: 'https://example.se/hook' }],
  ])('are refused with %s', async (_, input) => {
    const { call } = await openEndpoints();
    expect((await call('POST', '', input)).status).toBe(400);
    expect((await call('GET')).body).toEqual({ items: [] });
  });

  test('are removed with their secret, and what still waited for them is given up', async () => {
    const { world, receiver, call, input } = await openEndpoints();
    const { endpoint } = EndpointSecret.parse((await call('POST', '', input)).body);
    const alertId = await world.raise('home-norr-1');
    const notification = {
      id: `${alertId}:1:webhook:resolved:${endpoint.id}`,
      municipalityId: 'norr',
      alertId,
      asking: 1,
      severity: 'high',
      kind: 'resolved',
      channel: 'webhook',
      target: endpoint.id,
      at: world.clock(),
    } as const;
    await world.store.transaction((ledger) => ledger.enqueue([notification]));
    expect((await call('DELETE', `/${endpoint.id}`)).status).toBe(204);
    expect((await call('GET')).body).toEqual({ items: [] });
    expect((await call('POST', `/${endpoint.id}/test`)).status).toBe(404);
    expect((await call('DELETE', `/${endpoint.id}`)).status).toBe(404);
    await world.dispatcher.run();
    expect(receiver.received).toEqual([]);
    expect(await world.store.outbox.state(0)).toMatchObject([{ waiting: 0, failed: 1 }]);
  });

  test('stay while an alarm centre is reached there, or a policy asks them, and say so', async () => {
    const { world, call, input } = await openEndpoints();
    const { endpoint } = EndpointSecret.parse((await call('POST', '', input)).body);
    const { staffing } = world.store;
    const centre = { id: 'centralen', municipalityId: 'norr', name: 'Larmcentralen Nord' };
    const unit = { ...centre, kind: 'alarm-centre', duty: 'always' } as const;
    await staffing.addUnit({ ...unit, serves: [], endpointId: endpoint.id }, world.clock());
    const step = { asks: [{ who: 'webhook', endpointId: endpoint.id }], channels: ['screen'] };
    const policy = { id: 'akut', title: 'Akut nattetid', severities: ['emergency'] };
    const times = { arrivalMinutes: 20, reminderMinutes: 30 };
    await staffing.addDocument({
      municipalityId: 'norr',
      kind: 'policies',
      subjectId: '',
      version: 1,
      document: PolicySet.parse({
        policies: [{ ...policy, ...times, steps: [{ ...step, waitSeconds: 60 }] }],
      }),
      authorId: 'cilla',
      at: world.clock(),
      reason: '',
    });
    const refused = await call('DELETE', `/${endpoint.id}`);
    const detail = 'Alerts go there by "Larmcentralen Nord", "Akut nattetid": change that first.';
    expect(refused).toMatchObject({ status: 409, body: { detail } });
    expect(sv.fromGateway(detail)).toMatch(/^Larm går dit genom "Larmcentralen Nord"/);
    expect(EndpointList.parse((await call('GET')).body).items).toHaveLength(1);
    await expect(staffing.removeEndpoint(endpoint.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('have an end', async () => {
    const { call, input } = await openEndpoints();
    for (let count = 0; count < 50; count += 1) {
      expect((await call('POST', '', input)).status).toBe(200);
    }
    expect((await call('POST', '', input)).status).toBe(409);
  });

  test('are no business of carers and technicians, nor of another municipality', async () => {
    const { world, call, input } = await openEndpoints();
    const { endpoint } = EndpointSecret.parse((await call('POST', '', input)).body);
    const ways = [
      ['GET', ''],
      ['POST', '', input],
      ['PUT', `/${endpoint.id}`, input],
      ['POST', `/${endpoint.id}/secret`],
      ['POST', `/${endpoint.id}/test`],
      ['DELETE', `/${endpoint.id}`],
    ] as const;
    for (const person of ['astrid', 'tore']) {
      const other = await asWhom(world, person);
      for (const [method, rest, body] of ways) {
        expect((await other(method, rest, body)).status).toBe(403);
      }
    }
    await world.store.registry.addUser({
      id: 'karin',
      municipalityId: 'syd',
      email: 'karin@vaka.example',
      name: 'karin',
      role: 'coordinator',
      units: [],
      passwordHash: null,
      at: world.clock(),
    });
    const karin = await asWhom(world, 'karin');
    expect((await karin('GET')).body).toEqual({ items: [] });
    for (const [method, rest, body] of ways.slice(2)) {
      expect((await karin(method, rest, body)).status).toBe(404);
    }
    expect((await call('POST', '/unknown/test')).status).toBe(404);
  });
});
