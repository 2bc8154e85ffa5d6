import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, test } from 'vitest';

import type { ServerMessage } from '../../../gateway/protocol/stream.ts';
import { openWorld, type World } from '../http/world.ts';
import { knock, openScreen } from './screen-client.ts';

async function screenOf(world: World, person: string, cursor: number | null = null) {
  const screen = await openScreen(world, await world.cookieOf(person));
  screen.hello(cursor);
  await screen.next('welcome');
  return screen;
}

describe('opening a stream', () => {
  test('takes a session, and a page of our own', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    const { origin } = world;
    expect(await knock(world, { origin })).toEqual({ status: 401, body: 'Sign in first.\n' });
    expect(await knock(world, { origin, cookie: 'vaka=guess' })).toMatchObject({ status: 401 });
    expect(await knock(world, { cookie })).toMatchObject({ status: 403 });
    expect(await knock(world, { cookie, origin: 'https://evil.example' })).toMatchObject({
      status: 403,
    });
    expect(await knock(world, { cookie, origin: 'http://vaka.example' })).toMatchObject({
      status: 101,
    });
  });

  test('is refused beyond a number of screens in one session', async () => {
    const world = await openWorld({ limits: { screensPerSession: 2 } });
    const headers = { origin: world.origin, cookie: await world.cookieOf('astrid') };
    const statuses = [];
    for (let screens = 0; screens < 3; screens += 1) {
      statuses.push((await knock(world, headers)).status);
    }
    expect(statuses).toEqual([101, 101, 429]);
    const other = { ...headers, cookie: await world.cookieOf('astrid') };
    expect((await knock(world, other)).status).toBe(101);
  });

  test('is written down before anything is shown, and refused if it cannot be', async () => {
    const world = await openWorld();
    await screenOf(world, 'astrid');
    expect(world.accessRows()).toEqual(['astrid stream -']);

    const broken = await openWorld({
      around: (store) => ({
        ...store,
        accessLog: { write: () => Promise.reject(new Error('disk full')) },
      }),
    });
    await broken.raise('home-norr-1');
    const screen = await openScreen(broken, await broken.cookieOf('astrid'));
    screen.hello(0);
    expect(await screen.closed).toMatchObject({ code: 1011 });
    expect(screen.messages).toEqual([]);
  });

  test.each([
    ['anything before hello', '{"type":"heartbeat"}', 1008],
    ['an unknown message', '{"type":"resolve","alert":"1"}', 1008],
    ['a hello without a cursor', '{"type":"hello"}', 1008],
    ['what is no JSON', 'hello', 1008],
    ['bytes', Buffer.from('{"type":"hello","cursor":null}'), 1008],
    ['too much', `{"type":"hello","cursor":null${' '.repeat(2_000)}}`, 1009],
  ])('ends with %s', async (_what, message, code) => {
    const world = await openWorld();
    const screen = await openScreen(world, await world.cookieOf('astrid'));
    screen.socket.send(message);
    expect(await screen.closed).toMatchObject({ code });
    expect(world.stream.screenCount()).toBe(0);
  });

  test('ends with a second hello, and without a first', async () => {
    const world = await openWorld({ limits: { helloMs: 20 } });
    const screen = await screenOf(world, 'astrid');
    screen.hello(null);
    expect(await screen.closed).toMatchObject({ code: 1008 });
    const mute = await openScreen(world, await world.cookieOf('astrid'));
    expect(await mute.closed).toEqual({ code: 1008, reason: 'Say hello within five seconds.' });
  });
});

describe('a stream', () => {
  test('begins where the cursor says, then tells what happens, each commit in one frame', async () => {
    const world = await openWorld();
    await world.raise('home-norr-1');
    await world.raise('home-norr-2');
    const third = await world.raise('home-norr-1');
    const screen = await openScreen(world, await world.cookieOf('astrid'));
    screen.hello(1);
    expect(await screen.next('changes')).toMatchObject({
      seq: 3,
      changes: [{ seq: 3, alert: { id: third, seq: 3 } }],
    });
    expect(await screen.next('welcome')).toMatchObject({ seq: 3, at: world.clock() });

    await world.commit({
      homeId: 'home-norr-1',
      calls: [{ need: 'a' }, { need: 'a' }, { need: 'b', severity: 'technical' }],
    });
    const { seq, changes } = await screen.next('changes');
    expect({ seq, types: changes.map(({ event }) => event.type) }).toEqual({
      seq: 6,
      types: ['raised', 'repeated', 'raised'],
    });
    expect(changes[0]?.alert.resident).toEqual({ name: 'Elsa norr-1' });
  });

  test('gives nothing of the past to a screen without a cursor', async () => {
    const world = await openWorld();
    await world.raise('home-norr-1');
    const screen = await openScreen(world, await world.cookieOf('astrid'));
    screen.hello(null);
    expect(await screen.next('welcome')).toMatchObject({ seq: 1, status: { homes: 1 } });
    expect(screen.messages).toHaveLength(1);
  });

  test('asks a screen that is too far behind, or from another past, to fetch the board again', async () => {
    const world = await openWorld({ limits: { replay: 2 } });
    for (let count = 0; count < 3; count += 1) await world.raise('home-norr-1');
    for (const cursor of [0, 4]) {
      const screen = await openScreen(world, await world.cookieOf('astrid'));
      screen.hello(cursor);
      expect(await screen.next('reset')).toEqual({ type: 'reset', seq: 3 });
      expect(await screen.next('welcome')).toMatchObject({ seq: 3 });
      expect(screen.changes()).toEqual([]);
    }
    const within = await openScreen(world, await world.cookieOf('astrid'));
    within.hello(1);
    await within.next('welcome');
    expect(within.changes().map(({ seq }) => seq)).toEqual([2, 3]);
  });

  test('has neither gap nor double when commits race the hello at each of its steps', async () => {
    const steps: string[] = [];
    const commitAt = async (step: string) => {
      steps.push(step);
      await world.raise('home-norr-1');
    };
    const world: World = await openWorld({
      around: (store) => ({
        ...store,
        overview: {
          ...store.overview,
          lastSeq: async () => {
            await commitAt('before the position is read');
            const seq = await store.overview.lastSeq();
            await commitAt('after it');
            return seq;
          },
          changesAfter: async (...asked) => {
            await commitAt('before the changes are read');
            const changes = await store.overview.changesAfter(...asked);
            await commitAt('after them');
            return changes;
          },
        },
        accessLog: {
          write: async (...row) => {
            await store.accessLog.write(...row);
            await commitAt('after the disclosure');
          },
        },
      }),
    });
    await world.raise('home-norr-1');
    const screen = await openScreen(world, await world.cookieOf('astrid'));
    screen.hello(0);
    await screen.next('welcome');
    await world.raise('home-norr-1');
    await screen.reached(7);
    expect(steps).toHaveLength(5);
    expect(screen.changes().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('has neither gap nor double for many screens that come while much happens', async () => {
    const world = await openWorld();
    const cookies = await Promise.all(Array.from({ length: 4 }, () => world.cookieOf('cilla')));
    const commits = (async () => {
      for (let count = 0; count < 200; count += 1) await world.raise('home-norr-1');
    })();
    const screens = [];
    for (let count = 0; count < 20; count += 1) {
      const screen = await openScreen(world, cookies[count % 4] ?? '');
      const cursor = await world.store.overview.lastSeq();
      screen.hello(cursor);
      screens.push({ screen, cursor });
    }
    await commits;
    await world.raise('home-norr-1');
    const last = await world.store.overview.lastSeq();
    for (const { screen, cursor } of screens) {
      await screen.reached(last);
      const expected = Array.from({ length: last - cursor }, (_, index) => cursor + 1 + index);
      expect(screen.changes().map(({ seq }) => seq)).toEqual(expected);
    }
  });

  test('tells each screen what it may see, and what it may not stays unsaid', async () => {
    const world = await openWorld();
    const [astrid, bengt, cilla, tore, sara] = await Promise.all(
      ['astrid', 'bengt', 'cilla', 'tore', 'sara'].map((person) => screenOf(world, person)),
    );
    await world.raise('home-norr-1');
    await world.raise('home-norr-1', { severity: 'technical' });
    await world.raise('home-syd-1');
    await world.raise('home-norr-2', { severity: 'technical' });
    const last = [astrid?.reached(2), bengt?.reached(4), cilla?.reached(4), tore?.reached(4)];
    await Promise.all([...last, sara?.reached(3)]);
    const seqs = [astrid, bengt, cilla, tore, sara].map((screen) =>
      screen?.changes().map(({ seq }) => seq),
    );
    expect(seqs).toEqual([[1, 2], [4], [1, 2, 4], [2, 4], [3]]);
    expect(tore?.changes().map(({ alert }) => alert.resident)).toEqual([null, null]);
  });

  test('shows an alert to the neighbours from the moment they are asked', async () => {
    const world = await openWorld();
    const bengt = await screenOf(world, 'bengt');
    const id = await world.raise('home-norr-1');
    await world.escalate(id);
    await world.escalate(id);
    const { changes } = await bengt.next('changes');
    expect(changes).toMatchObject([
      {
        seq: 3,
        event: { type: 'escalated' },
        alert: { id, asked: [{ who: 'everyone' }, { who: 'coordinators' }] },
      },
    ]);
  });

  test('takes an alert off the screens of a unit whose hours are over, at once and after a pause', async () => {
    const world = await openWorld();
    const [astrid, away, bengt, cilla] = await Promise.all(
      ['astrid', 'astrid', 'bengt', 'cilla'].map((person) => screenOf(world, person)),
    );
    const id = await world.raise('home-norr-1');
    await Promise.all([astrid?.reached(1), away?.reached(1), cilla?.reached(1)]);
    away?.socket.terminate();
    await world.assign(id, 'norr-2');
    const taken = { seq: 2, changes: [], gone: [id] };
    const given = { seq: 2, changes: [{ event: { type: 'assigned' }, alert: { id } }], gone: [] };
    await Promise.all([bengt?.reached(2), cilla?.reached(2)]);
    const last = (screen: typeof astrid) => screen?.messages.findLast(isOfChanges);
    expect([last(bengt), last(cilla)]).toMatchObject([given, given]);
    await world.raise('home-norr-1');
    await astrid?.reached(3);
    expect(astrid?.messages.filter(isOfChanges)[1]).toMatchObject(taken);
    const back = await screenOf(world, 'astrid', 1);
    const frames = back.messages.filter(isOfChanges);
    expect(frames.map(({ changes, gone }) => [changes.map(({ seq }) => seq), gone])).toEqual([
      [[3], []],
      [[], [id]],
    ]);
  });

  test('goes by name: who has an alert keeps it, and a colleague who is handed it is shown it', async () => {
    const world = await openWorld();
    const [astrid, bengt, sara] = await Promise.all(
      ['astrid', 'bengt', 'sara'].map((person) => screenOf(world, person)),
    );
    const id = await world.raise('home-norr-1');
    const at = world.clock();
    await world.command(id, { type: 'accept', at, by: 'astrid', etaMinutes: null });
    await world.assign(id, 'norr-2');
    await world.command(id, { type: 'hand-over', at, by: 'astrid', to: 'sara' });
    await Promise.all([bengt?.reached(4), sara?.reached(4)]);
    await world.raise('home-norr-1');
    await astrid?.reached(5);
    const told = [astrid, bengt, sara].map((screen) =>
      screen?.messages
        .filter(isOfChanges)
        .flatMap(({ changes, gone }) => [
          ...changes.map(({ event }) => event.type),
          ...gone.map(() => 'gone'),
        ]),
    );
    expect(told).toEqual([
      ['raised', 'accepted', 'assigned', 'gone', 'raised'],
      ['assigned', 'handed-over'],
      ['handed-over'],
    ]);
  });

  test('takes a receipt as delivered, once, and bothers no screen with it', async () => {
    const world = await openWorld();
    const screen = await screenOf(world, 'astrid');
    const id = await world.raise('home-norr-1');
    await screen.reached(1);
    const delivered = new Promise((resolve) => {
      world.hub.subscribe(([change]) => resolve(change?.event));
    });
    screen.send({ type: 'seen', alert: id });
    screen.send({ type: 'seen', alert: id });
    expect(await delivered).toMatchObject({ type: 'delivered', by: 'astrid' });
    await world.raise('home-norr-1');
    await screen.reached(3);
    expect(screen.changes().map(({ seq, event }) => `${seq} ${event.type}`)).toEqual([
      '1 raised',
      '3 raised',
    ]);
  });
});

describe('silence', () => {
  test('is broken by heartbeats that say where things stand', async () => {
    const world = await openWorld({ limits: { heartbeatMs: 20 } });
    const screen = await screenOf(world, 'astrid');
    await world.raise('home-norr-2');
    world.pass(60_000);
    await screen.next('heartbeat');
    expect(await screen.next('heartbeat')).toEqual({
      type: 'heartbeat',
      at: world.clock(),
      seq: 1,
      status: expect.objectContaining({ homes: 1 }) as object,
    });
    expect(screen.changes()).toEqual([]);
  });

  test('takes no screen back to before it came', async () => {
    const world = await openWorld({ limits: { heartbeatMs: 20 } });
    await world.commit({ homeId: 'home-norr-1', calls: [{}], isUntold: true });
    const screen = await screenOf(world, 'astrid');
    expect(await screen.next('heartbeat')).toMatchObject({ seq: 1 });
  });

  test('of a screen ends its connection, and a screen that lives keeps its own', async () => {
    const world = await openWorld({ limits: { heartbeatMs: 20 } });
    const lively = await screenOf(world, 'cilla');
    const mute = await openScreen(world, await world.cookieOf('astrid'), { isMute: true });
    mute.hello(null);
    expect(await mute.closed).toMatchObject({ code: 1006 });
    for (let beats = 0; beats < 8; beats += 1) await lively.next('heartbeat');
    expect(world.stream.screenCount()).toBe(1);
  });

  test('of the store is not hidden behind heartbeats', async () => {
    let isBroken = false;
    const world = await openWorld({
      limits: { heartbeatMs: 20 },
      around: (store) => ({
        ...store,
        overview: {
          ...store.overview,
          status: (...asked) =>
            isBroken ? Promise.reject(new Error('disk gone')) : store.overview.status(...asked),
        },
      }),
    });
    const screen = await screenOf(world, 'astrid');
    await screen.next('heartbeat');
    isBroken = true;
    expect(await screen.closed).toMatchObject({ code: 1006 });
    expect(world.logged[0]).toMatchObject({ msg: 'heartbeat failed' });
  });
});

describe('the end of a stream', () => {
  test('comes at once when one signs out, for that session alone', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    const screen = await openScreen(world, cookie);
    const other = await screenOf(world, 'astrid');
    await world.call('DELETE', '/api/v1/session', { cookie });
    expect(await screen.closed).toEqual({ code: 4401, reason: 'The session has ended.' });
    await world.raise('home-norr-1');
    await other.reached(1);
  });

  test('comes when the session has ended elsewhere or by itself', async () => {
    const world = await openWorld({ limits: { heartbeatMs: 20, beatsPerSessionCheck: 1 } });
    const screen = await screenOf(world, 'astrid');
    await screen.next('heartbeat');
    world.pass(12 * 3_600_000);
    expect(await screen.closed).toMatchObject({ code: 4401 });
  });

  test('comes when what one may see has changed', async () => {
    const world = await openWorld({ limits: { heartbeatMs: 20, beatsPerSessionCheck: 1 } });
    const screen = await screenOf(world, 'astrid');
    await screen.next('heartbeat');
    world.sql("update person set role = 'technician' where id = 'astrid'");
    expect(await screen.closed).toMatchObject({ code: 4401 });
  });

  test('comes for a reader that cannot keep up, and it goes on from its cursor', async () => {
    const world = await openWorld({ limits: { mostWaiting: 50_000 } });
    const screen = await screenOf(world, 'astrid');
    const changes = await world.commit({
      homeId: 'home-norr-1',
      calls: Array.from({ length: 200 }, (_, index) => ({ need: `need-${index}` })),
    });
    await screen.reached(200);
    screen.socket.pause();
    await flood(world, changes);
    expect(world.stream.screenCount()).toBe(0);
    screen.socket.resume();
    expect(await screen.closed).toEqual({ code: 4408, reason: 'The screen reads too slowly.' });
    const again = await screenOf(world, 'astrid', 50);
    const frames = again.messages.map((one) => `${one.type} ${'seq' in one ? one.seq : ''}`);
    expect(frames).toEqual(['changes 150', 'changes 200', 'welcome 200']);
    expect(again.changes()).toHaveLength(150);
  });

  test('is not waited for when a slow reader never hears of it', async () => {
    const world = await openWorld({ limits: { mostWaiting: 50_000 } });
    const screen = await screenOf(world, 'astrid');
    const changes = await world.commit({
      homeId: 'home-norr-1',
      calls: Array.from({ length: 200 }, (_, index) => ({ need: `need-${index}` })),
    });
    screen.socket.pause();
    await flood(world, changes);
    const began = performance.now();
    await world.stream.close();
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  test('is told as a restart when the gateway stops, and nobody is let in any more', async () => {
    const world = await openWorld();
    const screen = await screenOf(world, 'astrid');
    const cookie = await world.cookieOf('astrid');
    const closing = world.stream.close();
    expect(await screen.closed).toEqual({ code: 1012, reason: 'The gateway restarts.' });
    await closing;
    expect(await knock(world, { cookie, origin: world.origin })).toMatchObject({ status: 503 });
    expect(world.stream.connectedScopes()).toEqual([]);
  });
});

test('says which scopes are watched, and by how many screens', async () => {
  const world = await openWorld();
  await screenOf(world, 'astrid');
  await screenOf(world, 'astrid');
  await screenOf(world, 'tore');
  await openScreen(world, await world.cookieOf('sara'));
  expect(world.stream.screenCount()).toBe(4);
  expect(
    world.stream.connectedScopes().map(({ scope, screens }) => `${scope.role} ${screens}`),
  ).toEqual(['carer 2', 'technician 1']);
});

function isOfChanges(
  message: ServerMessage,
): message is Extract<ServerMessage, { type: 'changes' }> {
  return message.type === 'changes';
}

/** Tells more than the system's own buffers hold, until the reader has been cut off. */
async function flood(world: World, changes: Parameters<World['hub']['publish']>[0]): Promise<void> {
  let seq = changes.at(-1)?.seq ?? 0;
  for (let commits = 0; commits < 500 && world.stream.screenCount() > 0; commits += 1) {
    world.hub.publish(changes.map((change) => ({ ...change, seq: (seq += 1) })));
    await turn();
  }
}
