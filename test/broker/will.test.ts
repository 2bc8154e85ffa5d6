import { describe, expect, test } from 'vitest';

import { Connections } from '../../broker/connections.ts';
import { createHooks } from '../../broker/hooks.ts';
import { defaultLimits } from '../../broker/limits.ts';
import {
  connectTo,
  dial,
  connectPacket,
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

describe('a will', () => {
  test('is taken like any message when the device is lost [MQTT-3.1.2-8]', async () => {
    const door = await openFrontDoor();
    const device = await connectTo(door, { will: gone });
    device.socket.resetAndDestroy();
    await until(() => door.taken.length === 1);
    expect(door.taken).toEqual([{ deviceId: 'd1', topic: gone.topic, payload: 'gone' }]);
  });

  test('is not taken when the device says good-bye [MQTT-3.14.4-3]', async () => {
    const door = await openFrontDoor();
    const device = await connectTo(door, { will: gone });
    device.send({ cmd: 'disconnect' });
    await device.closed;
    await until(() => door.presence.length === 2);
    expect(door.taken).toEqual([]);
  });

  test.each(['vaka/v1/d2/events', '$SYS/x/new/clients'])(
    'on a topic of somebody else, %s, is not passed on',
    async (topic) => {
      const door = await openFrontDoor();
      const other = await dial(door);
      other.send(connectPacket('d2'), subscribePacket(['vaka/v1/d2/#'], 0));
      await until(() => other.received.length === 2);
      const device = await connectTo(door, {
        will: { ...gone, topic, payload: Buffer.from('d2') },
      });
      device.socket.resetAndDestroy();
      await until(() => door.notices.some(({ kind }) => kind === 'message-refused'));
      await door.broker.publish('vaka/v1/d2/commands', 'barrier');
      await until(() => other.received.length === 3);
      expect(other.received[2]).toMatchObject({ topic: 'vaka/v1/d2/commands' });
      expect(door.taken).toHaveLength(topic.startsWith('$') ? 0 : 1);
    },
  );

  test('of a session that was taken over is not published, and the new session keeps its own', async () => {
    const door = await openFrontDoor();
    const older = await connectTo(door, { will: { ...gone, payload: Buffer.from('older') } });
    const newer = await connectTo(door, { will: { ...gone, payload: Buffer.from('newer') } });
    await older.closed;
    newer.send(publishPacket('d1', 1));
    await until(() => newer.received.length === 2);
    expect(door.taken.map(({ payload }) => payload)).toEqual(['1']);
    newer.socket.resetAndDestroy();
    await until(() => door.taken.length === 2);
    expect(door.taken[1]?.payload).toBe('newer');
  });

  test('that cannot be stored harms nobody', async () => {
    const door = await openFrontDoor({ accept: () => Promise.reject(new Error('disk full')) });
    const device = await connectTo(door, { will: gone });
    device.socket.resetAndDestroy();
    await until(() => door.notices.some(({ kind }) => kind === 'not-stored'));
    expect((await connectTo(door)).received[0]).toMatchObject({ returnCode: 0 });
  });

  test('that aedes finds without a connection is not waved through', () => {
    const limits = defaultLimits;
    const connections = new Connections(() => {});
    const hooks = createHooks({
      authenticate: () => Promise.resolve(null),
      takeUplink: () => {},
      connections,
      limits,
      allowPlain: false,
      notice: () => {},
    });
    const answers: unknown[] = [];
    hooks.authorizePublish(null, { ...gone, cmd: 'publish', dup: false }, (error) =>
      answers.push(error),
    );
    expect(answers).toEqual([expect.any(Error)]);
  });
});
