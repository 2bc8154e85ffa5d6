import type { MqttClient } from 'mqtt';
import { describe, expect, test } from 'vitest';

import {
  connectDevice,
  connectPacket,
  dial,
  openFrontDoor,
  publishPacket,
  subscribePacket,
  until,
} from './front-door.ts';

interface Heard {
  topic: string;
  payload: string;
  retain: boolean;
  qos: number;
}

async function listen(client: MqttClient, deviceId: string, qos: 0 | 1 = 1): Promise<Heard[]> {
  const heard: Heard[] = [];
  client.on('message', (topic, payload, packet) => {
    heard.push({ topic, payload: payload.toString(), retain: packet.retain, qos: packet.qos });
  });
  await client.subscribeAsync(`vaka/v1/${deviceId}/#`, { qos });
  return heard;
}

describe('a device', () => {
  test('reads nothing but what is addressed to it [MQTT-3.9.3-2]', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    const filters = ['#', '+/v1/d1/errors', 'vaka/v1/+/errors', 'vaka/v1/d2/#', '$SYS/#', '/#'];
    const own = ['vaka/v1/d1/#', 'vaka/v1/d1/errors', 'vaka/v1/d1/commands', 'vaka/v1/d1/config'];
    device.send(connectPacket('d1'), subscribePacket([...filters, ...own]));
    await until(() => device.received.length === 2);
    const granted = [...filters.map(() => 128), ...own.map(() => 1)];
    expect(device.received[1]).toMatchObject({ cmd: 'suback', granted });
  });

  test.each([
    ['in the name of another', 'vaka/v1/d2/events', true],
    ['outside the tree', 'homeassistant/status', true],
    ['on a topic of the broker', '$SYS/broker/new/clients', false],
  ])('that publishes %s is told so, and stays connected', async (_, topic, isAccepted) => {
    const door = await openFrontDoor();
    const victim = await connectDevice(door, 'd2');
    const heardByVictim = await listen(victim, 'd2');
    const device = await connectDevice(door, 'd1');
    const heard = await listen(device, 'd1');
    await device.publishAsync(topic, 'd2', { qos: 1, retain: true });
    await until(() => heard.length === 1);
    expect(heard[0]?.topic).toBe('vaka/v1/d1/errors');
    const report = JSON.parse(heard[0]?.payload ?? '') as Record<string, string>;
    expect(report).toEqual({ reason: expect.any(String), topic, at: expect.any(String) });
    expect(report['reason']).not.toBe('');
    expect(door.taken).toEqual(isAccepted ? [{ deviceId: 'd1', topic, payload: 'd2' }] : []);
    await door.broker.publish('vaka/v1/d2/commands', 'barrier', { qos: 1 });
    await until(() => heardByVictim.length === 1);
    expect(heardByVictim[0]?.payload).toBe('barrier');
    expect(device.connected && victim.connected).toBe(true);
  });

  test('is told why its message was refused, gets its PUBACK and does not send it again', async () => {
    const door = await openFrontDoor({
      accept: async () => ({ refused: 'unknown dialect' }),
      clock: () => Date.UTC(2026, 10, 22),
    });
    const device = await connectDevice(door, 'd1');
    const heard = await listen(device, 'd1');
    await device.publishAsync('vaka/v1/d1/nonsense', '?', { qos: 1 });
    await until(() => heard.length === 1);
    expect(JSON.parse(heard[0]?.payload ?? '')).toEqual({
      reason: 'unknown dialect',
      topic: 'vaka/v1/d1/nonsense',
      at: '2026-11-22T00:00:00.000Z',
    });
    expect(heard[0]?.qos).toBe(0);
    await device.publishAsync('vaka/v1/d1/nonsense', '!', { qos: 1 });
    expect(door.taken.map(({ payload }) => payload)).toEqual(['?', '!']);
  });

  test('with a topic of 200 levels is heard like any other (GHSA-xxqp-5qx8-gj5q)', async () => {
    const door = await openFrontDoor();
    const device = await connectDevice(door, 'd1');
    const deep = `vaka/v1/d1/${Array(200).fill('x').join('/')}`;
    await device.publishAsync(deep, '?', { qos: 1 });
    await device.subscribeAsync(deep).catch(() => {});
    await device.unsubscribeAsync(deep);
    expect(door.taken).toMatchObject([{ topic: deep }]);
    expect(device.connected).toBe(true);
  });

  test('is not remembered for filters that were refused, among others that were not', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    const filters = ['vaka/v1/d2/#', 'vaka/#', 'vaka/v1/d1/config'];
    device.send(connectPacket('d1', { clean: false }), subscribePacket(filters));
    await until(() => device.received.length === 2);
    device.socket.destroy();
    await until(() => !door.isPresent('d1'));
    await door.broker.publish('vaka/v1/d1/commands', 'not subscribed', { qos: 1 });
    await door.broker.publish('vaka/v1/d2/commands', 'not yours', { qos: 1 });
    await door.broker.publish('vaka/v1/d1/config', 'hourly', { qos: 1 });
    const again = await dial(door);
    again.send(connectPacket('d1', { clean: false }), { cmd: 'pingreq' });
    await until(() => again.received.some(({ cmd }) => cmd === 'pingresp'));
    const heard = again.received.filter(({ cmd }) => cmd === 'publish');
    expect(heard).toMatchObject([{ topic: 'vaka/v1/d1/config' }]);
  });

  test('with a thousand refused messages is told of a few', async () => {
    const door = await openFrontDoor({
      accept: async () => ({ refused: 'x'.repeat(100_000) }),
      limits: { errorReports: { perSecond: 0.001, burst: 3 } },
    });
    const device = await connectDevice(door, 'd1');
    const heard = await listen(device, 'd1');
    const publishing = Array.from({ length: 100 }, () =>
      device.publishAsync('vaka/v1/d1/events', '?', { qos: 1 }),
    );
    await Promise.all(publishing);
    await door.broker.publish('vaka/v1/d1/commands', 'barrier');
    await until(() => heard.some(({ payload }) => payload === 'barrier'));
    expect(heard.filter(({ topic }) => topic.endsWith('/errors'))).toHaveLength(3);
    expect(heard[0]?.payload.length).toBeLessThan(2_000);
  });

  test('cannot leave a retained message, nor write to the topics it reads', async () => {
    const door = await openFrontDoor();
    const device = await connectDevice(door, 'd1');
    await device.publishAsync('vaka/v1/d1/config', 'mine', { qos: 1, retain: true });
    const heard = await listen(device, 'd1');
    await door.broker.publish('vaka/v1/d1/commands', 'barrier', { qos: 1 });
    await until(() => heard.length > 0);
    expect(heard.map(({ payload }) => payload)).toEqual(['barrier']);
  });
});

describe('a downlink', () => {
  test('that is retained is there for who subscribes later, until it is emptied', async () => {
    const door = await openFrontDoor();
    await door.broker.publish('vaka/v1/d1/config', 'hourly', { qos: 1, retain: true });
    const device = await connectDevice(door, 'd1');
    const heard = await listen(device, 'd1');
    await until(() => heard.length === 1);
    expect(heard).toEqual([
      { topic: 'vaka/v1/d1/config', payload: 'hourly', retain: true, qos: 1 },
    ]);
    await door.broker.publish('vaka/v1/d1/config', '', { retain: true });
    await until(() => heard.length === 2);
    await device.subscribeAsync('vaka/v1/d1/config');
    await door.broker.publish('vaka/v1/d1/commands', 'barrier');
    await until(() => heard.length === 3);
    expect(heard[2]?.payload).toBe('barrier');
  });

  test('reaches its device alone', async () => {
    const door = await openFrontDoor();
    const first = await listen(await connectDevice(door, 'd1'), 'd1');
    const second = await listen(await connectDevice(door, 'd11'), 'd11');
    await door.broker.publish('vaka/v1/d1/commands', 'one');
    await door.broker.publish('vaka/v1/d11/commands', 'eleven');
    await until(() => first.length + second.length === 2);
    expect([first[0]?.payload, second[0]?.payload]).toEqual(['one', 'eleven']);
  });

  test('waits for a device that is away; the oldest give way and old ones expire', async () => {
    let now = 1_000;
    const door = await openFrontDoor({
      clock: () => now,
      limits: { maxQueuedDownlinks: 2, downlinkExpiryMs: 100 },
    });
    const leaving = await connectDevice(door, 'd1', { clean: false });
    await leaving.subscribeAsync('vaka/v1/d1/commands', { qos: 1 });
    await leaving.endAsync();
    await until(() => !door.isPresent('d1'));
    for (const word of ['one', 'two', 'three']) {
      await door.broker.publish('vaka/v1/d1/commands', word, { qos: 1 });
    }
    now += 60;
    await door.broker.publish('vaka/v1/d1/commands', 'four', { qos: 1 });
    now += 60;
    const device = await dial(door);
    device.send(connectPacket('d1', { clean: false }), { cmd: 'pingreq' });
    await until(() => device.received.some(({ cmd }) => cmd === 'pingresp'));
    expect(device.received[0]).toMatchObject({ cmd: 'connack', sessionPresent: true });
    const words = device.received.flatMap((packet) =>
      packet.cmd === 'publish' ? [packet.payload.toString()] : [],
    );
    expect(words).toEqual(['four']);
    const dropped = door.notices.filter(({ kind }) => kind === 'downlink-dropped');
    expect(dropped.map((notice) => 'reason' in notice && notice.reason)).toEqual([
      'queue-full',
      'queue-full',
      'expired',
    ]);
  });

  test('is sent again, marked as such, until its device acknowledges it [MQTT-4.4.0-1]', async () => {
    const door = await openFrontDoor();
    const device = await dial(door);
    device.send(connectPacket('d1', { clean: false }), subscribePacket(['vaka/v1/d1/commands']));
    await until(() => device.received.length === 2);
    await door.broker.publish('vaka/v1/d1/commands', 'reassure', { qos: 1 });
    await until(() => device.received.length === 3);
    device.socket.destroy();
    await until(() => !door.isPresent('d1'));
    const again = await dial(door);
    again.send(connectPacket('d1', { clean: false }));
    await until(() => again.received.length === 2);
    const [, resent] = again.received;
    expect(resent).toMatchObject({ cmd: 'publish', dup: true });
    again.send({ cmd: 'puback', messageId: resent?.messageId ?? 0 }, { cmd: 'pingreq' });
    await until(() => again.received.length === 3);
    again.socket.destroy();
    await until(() => !door.isPresent('d1'));
    const last = await dial(door);
    last.send(connectPacket('d1', { clean: false }), publishPacket('d1', 1));
    await until(() => last.received.length === 2);
    expect(last.received[1]).toMatchObject({ cmd: 'puback' });
  });
});
