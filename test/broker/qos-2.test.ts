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
    await until(() => !door.isPresent('d1'));
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

  test.each([
    ['not marked as a repetition, whatever it says', { dup: false }],
    ['marked as one, with other content', { payload: 'help', dup: true }],
    ['marked as one, on another topic', { topic: 'vaka/v1/d1/other', dup: true }],
  ])('under an identifier never released is new when it is %s', async (_, more) => {
    const stored: string[] = [];
    const door = await openFrontDoor({
      accept: async (__, topic, payload) => {
        stored.push(`${topic} ${payload.toString()}`);
        return { refused: null };
      },
    });
    const device = await connectTo(door, { clean: false });
    device.send(first);
    await until(() => device.received.length === 2);
    // The power goes, and the device counts from the beginning.
    device.socket.destroy();
    await until(() => !door.isPresent('d1'));
    const again = await connectTo(door, { clean: false });
    again.send(publishPacket('d1', 7, { qos: 2, ...more }));
    await until(() => again.received.length === 2);
    expect(again.received[1]).toMatchObject({ cmd: 'pubrec', messageId: 7 });
    expect(stored).toHaveLength(2);
    again.send(publishPacket('d1', 7, { qos: 2, ...more, dup: true }));
    await until(() => again.received.length === 3);
    expect(stored).toHaveLength(2);
  });

  test('is waited for by its own repetition when what had its identifier before is not stored', async () => {
    const storing: PromiseWithResolvers<Accepted>[] = [];
    const door = await openFrontDoor({
      accept: () => {
        const one = deferred<Accepted>();
        storing.push(one);
        return one.promise;
      },
    });
    const device = await connectTo(door, { clean: false });
    device.send(first);
    await until(() => storing.length === 1);
    device.socket.destroy();
    await until(() => !door.isPresent('d1'));
    const help = { qos: 2, payload: 'help' } as const;
    const again = await connectTo(door, { clean: false });
    again.send(publishPacket('d1', 7, help));
    await until(() => storing.length === 2);
    storing[0]?.reject(new Error('disk full'));
    await until(() => door.notices.some(({ kind }) => kind === 'not-stored'));
    again.send(publishPacket('d1', 7, { ...help, dup: true }), { cmd: 'pingreq' });
    await until(() => again.received.length === 2);
    expect(storing).toHaveLength(2);
    storing[1]?.resolve({ refused: null });
    await until(() => again.received.length === 4);
  });

  test('without PUBREL after a thousand others closes the connection, unless it takes the place of one', async () => {
    const door = await openFrontDoor();
    const device = await connectTo(door, { clean: false });
    const numbers = Array.from({ length: 1_000 }, (_, index) => index + 1);
    device.send(...[...numbers, 7].map((number) => publishPacket('d1', number, { qos: 2 })));
    await until(() => device.received.length === 1_002);
    device.send(publishPacket('d1', 1_001, { qos: 2 }));
    await device.closed;
    expect(door.taken).toHaveLength(1_001);
  });
});
