import { describe, expect, test } from 'vitest';

import { addDevice, secretHashOf } from '../store/furnish.ts';
import { openWorld, type World } from './world.ts';

const path = '/api/v1/uplinks/native';

interface Sent {
  hub?: string;
  secret?: string;
  body?: string;
  to?: string;
  origin?: string | null;
}

/** As a network server sends it: from no page, with the hub's own credentials. */
function send(world: World, { hub = 'hub-1', secret, body = '[]', to = path, origin }: Sent = {}) {
  const claim = `${hub}:${secret ?? `secret of ${hub}`}`;
  return world.call('POST', to, {
    origin: origin ?? null,
    body,
    headers: { authorization: `Basic ${Buffer.from(claim).toString('base64')}` },
  });
}

async function openWithHub(): Promise<World> {
  const world = await openWorld();
  for (const id of ['hub-1', 'hub-2']) {
    await addDevice(world.store, {
      id,
      homeId: 'home-norr-1',
      profile: 'hub',
      secretHash: secretHashOf(id),
    });
  }
  return world;
}

function eventTypes(world: World, deviceId: string): string[] {
  return world
    .rows(`select type from event where device_id = '${deviceId}' order by seq`)
    .map(({ type }) => String(type));
}

describe('an uplink', () => {
  test('is stored before it is answered, and counts once', async () => {
    const world = await openWithHub();
    const body = JSON.stringify({ id: 'e-1', type: 'test.pressed' });
    for (let time = 0; time < 2; time += 1) {
      expect((await send(world, { body })).status).toBe(204);
      expect(eventTypes(world, 'hub-1')).toEqual(['test.pressed']);
    }
  });

  test('that is of no use is answered so that it is not sent again, with the reason', async () => {
    const world = await openWithHub();
    const { status, body } = await send(world, { body: 'not JSON' });
    expect({ status, body }).toEqual({
      status: 202,
      body: { refused: 'The message is no JSON in UTF-8.' },
    });
    const rows = world.rows("select topic, reason from quarantine where device_id = 'hub-1'");
    expect(rows).toEqual([
      { topic: 'vaka/v1/hub-1/events', reason: 'The message is no JSON in UTF-8.' },
    ]);
  });

  test.each([
    ['/api/v1/uplinks/chirpstack?event=up', 'chirpstack/event/up'],
    ['/api/v1/uplinks/tts', 'tts/uplink'],
    ['/api/v1/uplinks/senml', 'senml'],
    ['/api/v1/uplinks/native', 'events'],
  ])('to %s comes as if it had been published', async (to, rest) => {
    const taken: string[] = [];
    const world = await openWorld({
      http: {
        uplinks: {
          verify: async () => true,
          accept: async (hubId, topic, payload) => {
            taken.push(`${hubId} ${topic} ${payload.toString()}`);
            return { refused: null };
          },
        },
      },
    });
    expect((await send(world, { to, body: '{"a": 1}' })).status).toBe(204);
    expect(taken).toEqual([`hub-1 vaka/v1/hub-1/${rest} {"a": 1}`]);
  });

  test('is refused without the secret of a hub, whoever it says it is', async () => {
    const world = await openWithHub();
    const wrong: Sent[] = [
      { secret: 'guessed' },
      { secret: '' },
      { hub: 'nobody' },
      { hub: '' },
      { hub: 'hub-1', secret: 'secret of hub-2' },
    ];
    for (const each of wrong) {
      const { status, headers } = await send(world, each);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toMatch(/^Basic /);
    }
    const bare = await world.call('POST', path, { origin: null, body: '[]' });
    expect(bare.status).toBe(401);
    expect(world.rows('select * from quarantine')).toEqual([]);
  });

  test('is not taken from another site’s page, which could only guess', async () => {
    const world = await openWithHub();
    expect((await send(world, { origin: 'https://elsewhere.example' })).status).toBe(403);
  });

  test('in a language that does not come this way, or too big, is refused', async () => {
    const world = await openWithHub();
    expect((await send(world, { to: '/api/v1/uplinks/zigbee2mqtt' })).status).toBe(400);
    expect((await send(world, { to: '/api/v1/uplinks/chirpstack' })).status).toBe(400);
    expect((await send(world, { to: '/api/v1/uplinks/chirpstack?event=a/b' })).status).toBe(400);
    const big = 'x'.repeat(256 * 1_024 + 1);
    expect(await send(world, { body: big })).toMatchObject({
      status: 413,
      body: { detail: 'Send at most 256 KiB.' },
    });
    expect((await send(world, { body: big.slice(1) })).status).toBe(202);
  });

  test('with a wrong secret a hundred times is not looked at for a while; the right one gets in at once', async () => {
    const world = await openWithHub();
    for (let time = 0; time < 100; time += 1) await send(world, { secret: 'guessed' });
    expect((await send(world, { secret: 'guessed' })).status).toBe(429);
    expect((await send(world)).status).toBe(204);
    expect((await send(world, { hub: 'hub-2' })).status).toBe(204);
  });

  test('that could not be stored is answered with an error, so that it is sent again', async () => {
    const world = await openWorld({
      http: {
        uplinks: {
          verify: async () => true,
          accept: () => Promise.reject(new Error('The disk is full.')),
        },
      },
    });
    expect((await send(world)).status).toBe(500);
  });

  test('that could not be stored a hundred times is taken as soon as it can be', async () => {
    let isFull = true;
    const world = await openWorld({
      http: {
        uplinks: {
          verify: async () => true,
          accept: async () => {
            if (isFull) throw new Error('The disk is full.');
            return { refused: null };
          },
        },
      },
    });
    for (let time = 0; time < 101; time += 1) await send(world);
    isFull = false;
    expect((await send(world)).status).toBe(204);
  });
});
