import { describe, expect, test } from 'vitest';

import {
  NewProvisioningKey,
  Provisioned,
  ProvisioningKeyList,
} from '../../../gateway/protocol/device/identity.ts';
import { openWorld, type World } from './world.ts';

const keyPath = '/api/v1/provisioning-keys';
const path = '/api/v1/provisioning';
const hour = 3_600_000;
const day = 24 * hour;

type Call = (method: string, path: string, body?: unknown) => ReturnType<World['call']>;

async function openProvisioning() {
  const world = await openWorld();
  const cookie = await world.cookieOf('tore');
  const tore: Call = (method, to, body) => world.call(method, to, { cookie, body });

  return {
    world,
    tore,
    addKey: async (more: object = {}) => {
      const input = {
        name: 'Box 7',
        profile: 'door-contact',
        uses: 2,
        expiresAt: world.clock() + day,
        ...more,
      };
      return NewProvisioningKey.parse((await tore('POST', keyPath, input)).body);
    },
    /** As a device does: from no page at all. */
    ask: (key: string, serial: string, more: object = {}) =>
      world.call('POST', path, { origin: null, body: { key, serial }, ...more }),
    used: async () => {
      const { items } = ProvisioningKeyList.parse((await tore('GET', keyPath)).body);
      return items.map(({ used }) => used);
    },
    /** Why requests were refused, as it was logged. */
    whys: () =>
      world.logged
        .filter(({ msg, result }) => msg === 'provisioning asked for' && result === 'refused')
        .map(({ why }) => why),
  };
}

function unknownKey(): string {
  return 'k'.repeat(43);
}

describe('a key', () => {
  test('is shown once, and listed without itself', async () => {
    const { world, tore, addKey } = await openProvisioning();
    const { key, ...view } = await addKey();
    expect(view).toMatchObject({ uses: 2, used: 0, revokedAt: null, by: { name: 'tore' } });
    const listed = await tore('GET', keyPath);
    expect(listed.body).toEqual({ items: [view] });
    expect(JSON.stringify([listed.body, world.logged])).not.toContain(key);
  });

  test('is not for carers, nor for another municipality', async () => {
    const { world, addKey } = await openProvisioning();
    const { id } = await addKey();
    const cookie = await world.cookieOf('astrid');
    expect((await world.call('GET', keyPath, { cookie })).status).toBe(403);
    expect((await world.call('POST', keyPath, { cookie, body: {} })).status).toBe(400);
    expect((await world.call('DELETE', `${keyPath}/${id}`, { cookie })).status).toBe(403);
    world.sql("update person set role = 'technician' where id = 'sara'");
    const sara = await world.cookieOf('sara');
    expect((await world.call('GET', keyPath, { cookie: sara })).body).toEqual({ items: [] });
    expect((await world.call('DELETE', `${keyPath}/${id}`, { cookie: sara })).status).toBe(404);
  });

  test.each([
    ['for a time that has passed', { expiresAt: 1 }],
    ['for more than 90 days', { expiresAt: Date.parse('2027-02-22T00:00:00Z') }],
    ['for a model that there is none of', { modelId: 'no-such-model' }],
    ['for no device', { uses: 0 }],
    ['for a kind that there is none of', { profile: 'toaster' }],
  ])('is not made %s', async (_, more) => {
    const { world, tore } = await openProvisioning();
    const right = { name: 'x', profile: 'hub', uses: 1, expiresAt: world.clock() + day };
    expect((await tore('POST', keyPath, right)).status).toBe(200);
    expect((await tore('POST', keyPath, { ...right, ...more })).status).toBe(400);
  });
});

describe('a device', () => {
  test('fetches its secret from no page, and exists in no home', async () => {
    const { world, addKey, ask } = await openProvisioning();
    const { key } = await addKey();
    const asked = await ask(key, 'SN-00017');
    expect(asked.status).toBe(200);
    const { deviceId, secret, mqttUrl } = Provisioned.parse(asked.body);
    expect(deviceId).toMatch(/^door-contact-[0-9a-f]{12}$/);
    expect(mqttUrl).toBe('mqtts://vaka.example:8883');
    const file = (await world.store.directory.devices([deviceId])).get(deviceId);
    expect(file).toMatchObject({
      municipalityId: 'norr',
      name: 'Dörrsensor 0017',
      profile: 'door-contact',
      bindings: [],
    });
    expect(await world.store.directory.credentials(deviceId)).toHaveLength(1);
    expect(JSON.stringify(world.logged)).not.toContain(secret);
    expect(JSON.stringify(world.logged)).not.toContain(key);
  });

  test('is refused when a page of another site asks in its name, and nothing else needs no page', async () => {
    const { world, addKey, ask } = await openProvisioning();
    const { key, id } = await addKey();
    const cookie = await world.cookieOf('tore');
    expect((await ask(key, 'A-1', { origin: 'https://evil.example' })).status).toBe(403);
    for (const [method, to] of [
      ['POST', keyPath],
      ['DELETE', `${keyPath}/${id}`],
      ['POST', '/api/v1/authority'],
      ['POST', '/api/v1/devices/button-norr-1/secret'],
      ['POST', '/api/v1/provisioningx'],
      ['POST', `/api/v1/alerts?x=${path}`],
    ] as const) {
      const { status } = await world.call(method, to, { cookie, origin: null });
      expect({ to, status }).toEqual({ to, status: 403 });
    }
    expect((await ask(key, 'A-1')).status).toBe(200);
  });

  test('is told the same whatever is wrong with its key, and the log says what', async () => {
    const { world, tore, addKey, ask, whys } = await openProvisioning();
    const usedUp = await addKey({ uses: 1 });
    await ask(usedUp.key, 'A-1');
    const revoked = await addKey();
    await tore('DELETE', `${keyPath}/${revoked.id}`);
    const expired = await addKey({ expiresAt: world.clock() + hour });
    world.pass(hour);
    const keys = [unknownKey(), usedUp.key, revoked.key, expired.key];
    const answers = [];
    // With a serial number that is new, and one that is taken.
    for (const serial of ['B-1', 'A-1']) {
      for (const key of keys) answers.push(await ask(key, serial));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    const told = answers.map(({ body }) => JSON.stringify({ ...(body as object), requestId: '' }));
    expect(new Set(told).size).toBe(1);
    const whyEach = ['unknown', 'used-up', 'revoked', 'expired'];
    expect(whys()).toEqual([...whyEach, ...whyEach]);
    expect(JSON.stringify(world.logged)).not.toContain(usedUp.key);
  });

  test('of many that ask at once gets a secret no oftener than the key has uses', async () => {
    const { addKey, ask, used } = await openProvisioning();
    const { key } = await addKey({ uses: 3 });
    const serials = Array.from({ length: 12 }, (_, index) => `A-${index}`);
    const answers = await Promise.all(serials.map((serial) => ask(key, serial)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(9);
    expect(await used()).toEqual([3]);
  });

  test('that asks many times at once gets one secret', async () => {
    const { addKey, ask, used } = await openProvisioning();
    const { key } = await addKey({ uses: 10 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(key, 'A-1')));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([
      200,
      ...Array<number>(7).fill(409),
    ]);
    expect(await used()).toEqual([1]);
  });

  test('with the serial number of one that is out of use is a new one', async () => {
    const { world, addKey, ask } = await openProvisioning();
    const { key } = await addKey();
    const first = Provisioned.parse((await ask(key, 'A-1')).body);
    world.sql(`update device set decommissioned_at = 1 where id = '${first.deviceId}'`);
    const second = Provisioned.parse((await ask(key, 'A-1')).body);
    expect(second.deviceId).not.toBe(first.deviceId);
  });
});

describe('after a factory reset', () => {
  async function openReset(more: object = {}) {
    const parts = await openProvisioning();
    const key = await parts.addKey(more);
    const { deviceId } = Provisioned.parse((await parts.ask(key.key, 'A-1')).body);
    const allow = () => parts.tore('PUT', `/api/v1/devices/${deviceId}/reprovisioning`);
    return { ...key, ...parts, deviceId, allow };
  }

  test('a device gets a new secret once a technician lets it, in place of all that it had', async () => {
    const { world, tore, key, deviceId, allow, ask } = await openReset();
    const cookie = await world.cookieOf('adam');
    await world.call('POST', '/api/v1/authority', { cookie });
    await tore('POST', `/api/v1/devices/${deviceId}/certificate`);
    expect((await ask(key, 'A-1')).status).toBe(409);
    await allow();
    const again = Provisioned.parse((await ask(key, 'A-1')).body);
    expect(again.deviceId).toBe(deviceId);
    expect(world.cutOff).toEqual([deviceId]);
    const { items } = (await tore('GET', `/api/v1/devices/${deviceId}/credentials`)).body as {
      items: { kind: string; revokedWhy: string | null }[];
    };
    expect(items.filter(({ revokedWhy }) => revokedWhy === null)).toHaveLength(1);
    expect(items.filter(({ revokedWhy }) => revokedWhy === 'reprovisioned')).toHaveLength(2);
    expect((await ask(key, 'A-1')).status).toBe(409);
  });

  test('it must come within the hour', async () => {
    const { world, key, allow, ask } = await openReset();
    await allow();
    world.pass(hour);
    expect((await ask(key, 'A-1')).status).toBe(409);
  });

  test('of several that come with its number at once, one gets the secret', async () => {
    const { key, allow, ask } = await openReset();
    await allow();
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(key, 'A-1')));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('a key that is used up or has expired will do, and one that is revoked will not', async () => {
    const { world, tore, key, id, allow, ask, used } = await openReset({
      uses: 1,
    });
    await allow();
    expect((await ask(key, 'A-1')).status).toBe(200);
    world.sql(`update provisioning_key set expires_at = ${world.clock()}`);
    await allow();
    expect((await ask(key, 'A-1')).status).toBe(200);
    expect(await used()).toEqual([1]);
    await tore('DELETE', `${keyPath}/${id}`);
    await allow();
    expect((await ask(key, 'A-1')).status).toBe(401);
  });

  test('a device that is blocked stays out', async () => {
    const { world, key, deviceId, allow, ask } = await openReset();
    await allow();
    world.sql(`update device set blocked_at = 1 where id = '${deviceId}'`);
    expect((await ask(key, 'A-1')).status).toBe(409);
  });
});

test('a box of devices with an old key does not keep the next box out', async () => {
  const { addKey, ask } = await openProvisioning();
  const statuses: number[] = [];
  for (let device = 0; device < 51; device++) {
    statuses.push((await ask(unknownKey(), `A-${device}`)).status);
  }
  expect(statuses).toEqual([...Array<number>(50).fill(401), 429]);
  const { key } = await addKey();
  expect((await ask(key, 'B-1')).status).toBe(200);
});
