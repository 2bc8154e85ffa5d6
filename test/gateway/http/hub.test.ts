import { describe, expect, test } from 'vitest';

import type { BridgeConfiguration, HubDetail } from '../../../gateway/protocol/device/hub.ts';
import { addDevice, secretHashOf } from '../store/furnish.ts';
import { openWorld, type World, type WorldOptions } from './world.ts';

async function openWithHub(options: WorldOptions = {}): Promise<World> {
  const world = await openWorld(options);
  for (const [id, homeId] of [
    ['hub-1', 'home-norr-1'],
    ['hub-2', 'home-syd-1'],
  ] as const) {
    await addDevice(world.store, { id, homeId, profile: 'hub', secretHash: secretHashOf(id) });
  }
  world.sql(`insert into found(hub_id, address, municipality_id, dialect, label, first_seen_at, last_seen_at)
    values ('hub-1', '0x01', 'norr', 'zigbee2mqtt', 'hallen', 1, 2)`);
  return world;
}

async function ask(world: World, person: string, path: string) {
  return world.call('GET', `/api/v1${path}`, { cookie: await world.cookieOf(person) });
}

async function configure(world: World, person: string, hub: string, body: object) {
  const cookie = await world.cookieOf(person);
  return world.call('POST', `/api/v1/hubs/${hub}/bridge-configuration`, { cookie, body });
}

const zigbee = { sources: [{ dialect: 'zigbee2mqtt' }] };

describe('hubs', () => {
  test.each(['tore', 'cilla', 'adam'])(
    'are seen by %s, and what they speak for',
    async (person) => {
      const world = await openWithHub();
      expect(await ask(world, person, '/hubs')).toMatchObject({
        status: 200,
        body: { items: [{ id: 'hub-1', homeLabel: 'Storgatan norr-1', notPlaced: 1 }] },
      });
      const { body } = await ask(world, person, '/hubs/hub-1');
      expect((body as HubDetail).found.map(({ address }) => address)).toEqual(['0x01']);
      expect(await ask(world, person, '/found?homeId=home-norr-1')).toMatchObject({
        body: { items: [{ hubId: 'hub-1', label: 'hallen', deviceId: null }] },
      });
      expect(await ask(world, person, '/found?homeId=home-norr-2')).toMatchObject({
        body: { items: [] },
      });
      expect((await ask(world, person, '/found')).status).toBe(200);
    },
  );

  test('are told of once it is written down who looks, and at which home', async () => {
    const world = await openWithHub();
    for (const path of ['/hubs', '/hubs/hub-1', '/found?homeId=home-norr-1', '/hubs/hub-2']) {
      await ask(world, 'tore', path);
    }
    expect(world.accessRows()).toEqual([
      'tore devices -',
      'tore devices home-norr-1',
      'tore devices home-norr-1',
    ]);
  });

  test('are no matter for carers, and do not exist for another municipality', async () => {
    const world = await openWithHub();
    for (const path of ['/hubs', '/hubs/hub-1', '/found']) {
      expect((await ask(world, 'astrid', path)).status).toBe(403);
      expect((await world.call('GET', `/api/v1${path}`)).status).toBe(401);
    }
    expect((await ask(world, 'tore', '/hubs/hub-2')).status).toBe(404);
    expect((await configure(world, 'tore', 'hub-2', zigbee)).status).toBe(404);
    expect((await configure(world, 'tore', 'button-norr-1', zigbee)).status).toBe(404);
  });
});

describe('a bridge configuration', () => {
  test('holds a new secret of the hub, with which it can sign in, and is written nowhere', async () => {
    const world = await openWithHub();
    const { status, body } = await configure(world, 'tore', 'hub-1', zigbee);
    expect(status).toBe(200);
    const { fileName, text, steps, qrSvg } = body as BridgeConfiguration;
    expect(fileName).toBe('vaka.conf');
    const secret = /^remote_password (\S+)$/m.exec(text)?.[1] ?? '';
    const sent = await world.call('POST', '/api/v1/uplinks/native', {
      origin: null,
      body: JSON.stringify({ id: 'e-1', type: 'test.pressed' }),
      headers: { authorization: `Basic ${Buffer.from(`hub-1:${secret}`).toString('base64')}` },
    });
    expect(sent.status).toBe(204);
    expect(steps.map(({ en }) => en).join(' ')).toContain('last_seen: ISO_8601');
    expect(qrSvg).toMatch(/^<svg /);
    expect(JSON.stringify(world.logged)).not.toContain(secret);
    expect(JSON.stringify(await ask(world, 'tore', '/hubs/hub-1'))).not.toContain(secret);
  });

  test('is made by those who may change equipment', async () => {
    const world = await openWithHub();
    expect((await configure(world, 'cilla', 'hub-1', zigbee)).status).toBe(200);
    for (const person of ['adam', 'astrid']) {
      expect((await configure(world, person, 'hub-1', zigbee)).status).toBe(403);
    }
  });

  test('is not made where the password could be read on the way, and changes nothing then', async () => {
    const world = await openWithHub({ hubMqttUrl: null });
    const before = world.rows("select id from credential where device_id = 'hub-1'");
    expect(await configure(world, 'tore', 'hub-1', zigbee)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('VAKA_TLS_CERT_FILE') },
    });
    expect(world.rows("select id from credential where device_id = 'hub-1'")).toEqual(before);
  });

  test('that Mosquitto could not read is refused before a secret is made', async () => {
    const world = await openWithHub();
    const before = world.rows("select id from credential where device_id = 'hub-1'");
    for (const baseTopic of ['hem nod', '$SYS', '/', 'a#', 'a"b']) {
      const { status } = await configure(world, 'tore', 'hub-1', {
        sources: [{ dialect: 'zigbee2mqtt', baseTopic }],
      });
      expect(status).toBe(400);
    }
    const wide = { dialect: 'frigate', baseTopic: 'x'.repeat(100) };
    const long = [1, 2, 3].map((number) => ({
      ...wide,
      baseTopic: `${wide.baseTopic.slice(1)}${number}`,
    }));
    expect(await configure(world, 'tore', 'hub-1', { sources: long })).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('too much for one code') },
    });
    expect(world.rows("select id from credential where device_id = 'hub-1'")).toEqual(before);
  });
});
