import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

import mqtt from 'mqtt';
import packets from 'mqtt-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createWebSocketStream, WebSocket } from 'ws';

import { makeServerCertificate } from '../support/certificate.ts';
import {
  connectDevice,
  connectPacket,
  dial,
  type FrontDoor,
  openFrontDoor,
  publishPacket,
  speakOver,
  until,
} from './front-door.ts';

const log = { clientId: 'd1', username: 'd1', password: 'right', reconnectPeriod: 0 } as const;

/** An HTTP server that hands its upgrades to the broker, and its address. */
async function serveHttp({ broker }: FrontDoor): Promise<string> {
  const server = createServer();
  server.on('upgrade', (request, socket, head) => broker.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`;
}

async function openWebSocket(
  url: string,
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  const webSocket = new WebSocket(url, 'mqtt', { headers });
  onTestFinished(() => webSocket.terminate());
  await once(webSocket, 'open');
  return webSocket;
}

describe('TLS', () => {
  test('carries MQTT, and the same checks stand before it', async () => {
    const certificate = await makeServerCertificate();
    const door = await openFrontDoor({ tls: { port: 0, ...certificate } });
    const client = await mqtt.connectAsync(`mqtts://127.0.0.1:${door.tlsPort}`, {
      ...log,
      ca: certificate.cert,
    });
    onTestFinished(() => client.endAsync(true));
    await client.publishAsync('vaka/v1/d1/events', '{}', { qos: 1 });
    expect(door.taken).toHaveLength(1);
    const socket = connectTls({ port: door.tlsPort, host: '127.0.0.1', ca: certificate.cert });
    await once(socket, 'secureConnect');
    const violator = speakOver(socket);
    violator.send(connectPacket('d2'), Buffer.from([0x32, 5, 0, 1, 0x61, 0, 0]));
    await violator.closed;
    expect(door.notices).toContainEqual(expect.objectContaining({ clause: 'MQTT-2.3.1-1' }));
    expect(client.connected).toBe(true);
  });

  test('survives those who do not speak it, or never finish the handshake', async () => {
    const certificate = await makeServerCertificate();
    const door = await openFrontDoor({
      tls: { port: 0, ...certificate },
      limits: { connectTimeoutMs: 50 },
    });
    const plain = await dial({ port: door.tlsPort });
    plain.send(connectPacket('d1'));
    const silent = await dial({ port: door.tlsPort });
    await plain.closed;
    await silent.closed;
    await until(() => door.notices.length === 2);
    expect(door.notices.map(({ kind }) => kind)).toEqual(['listener-error', 'listener-error']);
  });
});

test('a handshake that has not ended is cut by the stop', async () => {
  const door = await openFrontDoor({ tls: { port: 0, ...(await makeServerCertificate()) } });
  const silent = await dial({ port: door.tlsPort });
  await door.broker.stop();
  await silent.closed;
});

describe('WebSocket', () => {
  test('carries MQTT [MQTT-6.0.0-4]', async () => {
    const door = await openFrontDoor();
    const client = await mqtt.connectAsync(await serveHttp(door), log);
    onTestFinished(() => client.endAsync(true));
    const heard: string[] = [];
    client.on('message', (_, payload) => heard.push(payload.toString()));
    await client.subscribeAsync('vaka/v1/d1/commands', { qos: 1 });
    await client.publishAsync('vaka/v1/d1/events', 'x'.repeat(100_000), { qos: 1 });
    await door.broker.publish('vaka/v1/d1/commands', 'reassure', { qos: 1 });
    await until(() => heard.length === 1);
    expect(heard).toEqual(['reassure']);
    expect(door.taken[0]?.payload).toHaveLength(100_000);
    await client.endAsync();
    await until(() => door.presence.length === 2);
  });

  test('that breaks off ends the presence of its device', async () => {
    const door = await openFrontDoor();
    const webSocket = await openWebSocket(await serveHttp(door));
    webSocket.send(packets.generate(connectPacket('d1')));
    await until(() => door.isPresent('d1'));
    webSocket.close();
    await until(() => !door.isPresent('d1'));
    expect(door.presence.map(({ connected }) => connected)).toEqual([true, false]);
  });

  test('takes packets in frames of any size [MQTT-6.0.0-2], and checks them', async () => {
    const door = await openFrontDoor();
    const webSocket = await openWebSocket(await serveHttp(door));
    const device = speakOver(createWebSocketStream(webSocket) as unknown as Socket);
    const stream = Buffer.concat([
      packets.generate(connectPacket('d1')),
      packets.generate(publishPacket('d1', 1)),
      packets.generate(publishPacket('d1', 2)),
    ]);
    for (const byte of stream.subarray(0, 50)) webSocket.send(Buffer.from([byte]));
    webSocket.send(stream.subarray(50));
    await until(() => device.received.length === 3);
    webSocket.send(Buffer.from([0x40, 1, 0]));
    await once(webSocket, 'close');
    expect(door.notices).toContainEqual(expect.objectContaining({ clause: 'MQTT-2.3.1-6' }));
  });

  test('is closed on text frames [MQTT-6.0.0-1] and frames that are too large', async () => {
    const door = await openFrontDoor({ limits: { maxPacketBytes: 1_024 } });
    const url = await serveHttp(door);
    const publish = publishPacket('d1', 0, { topic: 'a', qos: 0, payload: 'x'.repeat(40) });
    const packet = packets.generate(publish);
    // Well-formed MQTT, both, were it not for the frames.
    for (const frame of [packet.toString('latin1'), Buffer.concat(Array(2_000).fill(packet))]) {
      const webSocket = await openWebSocket(url);
      webSocket.send(packets.generate(connectPacket('d1')));
      await once(webSocket, 'message');
      webSocket.send(frame);
      await once(webSocket, 'close');
    }
    expect(door.taken).toEqual([]);
    await until(() => door.notices.length === 2);
    expect(door.notices).toMatchObject([
      { clause: 'MQTT-6.0.0-1' },
      { kind: 'connection-error', deviceId: 'd1' },
    ]);
    const client = await connectDevice(door, 'd1');
    expect(client.connected).toBe(true);
  });

  test.each([
    ['itself, unless told of proxies', undefined, '127.0.0.1'],
    ['whom the proxy in front of us names', 1, '203.0.113.9'],
    ['whom the second proxy names', 2, '198.51.100.7'],
    ['the first in the chain, when there are fewer proxies than told', 9, '192.0.2.66'],
  ])('comes from %s', async (_, proxies, address) => {
    const door = await openFrontDoor(proxies === undefined ? {} : { proxies });
    const webSocket = await openWebSocket(await serveHttp(door), {
      // The client claims the first; each proxy has appended whom it was called by.
      'X-Forwarded-For': '192.0.2.66, 198.51.100.7,203.0.113.9',
    });
    webSocket.send(packets.generate(connectPacket('d1', { password: Buffer.from('wrong') })));
    await until(() => door.notices.length === 1);
    expect(door.notices).toMatchObject([{ kind: 'login-refused', address }]);
  });

  test('comes from whoever calls, when a proxy names nobody', async () => {
    const door = await openFrontDoor({ proxies: 1 });
    const webSocket = await openWebSocket(await serveHttp(door));
    webSocket.send(packets.generate(connectPacket('d1', { password: Buffer.from('wrong') })));
    await until(() => door.notices.length === 1);
    expect(door.notices).toMatchObject([{ kind: 'login-refused', address: '127.0.0.1' }]);
  });

  test('is not opened without the subprotocol mqtt [MQTT-6.0.0-3], nor after the stop', async () => {
    const door = await openFrontDoor();
    const url = await serveHttp(door);
    const [error] = (await once(new WebSocket(url, 'soap'), 'error')) as [Error];
    expect(error.message).toContain('400');
    await door.broker.stop();
    const [late] = (await once(new WebSocket(url, 'mqtt'), 'error')) as [Error];
    expect(late.message).toContain('503');
  });
});

test('a port that is taken is said at the start, and leaves nothing behind', async () => {
  const door = await openFrontDoor();
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  await expect(openFrontDoor({ port: door.port })).rejects.toThrow('EADDRINUSE');
  expect(timers()).toBe(before);
});

describe('a violation', () => {
  test('closes its connection, tells why, and harms nobody else', async () => {
    const door = await openFrontDoor();
    const neighbour = await connectDevice(door, 'd2');
    const device = await dial(door);
    device.send(connectPacket('d1'), { cmd: 'pingreq' });
    await until(() => device.received.length === 2);
    device.send(Buffer.from([0x82, 7, 0, 1, 0, 2, 0x61, 0x2b, 0]));
    await device.closed;
    expect(door.notices).toEqual([
      { kind: 'protocol-violation', deviceId: 'd1', address: '127.0.0.1', clause: 'MQTT-4.7.1-3' },
    ]);
    await neighbour.publishAsync('vaka/v1/d2/events', '{}', { qos: 1 });
  });

  test('of many kinds, thrown at it as noise, does not end the process', async () => {
    const door = await openFrontDoor();
    for (let round = 0; round < 50; round++) {
      const device = await dial(door);
      const noise = Buffer.from(
        Array.from({ length: 200 }, (_, at) => (at * 31 + round * 17) & 255),
      );
      if (round % 2 === 0) device.send(connectPacket('d1'), noise);
      else device.send(noise);
      await device.closed;
    }
    const client = await connectDevice(door, 'd1');
    expect(client.connected).toBe(true);
  });
});
