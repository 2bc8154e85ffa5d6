import { describe, expect, test } from 'vitest';

import type { Accepted } from '../../broker/broker.ts';
import {
  connectDevice,
  connectPacket,
  connectTo,
  deferred,
  dial,
  openFrontDoor,
  publishPacket,
  subscribePacket,
  until,
} from './front-door.ts';

describe('the front door', () => {
  test('closes on a packet that is too large when its header shows it, and on nobody else', async () => {
    const door = await openFrontDoor({ limits: { maxPacketBytes: 1_024 } });
    const neighbour = await connectDevice(door, 'd2');
    const device = await dial(door);
    // 2 MiB are announced, not one byte of them is sent.
    device.send(connectPacket('d1'), Buffer.from([0x32, 0x80, 0x80, 0x80, 0x01]));
    await device.closed;
    expect(door.notices).toContainEqual(
      expect.objectContaining({ kind: 'oversize', deviceId: 'd1', bytes: 2_097_152 }),
    );
    await neighbour.publishAsync('vaka/v1/d2/events', 'x'.repeat(1_000), { qos: 1 });
    expect(neighbour.connected).toBe(true);
  });

  test('stores no more at once for one device than the limit, and drops nothing', async () => {
    const storing: PromiseWithResolvers<Accepted>[] = [];
    const door = await openFrontDoor({
      limits: { maxInFlight: 3 },
      accept: () => {
        const one = deferred<Accepted>();
        storing.push(one);
        return one.promise;
      },
    });
    const device = await dial(door);
    const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
    device.send(connectPacket('d1'), ...numbers.map((number) => publishPacket('d1', number)));
    await until(() => storing.length >= 3);
    const neighbour = await connectDevice(door, 'd2');
    expect(neighbour.connected).toBe(true);
    expect(storing).toHaveLength(3);
    for (let settled = 0; settled < 10; settled++) {
      await until(() => storing.length > settled);
      expect(storing.length - settled).toBeLessThanOrEqual(3);
      storing[settled]?.resolve({ refused: null });
    }
    await until(() => device.received.length === 11);
    expect(door.taken.map(({ payload }) => Number(payload))).toEqual(numbers);
    expect(door.notices).toContainEqual({ kind: 'throttled', deviceId: 'd1', by: 'in-flight' });
  });

  test('reads a device no faster than its rate, across reconnects, and drops nothing', async () => {
    const door = await openFrontDoor({ limits: { messages: { perSecond: 50, burst: 5 } } });
    const from = performance.now();
    const device = await connectTo(door);
    device.send(...[1, 2, 3, 4, 5].map((number) => publishPacket('d1', number)));
    await until(() => device.received.length === 6);
    device.socket.destroy();
    const again = await connectTo(door);
    again.send(...[6, 7, 8, 9, 10].map((number) => publishPacket('d1', number)));
    await until(() => again.received.length === 6);
    expect(performance.now() - from).toBeGreaterThan(80);
    expect(door.taken).toHaveLength(10);
    expect(door.notices).toContainEqual({ kind: 'throttled', deviceId: 'd1', by: 'rate' });
  });

  test('goes on reading messages without acknowledgement after the limit', async () => {
    const door = await openFrontDoor({ limits: { maxInFlight: 1 } });
    const device = await connectTo(door);
    const numbers = Array.from({ length: 10 }, (_, index) => index + 1);
    device.send(...numbers.map((number) => publishPacket('d1', number, { qos: 0 })));
    await until(() => door.taken.length === 10);
    expect(door.taken.map(({ payload }) => Number(payload))).toEqual(numbers);
  });

  test('does not take a throttled device, or one whose message is long in storing, for a silent one', async () => {
    const storing = deferred<Accepted>();
    const door = await openFrontDoor({
      limits: { maxInFlight: 1 },
      accept: () => storing.promise,
    });
    const device = await connectTo(door, { keepalive: 1 });
    device.send(publishPacket('d1', 1), publishPacket('d1', 2));
    await until(() => door.taken.length === 1);
    const silent = await dial(door);
    silent.send(connectPacket('d2', { keepalive: 1 }));
    await silent.closed;
    expect(door.isPresent('d1')).toBe(true);
    storing.resolve({ refused: null });
    await until(() => device.received.length === 3);
  });

  test.each([0, 65_535])(
    'watches for silence also when the device asks for a keep alive of %i',
    async (keepalive) => {
      const door = await openFrontDoor({ limits: { maxKeepAliveSeconds: 0.02 } });
      const device = await dial(door);
      device.send(connectPacket('d1', { keepalive }));
      await device.closed;
      expect(device.received[0]).toMatchObject({ cmd: 'connack', returnCode: 0 });
      expect(door.notices).toEqual([
        { kind: 'keep-alive-capped', deviceId: 'd1', askedSeconds: keepalive, seconds: 0.02 },
        { kind: 'silent', deviceId: 'd1', seconds: 0.02 },
      ]);
    },
  );

  test('lets in no more connections than the limit', async () => {
    const door = await openFrontDoor({ limits: { maxConnections: 1 } });
    const device = await connectDevice(door, 'd1');
    const surplus = await dial(door);
    await surplus.closed;
    expect(door.notices).toContainEqual(expect.objectContaining({ kind: 'connection-refused' }));
    await device.endAsync();
    await until(() => !door.isPresent('d1'));
    await connectDevice(door, 'd2');
  });

  test('cuts off a device that does not read, and keeps the others served', async () => {
    const door = await openFrontDoor({ limits: { maxUnsentBytes: 100_000 } });
    const frozen = await dial(door);
    frozen.send(connectPacket('d1'), subscribePacket(['vaka/v1/d1/commands'], 0));
    await until(() => frozen.received.length === 2);
    frozen.socket.pause();
    const reader = await connectDevice(door, 'd2');
    let heard = 0;
    reader.on('message', () => (heard += 1));
    await reader.subscribeAsync('vaka/v1/d2/commands');
    const large = 'x'.repeat(60_000);
    let sent = 0;
    while (door.isPresent('d1')) {
      await door.broker.publish('vaka/v1/d1/commands', large);
      await door.broker.publish('vaka/v1/d2/commands', 'small');
      sent += 1;
      await until(() => heard === sent);
    }
    expect(door.notices).toContainEqual(expect.objectContaining({ kind: 'too-slow' }));
  });

  test('cuts off a device that leaves what we sent unread for too long', async () => {
    const door = await openFrontDoor({
      limits: { drainTimeoutMs: 500, maxUnsentBytes: Number.MAX_SAFE_INTEGER },
    });
    const frozen = await dial(door);
    frozen.send(connectPacket('d1'), subscribePacket(['vaka/v1/d1/commands'], 0));
    await until(() => frozen.received.length === 2);
    frozen.socket.pause();
    const reader = await connectDevice(door, 'd2');
    let heard = 0;
    reader.on('message', () => (heard += 1));
    await reader.subscribeAsync('vaka/v1/d2/commands');
    const large = 'x'.repeat(100_000);
    for (let sent = 0; sent < 150; sent++) await door.broker.publish('vaka/v1/d1/commands', large);
    await door.broker.publish('vaka/v1/d2/commands', 'small');
    await until(() => heard === 1);
    expect(door.isPresent('d1')).toBe(true);
    await until(() => !door.isPresent('d1'));
    expect(door.notices).toContainEqual(expect.objectContaining({ kind: 'connection-error' }));
  });
});
