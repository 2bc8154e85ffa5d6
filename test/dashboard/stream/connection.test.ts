import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket as Peer } from 'ws';

import { connect, type Connection } from '../../../dashboard/stream/connection.ts';
import type { ServerMessage } from '../../../gateway/protocol/stream.ts';

const status = { homes: 1, homesAnswering: 1, lastEventAt: null, isFlood: false };
const welcome: ServerMessage = { type: 'welcome', seq: 7, at: 0, status };
const heartbeat: ServerMessage = { type: 'heartbeat', seq: 7, at: 0, status };
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

/** As in a page that is hidden: no timer of its own runs. */
function stopTimers() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  cleanUps.push(() => vi.useRealTimers());
}

async function aGateway() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  cleanUps.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const heard: unknown[] = [];
  server.on('connection', (peer) => {
    peer.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString())));
  });
  const nextPeer = async (): Promise<Peer> => {
    const [peer] = (await once(server, 'connection')) as [Peer];
    return peer;
  };
  return { url: `ws://127.0.0.1:${port}`, heard, nextPeer };
}

function aScreen(url: string, facts: { cursor?: () => number; dice?: () => number } = {}) {
  const { cursor = () => 3, dice = () => 0 } = facts;
  const messages: ServerMessage[] = [];
  const onGarbage = vi.fn<() => void>();
  const onSessionEnded = vi.fn<() => void>();
  const onRefused = vi.fn<() => void>();
  const onMessage = (message: ServerMessage) => void messages.push(message);
  const connection: Connection = connect({
    url,
    cursor,
    onMessage,
    onGarbage,
    onSessionEnded,
    onRefused,
    dice,
  });
  cleanUps.push(connection.close);
  return { connection, messages, onGarbage, onSessionEnded, onRefused };
}

test('says hello first, with the cursor, and hands on what it hears', async () => {
  const gateway = await aGateway();
  const screen = aScreen(gateway.url);
  const peer = await gateway.nextPeer();
  await vi.waitFor(() => expect(gateway.heard).toEqual([{ type: 'hello', cursor: 3 }]));
  peer.send(JSON.stringify(welcome));
  await vi.waitFor(() => expect(screen.messages).toEqual([welcome]));
});

test('comes back by itself, and goes on from where it is then', async () => {
  const gateway = await aGateway();
  let cursor = 3;
  aScreen(gateway.url, { cursor: () => cursor });
  const first = await gateway.nextPeer();
  cursor = 8;
  first.terminate();
  await gateway.nextPeer();
  await vi.waitFor(() => expect(gateway.heard).toContainEqual({ type: 'hello', cursor: 8 }));
});

test('says that it lives each time the gateway does, and comes back from each loss, while no timer runs', async () => {
  const gateway = await aGateway();
  stopTimers();
  aScreen(gateway.url);
  for (let losses = 0; losses < 3; losses += 1) {
    const peer = await gateway.nextPeer();
    await once(peer, 'message');
    expect(gateway.heard.at(-1)).toEqual({ type: 'hello', cursor: 3 });
    peer.send(JSON.stringify(welcome));
    for (let beats = 0; beats < 2; beats += 1) {
      peer.send(JSON.stringify(heartbeat));
      await once(peer, 'message');
      expect(gateway.heard.at(-1)).toEqual({ type: 'heartbeat' });
    }
    peer.terminate();
  }
});

test('says that it lives while it is caught up, when the gateway sends no heartbeats', async () => {
  const gateway = await aGateway();
  aScreen(gateway.url);
  const peer = await gateway.nextPeer();
  await once(peer, 'message');
  peer.send(JSON.stringify({ type: 'changes', seq: 4, changes: [], gone: [] }));
  await vi.waitFor(() => expect(gateway.heard.slice(1)).toEqual([{ type: 'heartbeat' }]));
});

test('waits before it comes back again, when it was welcome but not for long', async () => {
  const gateway = await aGateway();
  const screen = aScreen(gateway.url, { dice: () => 1 });
  (await gateway.nextPeer()).terminate();
  const second = await gateway.nextPeer();
  second.send(JSON.stringify(welcome));
  await vi.waitFor(() => expect(screen.messages).toEqual([welcome]));
  const lostAt = performance.now();
  second.terminate();
  await gateway.nextPeer();
  expect(performance.now() - lostAt).toBeGreaterThan(300);
});

test('tells of a message that it does not understand', async () => {
  const gateway = await aGateway();
  const screen = aScreen(gateway.url);
  const peer = await gateway.nextPeer();
  peer.send('{"type":"changes","seq":4,"changes":[{"seq":4}]}');
  await vi.waitFor(() => expect(screen.onGarbage).toHaveBeenCalledTimes(1));
  peer.send('no json');
  await vi.waitFor(() => expect(screen.onGarbage).toHaveBeenCalledTimes(2));
  expect(screen.messages).toEqual([]);
});

test('does not come back when the session has ended', async () => {
  const gateway = await aGateway();
  // Thrown for how long to wait before each attempt but the first.
  const dice = vi.fn(() => 0);
  const screen = aScreen(gateway.url, { dice });
  (await gateway.nextPeer()).terminate();
  (await gateway.nextPeer()).close(4401);
  await vi.waitFor(() => expect(screen.onSessionEnded).toHaveBeenCalledTimes(1));
  expect(dice).not.toHaveBeenCalled();
});

test('tells when it was turned away, but not when a stream that ran is lost', async () => {
  const gateway = await aGateway();
  const screen = aScreen(gateway.url);
  const first = await gateway.nextPeer();
  first.send(JSON.stringify(welcome));
  await vi.waitFor(() => expect(screen.messages).toHaveLength(1));
  first.terminate();
  const second = await gateway.nextPeer();
  expect(screen.onRefused).not.toHaveBeenCalled();
  second.terminate();
  await vi.waitFor(() => expect(screen.onRefused).toHaveBeenCalledTimes(1));
});

test('cannot send while it is away', async () => {
  const gateway = await aGateway();
  const { connection } = aScreen(gateway.url);
  expect(connection.send({ type: 'seen', alert: 'a' })).toBe(false);
  await vi.waitFor(() => expect(connection.send({ type: 'seen', alert: 'a' })).toBe(true));
});
