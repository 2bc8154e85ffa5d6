import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test, vi } from 'vitest';
import { WebSocketServer, type WebSocket as Peer } from 'ws';

import { ApiError } from '../../../dashboard/api/api-error.ts';
import { createLive, isStale } from '../../../dashboard/stream/live.ts';
import type { AlertPage } from '../../../gateway/protocol/api.ts';
import { heartbeatMs, type ServerMessage } from '../../../gateway/protocol/stream.ts';
import { aChange, anAlert } from '../alert/alert-view.ts';

const status = { homes: 2, homesAnswering: 1, lastEventAt: null, isFlood: false };
/** Loaded dice: back-off of half a second at most, and of five seconds at least. */
const soon = 0;
const long = 20;
const withinMs = 2_000;
const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0).reverse()) cleanUp();
});

async function aGateway() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  cleanUps.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const heard: { type: string }[] = [];
  const peers: Peer[] = [];
  server.on('connection', (peer) => {
    peers.push(peer);
    peer.on('message', (data: Buffer) =>
      heard.push(JSON.parse(data.toString()) as { type: string }),
    );
  });
  const say = (message: ServerMessage | string) =>
    peers.at(-1)?.send(typeof message === 'string' ? message : JSON.stringify(message));
  const hello = () => vi.waitFor(() => expect(heard.at(-1)?.type).toBe('hello'));
  const hangUp = () => peers.at(-1)?.terminate();
  return { url: `ws://127.0.0.1:${port}`, heard, say, hello, hangUp };
}

function aScreen(url: string, fetchAlerts: () => Promise<AlertPage>) {
  const onSessionEnded = vi.fn<() => void>();
  const live = createLive({ url, fetchAlerts, onSessionEnded });
  cleanUps.push(live.stop);
  live.start();
  return { live, onSessionEnded };
}

function page(seq: number, ...items: AlertPage['items']): AlertPage {
  return { items, next: null, seq };
}

test('shows the fetched board, then goes on from it by the stream', async () => {
  const gateway = await aGateway();
  const { live } = aScreen(gateway.url, async () => page(4, anAlert({ id: 'a', seq: 2 })));
  await gateway.hello();
  expect(gateway.heard).toEqual([{ type: 'hello', cursor: 4 }]);
  gateway.say({ type: 'welcome', seq: 4, at: Date.now() + 3_600_000, status });
  gateway.say({
    type: 'changes',
    seq: 5,
    changes: [aChange(anAlert({ id: 'b', seq: 5 }))],
    gone: [],
  });
  await vi.waitFor(() => expect([...live.view().board.alerts.keys()]).toEqual(['a', 'b']));
  expect(live.view().status).toEqual(status);
  expect(live.clock.now() - Date.now()).toBeGreaterThan(3_500_000);
});

test.each([
  ['the gateway asks for it', JSON.stringify({ type: 'reset', seq: 9 })],
  ['it could not understand a message', '{"type":"unheard-of"}'],
])('fetches the board again when %s', async (_, message) => {
  const gateway = await aGateway();
  const pages = [page(4, anAlert({ id: 'old', seq: 2 })), page(9, anAlert({ id: 'new', seq: 9 }))];
  const { live } = aScreen(gateway.url, async () => pages.shift() ?? page(9));
  await gateway.hello();
  gateway.say(message);
  await vi.waitFor(() => expect([...live.view().board.alerts.keys()]).toEqual(['new']));
  expect(live.view().board.seq).toBe(9);
});

test('does not bring back an alert that was resolved while the board was fetched again', async () => {
  const gateway = await aGateway();
  const second = Promise.withResolvers<AlertPage>();
  const pages = [Promise.resolve(page(4, anAlert({ id: 'a', seq: 4 }))), second.promise];
  const { live } = aScreen(gateway.url, async () => pages.shift() ?? page(9));
  await gateway.hello();
  gateway.say({ type: 'reset', seq: 4 });
  const resolved = anAlert({ id: 'a', seq: 5, state: 'resolved', next: null });
  gateway.say({ type: 'changes', seq: 5, changes: [aChange(resolved)], gone: [] });
  await vi.waitFor(() => expect(live.view().board.seq).toBe(5));
  const before = live.view();
  second.resolve(page(4, anAlert({ id: 'a', seq: 4 })));
  await vi.waitFor(() => expect(live.view()).not.toBe(before));
  expect(live.view().board.alerts.size).toBe(0);
});

test('shows what a restored gateway tells, though it counts from a lower number than before', async () => {
  const gateway = await aGateway();
  const atFirst = [anAlert({ id: 'undone', seq: 40 }), anAlert({ id: 'a', seq: 30, step: 1 })];
  const stale = Promise.withResolvers<AlertPage>();
  const restored = Promise.withResolvers<AlertPage>();
  const pages = [Promise.resolve(page(40, ...atFirst)), stale.promise, restored.promise];
  const { live } = aScreen(gateway.url, async () => pages.shift() ?? page(0));
  await gateway.hello();
  gateway.say('{"type":"unheard-of"}');
  gateway.say({
    type: 'changes',
    seq: 42,
    changes: [
      aChange(anAlert({ id: 'undone too', seq: 41 })),
      aChange(anAlert({ id: 'b', seq: 42 })),
    ],
    gone: [],
  });
  gateway.say({ type: 'reset', seq: 7 });
  gateway.say({ type: 'welcome', seq: 7, at: Date.now(), status });
  await vi.waitFor(() => expect(live.view().status).toEqual(status));
  // Asked for before the reset: it must not count as the board that is to be fetched after it.
  stale.resolve(page(40, ...atFirst));
  await vi.waitFor(() => expect(pages).toHaveLength(0));
  expect([...live.view().board.alerts.keys()]).toContain('b');
  gateway.say({
    type: 'changes',
    seq: 8,
    changes: [aChange(anAlert({ id: 'c', seq: 8 }))],
    gone: [],
  });
  await vi.waitFor(() => expect([...live.view().board.alerts.keys()]).toContain('c'));
  restored.resolve(page(7, anAlert({ id: 'a', seq: 3 }), anAlert({ id: 'b', seq: 7 })));
  await vi.waitFor(() => expect(live.view().board.seq).toBe(8));
  const shown = [...live.view().board.alerts.values()].map(({ id, seq }) => `${id} ${seq}`);
  expect(shown).toEqual(['a 3', 'b 7', 'c 8']);
});

test('finds within a minute what the stream never told, without crying out', async () => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  cleanUps.push(() => vi.useRealTimers());
  const gateway = await aGateway();
  const pages = [page(4), page(5, anAlert({ id: 'missed', seq: 5 }))];
  const { live } = aScreen(gateway.url, async () => pages.shift() ?? page(9));
  await gateway.hello();
  for (let aliveMs = 0; aliveMs < 60_000 && pages.length > 0; aliveMs += heartbeatMs) {
    const { status: before } = live.view();
    gateway.say({ type: 'heartbeat', at: Date.now(), seq: 5, status });
    await vi.waitFor(() => expect(live.view().status).not.toBe(before));
    vi.advanceTimersByTime(heartbeatMs);
    expect(isStale(live.doubtMs())).toBe(false);
  }
  await vi.waitFor(() => expect([...live.view().board.alerts.keys()]).toEqual(['missed']));
});

test.each([
  ['opens the stream', { fetchWaits: soon, streamWaits: long }],
  ['fetches the alerts', { fetchWaits: long, streamWaits: soon }],
])('%s without waiting any longer, when the other has succeeded', async (_, waits) => {
  const gateway = await aGateway();
  const dice = vi.spyOn(Math, 'random').mockReturnValue(waits.fetchWaits);
  cleanUps.push(() => dice.mockRestore());
  let fetches = 0;
  const { live } = aScreen(gateway.url, async () => {
    fetches += 1;
    if (fetches === 2) throw new ApiError(502, null);
    return page(4);
  });
  const hellos = () => gateway.heard.filter(({ type }) => type === 'hello');
  await gateway.hello();
  gateway.say({ type: 'welcome', seq: 4, at: Date.now(), status });
  await vi.waitFor(() => expect(live.view().status).not.toBeNull());
  // From a first loss the stream comes back at once; it is the second that makes it wait.
  gateway.hangUp();
  await vi.waitFor(() => expect(hellos()).toHaveLength(2));
  gateway.say({ type: 'welcome', seq: 4, at: Date.now(), status });
  gateway.say({ type: 'reset', seq: 4 });
  await vi.waitFor(() => expect(fetches).toBe(2));
  dice.mockReturnValue(waits.streamWaits);
  gateway.hangUp();
  await vi.waitFor(() => expect(hellos()).toHaveLength(3), withinMs);
  gateway.say({ type: 'welcome', seq: 4, at: Date.now(), status });
  await vi.waitFor(() => expect(fetches).toBe(3), withinMs);
});

test('reports an alert as seen once, and when it has called again, even if it was away', async () => {
  const gateway = await aGateway();
  const { live } = aScreen(gateway.url, async () => page(4));
  live.seen('a', 'a 0');
  live.seen('a', 'a 0');
  await gateway.hello();
  gateway.say({ type: 'welcome', seq: 4, at: Date.now(), status });
  const seen = { type: 'seen', alert: 'a' };
  await vi.waitFor(() => expect(gateway.heard.slice(1)).toEqual([seen]));
  live.seen('a', 'a 0');
  live.seen('a', 'a 1');
  await vi.waitFor(() => expect(gateway.heard.slice(1)).toEqual([seen, seen]));
});

test('is over when the gateway knows nobody by its session', async () => {
  const { onSessionEnded } = aScreen('ws://127.0.0.1:1', () =>
    Promise.reject(new ApiError(401, null)),
  );
  await vi.waitFor(() => expect(onSessionEnded).toHaveBeenCalled());
});

test('finds out that the session is over when only the stream is refused', async () => {
  const gateway = await aGateway();
  const pages = [page(4)];
  const { onSessionEnded } = aScreen(gateway.url, async () => {
    const next = pages.shift();
    if (next === undefined) throw new ApiError(401, null);
    return next;
  });
  await gateway.hello();
  expect(onSessionEnded).not.toHaveBeenCalled();
  gateway.hangUp();
  await vi.waitFor(() => expect(onSessionEnded).toHaveBeenCalled());
});

test('is in doubt from the start, until something is heard', async () => {
  vi.useFakeTimers();
  cleanUps.push(() => vi.useRealTimers());
  const { live } = aScreen('ws://127.0.0.1:1', () => new Promise<AlertPage>(() => undefined));
  expect(isStale(live.doubtMs())).toBe(false);
  vi.advanceTimersByTime(10_000);
  expect(isStale(live.doubtMs())).toBe(true);
});
