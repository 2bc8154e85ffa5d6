import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

import mqtt from 'mqtt';
import packets from 'mqtt-packet';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';

import type { BrokerOptions, ProofRefusal } from '../../broker/broker.ts';
import {
  connectDevice,
  connectPacket,
  deferred,
  dial,
  type FrontDoor,
  openFrontDoor,
  until,
} from './front-door.ts';

/** What a log-in over WebSocket is answered, of a device that proxies speak for with these headers. */
async function tryOverWebSocket(
  door: FrontDoor,
  headers: Record<string, string>,
): Promise<number | undefined> {
  const server = createServer();
  server.on('upgrade', (request, socket, head) => door.broker.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt', { headers });
  onTestFinished(() => webSocket.terminate());
  await once(webSocket, 'open');
  webSocket.send(packets.generate(connectPacket('d1')));
  const [answer] = (await once(webSocket, 'message')) as [Buffer];
  return answer[3];
}

describe('over WebSocket, a password', () => {
  const away = { 'X-Forwarded-For': '203.0.113.9' };
  const https = { proxies: 1, isHttps: true };
  const cases: [string, Partial<BrokerOptions>, Record<string, string>, number][] = [
    ['from this machine is let in', {}, {}, 0],
    ['through a proxy with https is let in', https, away, 0],
    ['through a proxy that says so is let in', https, { ...away, 'X-Forwarded-Proto': 'https' }, 0],
    [
      'that came to the proxy in the clear is refused',
      https,
      { ...away, 'X-Forwarded-Proto': 'http' },
      5,
    ],
    [
      'that came in the clear to the first of two proxies is refused',
      { proxies: 2, isHttps: true },
      { 'X-Forwarded-For': '203.0.113.9, 10.0.0.1', 'X-Forwarded-Proto': 'http' },
      5,
    ],
    ['through a proxy without https is refused', { proxies: 1 }, away, 5],
    [
      'through a proxy without https is let in when allowed',
      { proxies: 1, allowPlain: true },
      away,
      0,
    ],
  ];

  test.each(cases)('%s', async (_, options, headers, code) => {
    const door = await openFrontDoor(options);
    expect(await tryOverWebSocket(door, headers)).toBe(code);
    const refusals = door.notices.filter(({ kind }) => kind === 'login-refused');
    expect(refusals).toEqual(
      code === 0
        ? []
        : [
            {
              kind: 'login-refused',
              reason: 'not-encrypted',
              deviceId: 'd1',
              address: '203.0.113.9',
            },
          ],
    );
  });

  test('that can be read by others is not looked at', async () => {
    let asked = 0;
    const door = await openFrontDoor({
      proxies: 1,
      verify: async () => {
        asked += 1;
        return null;
      },
    });
    expect(await tryOverWebSocket(door, away)).toBe(5);
    expect(asked).toBe(0);
  });
});

describe('the port without TLS', () => {
  test('opens for this machine alone, whatever the host, unless allowed', async () => {
    const door = await openFrontDoor({ host: '0.0.0.0' });
    const client = await connectDevice(door, 'd1');
    expect(client.connected).toBe(true);
    // Another address of this machine than the one it opened at, which "every address" would have answered.
    const elsewhere = connect(door.port, '127.0.0.2');
    onTestFinished(() => void elsewhere.destroy());
    const [error] = (await once(elsewhere, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  test('opens where it is told to when that is allowed', async () => {
    const door = await openFrontDoor({ host: '127.0.0.2', allowPlain: true });
    const client = await mqtt.connectAsync(`mqtt://127.0.0.2:${door.port}`, {
      clientId: 'd1',
      username: 'd1',
      password: 'right',
    });
    onTestFinished(() => client.endAsync(true));
    expect(client.connected).toBe(true);
  });
});

test('a device that is cut off while it is let in is looked at again', async () => {
  const first = deferred<ProofRefusal | null>();
  const answers = [first.promise, Promise.resolve('bad-credentials' as const)];
  const door = await openFrontDoor({ verify: () => answers.shift() ?? Promise.resolve(null) });
  const device = await dial(door);
  device.send(connectPacket('d1'));
  await until(() => answers.length === 1);
  door.broker.disconnect('d1');
  first.resolve(null);
  await until(() => device.received.length > 0);
  expect(device.received[0]).toMatchObject({ cmd: 'connack', returnCode: 5 });
  expect(door.presence).toEqual([]);
});
