import { describe, expect, test } from 'vitest';

import type { Accepted } from '../../broker/broker.ts';
import {
  connectDevice,
  connectPacket,
  deferred,
  dial,
  openFrontDoor,
  publishPacket,
  until,
} from './front-door.ts';

const stored: Accepted = { refused: null };

function acknowledged(received: readonly { cmd?: string; messageId?: number | undefined }[]) {
  return received.filter(({ cmd }) => cmd === 'puback').map(({ messageId }) => messageId);
}

describe('a message is acknowledged', () => {
  test('only when it is stored', async () => {
    const storing = deferred<Accepted>();
    const door = await openFrontDoor({ accept: () => storing.promise });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), { cmd: 'pingreq' });
    await until(() => device.received.some(({ cmd }) => cmd === 'pingresp'));
    expect(acknowledged(device.received)).toEqual([]);
    storing.resolve(stored);
    await until(() => acknowledged(device.received).length === 1);
    expect(door.taken).toEqual([{ deviceId: 'd1', topic: 'vaka/v1/d1/events', payload: '1' }]);
  });

  test('in the order it came, when the second is stored first [MQTT-4.6.0-2]', async () => {
    const storing = [deferred<Accepted>(), deferred<Accepted>()];
    let next = 0;
    const door = await openFrontDoor({
      accept: () => storing[next++]?.promise ?? Promise.resolve(stored),
    });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), publishPacket('d1', 2));
    await until(() => door.taken.length === 2);
    storing[1]?.resolve(stored);
    device.send({ cmd: 'pingreq' });
    await until(() => device.received.some(({ cmd }) => cmd === 'pingresp'));
    expect(acknowledged(device.received)).toEqual([]);
    storing[0]?.resolve(stored);
    await until(() => acknowledged(device.received).length === 2);
    expect(acknowledged(device.received)).toEqual([1, 2]);
    expect(door.taken.map(({ payload }) => payload)).toEqual(['1', '2']);
  });

  test('without holding up the storing of those behind it', async () => {
    const storing = deferred<Accepted>();
    const door = await openFrontDoor({ accept: () => storing.promise });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), publishPacket('d1', 2));
    await until(() => door.taken.length === 2);
    device.send(publishPacket('d1', 3), publishPacket('d1', 4), publishPacket('d1', 5));
    await until(() => door.taken.length === 5);
    device.send(publishPacket('d1', 6));
    await until(() => door.taken.length === 6);
    storing.resolve(stored);
    await until(() => acknowledged(device.received).length === 6);
    expect(acknowledged(device.received)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('also when sixty of them come in the same segment as CONNECT', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
    device.send(connectPacket('d1'), ...numbers.map((number) => publishPacket('d1', number)));
    await until(() => acknowledged(device.received).length === 60);
    expect(acknowledged(device.received)).toEqual(numbers);
  });

  test('never when the store is failing, and the connection is closed so that it comes again', async () => {
    let failing = true;
    const door = await openFrontDoor({
      accept: async () => {
        if (failing) throw new Error('disk full');
        return stored;
      },
    });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), publishPacket('d1', 2));
    await device.closed;
    expect(acknowledged(device.received)).toEqual([]);
    failing = false;
    const again = await dial(door);
    again.send(connectPacket('d1'), publishPacket('d1', 1, { dup: true }));
    await until(() => acknowledged(again.received).length === 1);
    expect(door.notices).toContainEqual(expect.objectContaining({ kind: 'not-stored' }));
  });

  test('not when the one before it was not stored, though it was itself', async () => {
    const storing = [deferred<Accepted>(), deferred<Accepted>()];
    let next = 0;
    const door = await openFrontDoor({
      accept: () => storing[next++]?.promise ?? Promise.resolve(stored),
    });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), publishPacket('d1', 2));
    await until(() => door.taken.length === 2);
    storing[1]?.resolve(stored);
    storing[0]?.reject(new Error('disk full'));
    await device.closed;
    expect(acknowledged(device.received)).toEqual([]);
  });

  test('no more, but stored, when its device has left in good order meanwhile', async () => {
    const storing = deferred<Accepted>();
    const door = await openFrontDoor({ accept: () => storing.promise });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1), { cmd: 'disconnect' });
    await device.closed;
    await until(() => door.presence.length === 2);
    storing.resolve(stored);
    await connectDevice(door, 'd2');
    expect(door.taken).toHaveLength(1);
    expect(door.notices).toEqual([]);
  });

  test('never when accepting it throws at once, and that ends nothing but its connection', async () => {
    const door = await openFrontDoor({
      accept: () => {
        throw new Error('closed');
      },
    });
    const device = await dial(door);
    device.send(connectPacket('d1'), publishPacket('d1', 1));
    await device.closed;
    expect(acknowledged(device.received)).toEqual([]);
  });

  test('to an ordinary client', async () => {
    const door = await openFrontDoor();
    const client = await connectDevice(door, 'd1');
    await client.publishAsync('vaka/v1/d1/events', '{}', { qos: 1 });
    expect(door.taken).toHaveLength(1);
  });
});
