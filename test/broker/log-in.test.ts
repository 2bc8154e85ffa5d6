import type { Packet } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';

import type { ProofRefusal } from '../../broker/broker.ts';
import {
  connectDevice,
  connectPacket,
  deferred,
  dial,
  isRight,
  openFrontDoor,
  until,
} from './front-door.ts';
import type { RawDevice } from './front-door.ts';

/** What a log-in with this secret is answered. */
async function tryOut(door: { port: number }, id: string, secret: string): Promise<unknown> {
  const device = await dial(door);
  device.send(connectPacket(id, { password: Buffer.from(secret) }));
  return answer(device);
}

async function answer(device: RawDevice): Promise<number | undefined> {
  await until(() => device.received.length > 0);
  const [first] = device.received;
  return first?.cmd === 'connack' ? first.returnCode : undefined;
}

describe('a log-in', () => {
  test.each([
    ['a client id that would not be safe in a topic', 2, { clientId: 'a/#', username: 'a/#' }],
    ['an empty client id [MQTT-3.1.3-9]', 2, { clientId: '', username: 'd1' }],
    ['a user name that is not the client id', 4, { username: 'd2' }],
    ['no user name', 4, { username: undefined, password: undefined }],
    ['no password', 4, { password: undefined }],
    ['a wrong password', 5, { password: Buffer.from('wrong') }],
  ])('is refused for %s, with code %i [MQTT-3.2.2-5]', async (_, code, more) => {
    const door = await openFrontDoor();
    const device = await dial(door);
    device.send({ ...connectPacket('d1'), ...more } as Packet);
    expect(await answer(device)).toBe(code);
    await device.closed;
    expect(door.presence).toEqual([]);
    expect(door.notices).toHaveLength(1);
  });

  test('is told to come back when nobody can say whether it is right', async () => {
    const door = await openFrontDoor({ verify: () => Promise.reject(new Error('no database')) });
    const device = await dial(door);
    device.send(connectPacket('d1'));
    expect(await answer(device)).toBe(3);
    await device.closed;
  });

  test('with MQTT 5 gets CONNACK 0x01 [MQTT-3.1.2-2]', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    device.send(connectPacket('d1', { protocolVersion: 5 }));
    expect(await answer(device)).toBe(1);
    await device.closed;
  });

  test('does not evict a session before it has proved who it is', async () => {
    const verifying = deferred<ProofRefusal | null>();
    let asked = 0;
    const door = await openFrontDoor({
      verify: () => (asked++ === 0 ? Promise.resolve(null) : verifying.promise),
    });
    const device = await connectDevice(door, 'd1');
    const impostor = await dial(door);
    impostor.send(connectPacket('d1'));
    await until(() => asked === 2);
    verifying.resolve('bad-credentials');
    expect(await answer(impostor)).toBe(5);
    await device.publishAsync('vaka/v1/d1/events', '{}', { qos: 1 });
    expect(door.isPresent('d1')).toBe(true);
  });

  test('evicts the older session of the same device [MQTT-3.1.4-2]', async () => {
    const door = await openFrontDoor();
    const older = await dial(door);
    older.send(connectPacket('d1'));
    await answer(older);
    const newer = await dial(door);
    newer.send(connectPacket('d1'));
    expect(await answer(newer)).toBe(0);
    await older.closed;
    expect(door.presence).toHaveLength(1);
  });

  describe('of a guesser', () => {
    const few = { perSecond: 0.001, burst: 2 };

    test('is no longer listened to, while a device at the same address gets in', async () => {
      let asked = 0;
      const door = await openFrontDoor({
        limits: { refusals: few },
        verify: async (_, proof) => {
          asked += 1;
          return isRight(proof) ? null : 'bad-credentials';
        },
      });
      const codes: unknown[] = [];
      for (const guess of ['a', 'b', 'c', 'd']) codes.push(await tryOut(door, 'd1', guess));
      expect(codes).toEqual([5, 5, 3, 3]);
      expect(asked).toBe(2);
      expect(await tryOut(door, 'd2', 'right')).toBe(0);
    });

    test('who claims the id of a device that was let in does not keep it out', async () => {
      const door = await openFrontDoor({ limits: { refusals: few } });
      const resident = await connectDevice(door, 'd1');
      await resident.endAsync();
      const codes: unknown[] = [];
      for (const guess of ['a', 'b', 'c']) codes.push(await tryOut(door, 'd1', guess));
      expect(codes).toEqual([5, 5, 3]);
      expect(await tryOut(door, 'd1', 'right')).toBe(0);
    });

    test('who claims ever new ids is no longer listened to, nor who is new at that address', async () => {
      const door = await openFrontDoor({ limits: { addressRefusals: few } });
      const resident = await connectDevice(door, 'resident');
      await resident.endAsync();
      expect(await tryOut(door, 'a/#', 'wrong')).toBe(2);
      expect(await tryOut(door, 'd1', 'wrong')).toBe(5);
      expect(await tryOut(door, 'd2', 'right')).toBe(3);
      expect(await tryOut(door, 'resident', 'right')).toBe(0);
    });

    test('with a secret that was right once is limited like any other', async () => {
      let isStillRight = true;
      const door = await openFrontDoor({
        limits: { refusals: few },
        verify: async () => (isStillRight ? null : 'bad-credentials'),
      });
      expect(await tryOut(door, 'd1', 'right')).toBe(0);
      isStillRight = false;
      const codes: unknown[] = [];
      for (let again = 0; again < 3; again++) codes.push(await tryOut(door, 'd1', 'right'));
      expect(codes).toEqual([5, 5, 3]);
    });
  });

  test('that is wrong waits for its answer', async () => {
    const door = await openFrontDoor({ limits: { refusalDelayMs: 150 } });
    const device = await dial(door);
    const from = performance.now();
    device.send(connectPacket('d1', { password: Buffer.from('wrong') }));
    expect(await answer(device)).toBe(5);
    expect(performance.now() - from).toBeGreaterThan(140);
  });

  test('that stops half-way is cut off', async () => {
    const door = await openFrontDoor({ limits: { connectTimeoutMs: 20 } });
    const device = await dial(door);
    device.send(Buffer.from([0x10, 0x20, 0x00]));
    await device.closed;
    expect(door.notices).toContainEqual(expect.objectContaining({ kind: 'connection-error' }));
  });

  test('does not hold when the credentials are revoked', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    const will = {
      topic: 'vaka/v1/d1/events',
      payload: Buffer.from('gone'),
      qos: 1 as const,
      retain: false,
    };
    device.send(connectPacket('d1', { will }));
    await answer(device);
    door.broker.disconnect('d1');
    await device.closed;
    expect(door.isPresent('d1')).toBe(false);
    expect(door.taken).toEqual([]);
  });
});
