import { describe, expect, test } from 'vitest';

import type { Accepted } from '../../broker/broker.ts';
import { connectTo, deferred, openFrontDoor, publishPacket, until } from './front-door.ts';

describe('a QoS 2 message', () => {
  const first = publishPacket('d1', 7, { qos: 2 });

  test('is stored before PUBREC, and once however often it comes [MQTT-4.3.3-2]', async () => {
    const storing = deferred<Accepted>();
    const door = await openFrontDoor({ accept: () => storing.promise });
    const device = await connectTo(door, { clean: false });
    device.send(first);
    await until(() => door.taken.length === 1);
    device.socket.destroy();
    await until(() => !door.broker.isConnected('d1'));
    const again = await connectTo(door, { clean: false });
    again.send(publishPacket('d1', 7, { qos: 2, dup: true }), { cmd: 'pingreq' });
    await until(() => again.received.length === 2);
    expect(again.received[1]?.cmd).toBe('pingresp');
    storing.resolve({ refused: null });
    await until(() => again.received.length === 3);
    expect(again.received[2]).toMatchObject({ cmd: 'pubrec', messageId: 7 });
    again.send({ cmd: 'pubrel', messageId: 7 });
    await until(() => again.received.length === 4);
    expect(again.received[3]).toMatchObject({ cmd: 'pubcomp', messageId: 7 });
    expect(door.taken).toHaveLength(1);
    again.send(first);
    await until(() => door.taken.length === 2);
  });

  test('that was not stored is stored when it comes again', async () => {
    let failing = true;
    const door = await openFrontDoor({
      accept: async () => {
        if (failing) throw new Error('disk full');
        return { refused: null };
      },
    });
    const device = await connectTo(door, { clean: false });
    device.send(first);
    await device.closed;
    expect(device.received).toHaveLength(1);
    failing = false;
    const again = await connectTo(door, { clean: false });
    again.send(publishPacket('d1', 7, { qos: 2, dup: true }));
    await until(() => again.received.length === 2);
    expect(again.received[1]?.cmd).toBe('pubrec');
    expect(door.taken).toHaveLength(2);
  });

  test('without PUBREL after a thousand others closes the connection', async () => {
    const door = await openFrontDoor();
    const device = await connectTo(door, { clean: false });
    const numbers = Array.from({ length: 1_001 }, (_, index) => index + 1);
    device.send(...numbers.map((number) => publishPacket('d1', number, { qos: 2 })));
    await device.closed;
    expect(door.taken).toHaveLength(1_000);
  });
});
