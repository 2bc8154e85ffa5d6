import { describe, expect, test } from 'vitest';

import type { ProofRefusal } from '../../broker/broker.ts';
import {
  type RawDevice,
  connectPacket,
  connectTo,
  deferred,
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
    device.socket.destroy();
    await until(() => door.presence.length === 2);
    expect(door.presence[1]).toEqual({ deviceId: 'd1', connected: false, at: 42 });
  });

  test('does not begin for a device that is refused', async () => {
    const door = await openFrontDoor({ verify: async () => 'bad-credentials' });
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
    sessions.at(-1)?.send(publishPacket('d1', 1));
    await until(() => sessions.at(-1)?.received.length === 2);
    sessions.at(-1)?.socket.destroy();
    await until(() => door.presence.length === 2);
    expect(door.isPresent('d1')).toBe(false);
  });

  test('and take-over survive a session that began while the old one was closing', async () => {
    const verifying = deferred<ProofRefusal | null>();
    let asked = 0;
    const door = await openFrontDoor({
      verify: () => (asked++ === 1 ? verifying.promise : Promise.resolve(null)),
    });
    const old = await connectTo(door, { clean: false });
    old.send(subscribePacket(['vaka/v1/d1/#']));
    await until(() => old.received.length === 2);
    const newer = await dial(door);
    newer.send(connectPacket('d1'));
    await until(() => asked === 2);
    // Aedes takes a turn of the event loop to unsubscribe the old session; the new one registers meanwhile.
    door.broker.disconnect('d1');
    process.nextTick(() => verifying.resolve(null));
    await until(() => newer.received.length === 1);
    await until(() => door.isPresent('d1'));
    const newest = await connectTo(door);
    await newer.closed;
    expect(newest.received[0]).toMatchObject({ returnCode: 0 });
    expect(door.isPresent('d1')).toBe(true);
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
