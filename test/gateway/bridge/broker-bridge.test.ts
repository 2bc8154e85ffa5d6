import { setImmediate as turn } from 'node:timers/promises';

import { describe, expect, onTestFinished, test, vi } from 'vitest';

import {
  type BridgeLimits,
  type BridgeNotice,
  type BridgeOptions,
  createBrokerBridge,
} from '../../../gateway/bridge/broker-bridge.ts';
import { type Answers, openFakeBroker, publishOf } from './fake-broker.ts';

interface Accepted {
  topic: string;
  payload: string;
  isRepeat: boolean;
  kept: (refused: string | null) => void;
  lost: () => void;
}

/** A bridge to a broker of the test's own, which stores what it accepts when the test says. */
async function openBridge(
  given: {
    answers?: Partial<Answers>;
    options?: Partial<BridgeOptions>;
    limits?: Partial<BridgeLimits>;
    now?: () => number;
  } = {},
) {
  const broker = await openFakeBroker(given.answers);
  const accepted: Accepted[] = [];
  const notices: BridgeNotice[] = [];
  const bridge = createBrokerBridge({
    address: { host: '127.0.0.1', port: broker.port, isTls: false },
    clientId: 'vaka',
    filter: 'vaka/v1/#',
    accept: (_deviceId, topic, payload, isRepeat) => {
      const { promise, resolve, reject } = Promise.withResolvers<{ refused: string | null }>();
      const lost = () => reject(new Error('The disk is full.'));
      const kept = (refused: string | null) => resolve({ refused });
      accepted.push({ topic, payload: payload.toString(), isRepeat, kept, lost });
      return promise;
    },
    inUse: async (ids) => new Set(ids.filter((id) => id !== 'stranger')),
    notice: (notice) => notices.push(notice),
    clock: given.now ?? Date.now,
    limits: { retryMs: 1, closeMs: 2_000, ...given.limits },
    ...given.options,
  });
  onTestFinished(() => bridge.stop());
  bridge.start();
  return { broker, bridge, accepted, notices };
}

async function openConnected(given: Parameters<typeof openBridge>[0] = {}) {
  const opened = await openBridge(given);
  await vi.waitFor(() => expect(opened.bridge.status().isConnected).toBe(true));
  return opened;
}

describe('what the broker has', () => {
  test('is acknowledged once it is stored, and in the order in which it came', async () => {
    const { broker, accepted } = await openConnected();
    broker.send(...[1, 2, 3].map((id) => publishOf(id, 'vaka/v1/button/events', `"${id}"`)));
    await vi.waitFor(() => expect(accepted).toHaveLength(3));
    expect(accepted.map(({ payload }) => payload)).toEqual(['"1"', '"2"', '"3"']);

    accepted[2]?.kept(null);
    accepted[1]?.kept(null);
    await turn();
    expect(broker.acknowledged()).toEqual([]);
    accepted[0]?.kept(null);
    await vi.waitFor(() => expect(broker.acknowledged()).toEqual([1, 2, 3]));
  });

  test('is fetched in a session that outlives us, with QoS 1', async () => {
    const { broker } = await openConnected();
    expect(broker.connects()).toMatchObject([{ clean: false, clientId: 'vaka' }]);
    expect(broker.got).toContainEqual(
      expect.objectContaining({
        cmd: 'subscribe',
        subscriptions: [expect.objectContaining({ topic: 'vaka/v1/#', qos: 1 })],
      }),
    );
  });

  test('comes again, and with what came after it, when it could not be stored', async () => {
    const { broker, bridge, accepted, notices } = await openConnected();
    broker.send(publishOf(1, 'vaka/v1/button/events'), publishOf(2, 'vaka/v1/button/events'));
    await vi.waitFor(() => expect(accepted).toHaveLength(2));
    accepted[0]?.lost();
    accepted[1]?.kept(null);
    await vi.waitFor(() => expect(broker.connects()).toHaveLength(2));
    expect(broker.acknowledged()).toEqual([]);
    expect(notices).toContainEqual(
      expect.objectContaining({ kind: 'lost', why: 'A message could not be stored.' }),
    );

    await vi.waitFor(() => expect(bridge.status().isConnected).toBe(true));
    broker.send(publishOf(1, 'vaka/v1/button/events', '{}', true));
    await vi.waitFor(() => expect(accepted).toHaveLength(3));
    expect(accepted[2]?.isRepeat).toBe(true);
    accepted[2]?.kept(null);
    await vi.waitFor(() => expect(broker.acknowledged()).toEqual([1]));
  });

  test('is passed over and acknowledged when it is ours, nobody’s, or too big', async () => {
    const { broker, accepted, notices } = await openConnected({ limits: { payloadBytes: 10 } });
    broker.send(
      publishOf(1, 'vaka/v1/button/errors'),
      publishOf(2, 'vaka/v1/button/commands'),
      publishOf(3, 'vaka/v1/camera/frames/1'),
      publishOf(4, 'weather/today'),
      publishOf(5, 'vaka/v1/stranger/events'),
      publishOf(6, 'vaka/v1/stranger/events'),
      publishOf(7, 'vaka/v1/button/events', 'x'.repeat(11)),
    );
    await vi.waitFor(() => expect(broker.acknowledged()).toEqual([1, 2, 3, 4, 5, 6, 7]));
    expect(accepted).toEqual([]);
    expect(notices.filter(({ kind }) => kind !== 'connected')).toEqual([
      { kind: 'unusable-topic', topic: 'weather/today' },
      { kind: 'oversize', deviceId: 'button', bytes: 11 },
      { kind: 'unknown-device', deviceId: 'stranger' },
    ]);
  });

  test('keeps its order while one lot is looked up more slowly than the next', async () => {
    const slow = Promise.withResolvers<ReadonlySet<string>>();
    const asked: string[][] = [];
    const { broker, accepted } = await openConnected({
      options: {
        inUse: (ids) => {
          asked.push([...ids]);
          return asked.length === 1 ? slow.promise : Promise.resolve(new Set(ids));
        },
      },
    });
    broker.send(publishOf(1, 'vaka/v1/door/events', 'opened'));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    broker.send(publishOf(2, 'vaka/v1/door/events', 'closed'));
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    await turn();
    expect(accepted).toEqual([]);
    slow.resolve(new Set(['door']));
    await vi.waitFor(() =>
      expect(accepted.map(({ payload }) => payload)).toEqual(['opened', 'closed']),
    );
    for (const { kept } of accepted) kept(null);
  });

  test('is left unread while too much waits to be stored', async () => {
    const { broker, accepted } = await openConnected({ limits: { inFlight: 10 } });
    // More than the buffers of both sockets hold.
    const payload = 'x'.repeat(100_000);
    for (let id = 1; id <= 300; id += 1) {
      broker.send(publishOf(id, 'vaka/v1/button/events', payload));
    }
    await vi.waitFor(() => expect(accepted.length).toBeGreaterThanOrEqual(10));
    for (let turns = 0; turns < 50; turns += 1) await turn();
    expect(accepted.length).toBeLessThan(30);
    expect(broker.unread()).toBeGreaterThan(0);
    let stored = 0;
    while (stored < 300) {
      for (const { kept } of accepted.slice(stored)) kept(null);
      stored = accepted.length;
      await turn();
    }
    await vi.waitFor(() => expect(broker.acknowledged()).toHaveLength(300));
  });
});

describe('a stop', () => {
  test('waits for what is being stored, acknowledges it, and says goodbye', async () => {
    const { broker, bridge, accepted } = await openConnected();
    broker.send(publishOf(1, 'vaka/v1/button/events'));
    await vi.waitFor(() => expect(accepted).toHaveLength(1));
    const stopped = bridge.stop();
    await turn();
    expect(broker.got.map(({ cmd }) => cmd)).not.toContain('disconnect');
    accepted[0]?.kept(null);
    await stopped;
    await vi.waitFor(() =>
      expect(broker.got.map(({ cmd }) => cmd).slice(-2)).toEqual(['puback', 'disconnect']),
    );
    expect(bridge.status().isConnected).toBe(false);
  });

  test('does not wait for ever', async () => {
    const { broker, bridge, accepted } = await openConnected({ limits: { closeMs: 20 } });
    broker.send(publishOf(1, 'vaka/v1/button/events'));
    await vi.waitFor(() => expect(accepted).toHaveLength(1));
    await bridge.stop();
    expect(broker.acknowledged()).toEqual([]);
  });
});

describe('a broker', () => {
  test('that refuses us is tried again, and said why', async () => {
    const { broker, bridge, notices } = await openBridge({ answers: { connack: 4 } });
    await vi.waitFor(() => expect(broker.connects().length).toBeGreaterThan(2));
    expect(bridge.status()).toMatchObject({
      isConnected: false,
      why: 'The broker refuses us: user name or password is wrong.',
    });
    const waits = notices.flatMap((one) => (one.kind === 'lost' ? [one.retryMs] : []));
    expect(waits.slice(0, 3)).toEqual([1, 2, 4]);
  });

  test('that grants no QoS 1 is not connected', async () => {
    const { bridge } = await openBridge({ answers: { granted: 128 } });
    await vi.waitFor(() =>
      expect(bridge.status().why).toBe('The broker does not let us subscribe with QoS 1.'),
    );
  });

  test('that says nothing any more is left', async () => {
    const { broker } = await openConnected({ limits: { keepAliveMs: 40 } });
    await vi.waitFor(() => expect(broker.connects().length).toBeGreaterThan(1));
    expect(broker.got.map(({ cmd }) => cmd)).toContain('pingreq');
  });

  test('that sends nonsense is left, and connected to again', async () => {
    const { broker, notices } = await openConnected();
    broker.raw(Buffer.from([0xf0, 0xff, 0xff, 0xff, 0xff, 0xff]));
    await vi.waitFor(() => expect(broker.connects()).toHaveLength(2));
    expect(notices).toContainEqual(
      expect.objectContaining({ kind: 'lost', why: 'The broker does not speak MQTT.' }),
    );
  });

  test('that has forgotten our session is told of, but not when it never knew us', async () => {
    const { broker, notices } = await openConnected({ answers: { sessionPresent: false } });
    expect(notices).toEqual([{ kind: 'connected' }]);
    broker.cut();
    await vi.waitFor(() => expect(notices).toContainEqual({ kind: 'session-lost' }));
  });

  test('that is lost is so since then, until it is back', async () => {
    let now = 1_000;
    const { broker, bridge } = await openConnected({ now: () => now });
    expect(bridge.status()).toEqual({ isConnected: true, since: 1_000, why: null, forgotAt: null });
    now = 2_000;
    broker.answers.connack = 3;
    broker.cut();
    await vi.waitFor(() => expect(broker.connects().length).toBeGreaterThan(2));
    now = 3_000;
    expect(bridge.status()).toMatchObject({ isConnected: false, since: 2_000 });
    broker.answers.connack = 0;
    await vi.waitFor(() =>
      expect(bridge.status()).toEqual({
        isConnected: true,
        since: 3_000,
        why: null,
        forgotAt: null,
      }),
    );
  });
});

describe('what we publish', () => {
  test('is on the broker once it resolves', async () => {
    const { broker, bridge } = await openConnected();
    await bridge.publish('vaka/v1/button/commands', '{"command":"reassure"}');
    expect(broker.got).toContainEqual(
      expect.objectContaining({ topic: 'vaka/v1/button/commands', qos: 1 }),
    );
  });

  test('tells a device what it did wrong, once in a while', async () => {
    const { broker, accepted, bridge } = await openConnected({ now: () => 0 });
    broker.send(publishOf(1, 'vaka/v1/button/events'), publishOf(2, 'vaka/v1/button/events'));
    await vi.waitFor(() => expect(accepted).toHaveLength(2));
    for (const { kept } of accepted) kept('No JSON.');
    await vi.waitFor(() => expect(broker.acknowledged()).toEqual([1, 2]));
    await bridge.publish('vaka/v1/other/commands', '{}');
    const told = broker.got.flatMap((one) =>
      one.cmd === 'publish' && one.topic === 'vaka/v1/button/errors'
        ? [JSON.parse(one.payload.toString()) as unknown]
        : [],
    );
    expect(told).toEqual([
      { reason: 'No JSON.', topic: 'vaka/v1/button/events', at: '1970-01-01T00:00:00.000Z' },
    ]);
    expect([bridge.hasHeard('button'), bridge.hasHeard('other')]).toEqual([true, false]);
  });

  test('is refused while the broker is away', async () => {
    const { bridge } = await openBridge({ answers: { connack: 5 } });
    await expect(bridge.publish('vaka/v1/button/commands', '{}')).rejects.toThrow('not connected');
  });
});
