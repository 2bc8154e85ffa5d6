import { describe, expect, test } from 'vitest';

import {
  type RawDevice,
  connectPacket,
  connectTo,
  dial,
  openFrontDoor,
  publishPacket,
  subscribePacket,
  until,
} from './front-door.ts';

const gone = {
  topic: 'vaka/v1/d1/events',
  payload: Buffer.from('gone'),
  qos: 1 as const,
  retain: false,
};

describe('presence', () => {
  test('begins when a device has logged in and ends when it is gone', async () => {
    const door = await openFrontDoor({ clock: () => 42 });
    const device = await connectTo(door);
    expect(door.presence).toEqual([{ deviceId: 'd1', connected: true, at: 42 }]);
    expect([door.broker.isConnected('d1'), door.broker.connectedCount()]).toEqual([true, 1]);
    device.socket.destroy();
    await until(() => door.presence.length === 2);
    expect(door.presence[1]).toEqual({ deviceId: 'd1', connected: false, at: 42 });
    expect([door.broker.isConnected('d1'), door.broker.connectedCount()]).toEqual([false, 0]);
  });

  test('does not begin for a device that is refused', async () => {
    const door = await openFrontDoor({ verify: async () => false });
    const device = await connectTo(door);
    await device.closed;
    expect(door.presence).toEqual([]);
  });

  test('does not end while a newer session of the device is open', async () => {
    const door = await openFrontDoor();
    const sessions: RawDevice[] = [];
    for (let count = 0; count < 10; count++) {
      sessions.push(await connectTo(door, { clean: count % 2 === 0 }));
    }
    for (const old of sessions.slice(0, -1)) await old.closed;
    expect(door.presence.map(({ connected }) => connected)).toEqual([true]);
    expect(door.broker.connectedCount()).toBe(1);
    sessions.at(-1)?.send(publishPacket('d1', 1));
    await until(() => sessions.at(-1)?.received.length === 2);
    sessions.at(-1)?.socket.destroy();
    await until(() => door.presence.length === 2);
    expect(door.broker.connectedCount()).toBe(0);
  });

  test('does not end when the newer session came while the old one was closing', async () => {
    const door = await openFrontDoor();
    let device = await connectTo(door, { clean: false });
    for (let count = 0; count < 20; count++) {
      device.send(subscribePacket(['vaka/v1/d1/#']));
      await until(() => device.received.some(({ cmd }) => cmd === 'suback'));
      const next = await dial(door);
      device.socket.destroy();
      next.send(connectPacket('d1', { clean: false }));
      await until(() => next.received.length > 0);
      device = next;
    }
    await until(() => door.broker.isConnected('d1'));
    expect(door.presence.at(-1)?.connected).toBe(true);
    const evicting = await connectTo(door);
    await device.closed;
    evicting.send({ cmd: 'pingreq' });
    await until(() => evicting.received.length === 2);
  });

  test('is not told of our own stop, which publishes no wills and takes less than two seconds', async () => {
    const door = await openFrontDoor();
    const devices = [];
    for (const id of ['d1', 'd2', 'd3']) {
      const device = await dial(door);
      const will = { ...gone, topic: `vaka/v1/${id}/events` };
      device.send(connectPacket(id, { will }));
      await until(() => device.received.length > 0);
      devices.push(device);
    }
    const from = performance.now();
    await door.broker.stop();
    expect(performance.now() - from).toBeLessThan(2_000);
    for (const device of devices) await device.closed;
    expect(door.taken).toEqual([]);
    expect(door.presence.map(({ connected }) => connected)).toEqual([true, true, true]);
    await expect(door.broker.start()).rejects.toThrow('once');
    await expect(door.broker.publish('vaka/v1/d1/config', '')).rejects.toThrow('not running');
  });
});
