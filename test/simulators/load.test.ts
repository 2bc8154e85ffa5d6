import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { WireEvent } from '../../gateway/protocol/event.ts';
import { load, type Acknowledged, type LoadOptions } from '../../simulators/load.ts';
import { forEachAck } from '../../simulators/load/acknowledgement.ts';
import { InFlight } from '../../simulators/load/in-flight.ts';
import { startBroker, type Broker } from './broker.ts';

const devices = Array.from({ length: 5 }, (_, index) => ({ id: `d${index}`, secret: `s${index}` }));

function options(broker: Broker, difference: Partial<LoadOptions> = {}): LoadOptions {
  return {
    mqttUrl: broker.url,
    devices,
    total: 2000,
    run: 'run',
    seed: 'seed',
    signal: new AbortController().signal,
    clock: () => Date.now(),
    acknowledged: () => undefined,
    log: () => undefined,
    ...difference,
  };
}

const key = ({ deviceId, id }: { deviceId: string; id: string }) => `${deviceId} ${id}`;

describe('a load', () => {
  test('is of unique events that the protocol knows, from every device', async () => {
    await using broker = await startBroker(new Map(devices.map(({ id, secret }) => [id, secret])));
    const acknowledged: Acknowledged[] = [];
    const stats = await load(
      options(broker, { alertShare: 0.1, acknowledged: (event) => acknowledged.push(event) }),
    );

    const events = broker.received.map(({ payload }) => WireEvent.parse(JSON.parse(payload)));
    const alerts = events.filter(({ type }) => ['help.pressed', 'fall.detected'].includes(type));
    expect(stats).toMatchObject({ sent: 2000, acknowledged: 2000, repeated: 0 });
    expect(new Set(broker.events().map(key))).toEqual(new Set(acknowledged.map(key)));
    expect(new Set(acknowledged.map(key)).size).toBe(2000);
    expect(new Set(acknowledged.map(({ deviceId }) => deviceId)).size).toBe(5);
    expect(alerts.length).toBeGreaterThan(100);
    expect(alerts.length).toBeLessThan(300);
  });

  test('says when each event was sent, as its time does', async () => {
    await using broker = await startBroker();
    const acknowledged: Acknowledged[] = [];
    await load(options(broker, { total: 200, acknowledged: (event) => acknowledged.push(event) }));
    const times = new Map(broker.events().map((event) => [key(event), event.time]));
    for (const event of acknowledged) {
      expect(times.get(key(event))).toBe(new Date(event.sentAt).toISOString());
      expect(event.at).toBeGreaterThanOrEqual(event.sentAt);
    }
  });

  test('loses nothing it counts as acknowledged when the broker is killed again and again', async () => {
    await using broker = await startBroker();
    const acknowledged = new Set<string>();
    const loaded = load(
      options(broker, { total: 6000, acknowledged: (event) => acknowledged.add(key(event)) }),
    );
    for (const enough of [1000, 2500, 4000]) {
      await broker.when((all) => all.length >= enough);
      await broker.kill();
      await broker.start();
    }
    const stats = await loaded;

    const arrived = new Set(broker.events().map(key));
    expect(acknowledged.size).toBe(6000);
    expect(arrived.isSupersetOf(acknowledged)).toBe(true);
    expect(stats.repeated).toBeGreaterThan(0);
    expect(stats.sent).toBe(6000);
  });

  test('keeps to the rate it is given', async () => {
    await using broker = await startBroker();
    const { startedAt, endedAt } = await load(options(broker, { total: 600, rate: 2000 }));
    expect(endedAt - startedAt).toBeGreaterThan(280);
    expect(endedAt - startedAt).toBeLessThan(3000);
  });

  test('ends at the signal, and keeps no connection', async () => {
    await using broker = await startBroker();
    const stop = new AbortController();
    const { total: _, ...endless } = options(broker, { signal: stop.signal });
    const loaded = load(endless);
    await broker.when((all) => all.length >= 500);
    stop.abort();
    const stats = await loaded;
    expect(stats.acknowledged).toBeGreaterThan(0);
    expect(stats.acknowledged).toBeLessThanOrEqual(broker.received.length);
  });
});

describe('what is in flight', () => {
  test('is closed by its own message id, in any order, also past the last message id', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 300 }), (choices) => {
        const inFlight = new InFlight(8);
        inFlight.base = 65_530;
        inFlight.next = 65_530;
        const open: number[] = [];
        for (const choice of choices) {
          if (inFlight.room > 0 && choice % 2 === 0) open.push(inFlight.open(choice % 5, choice));
          const [sequence] = open.splice(choice % Math.max(open.length, 1), 1);
          if (sequence === undefined) continue;
          const messageId = inFlight.messageIdOf(sequence);
          expect(messageId).toBeGreaterThan(0);
          expect(messageId).toBeLessThan(65_536);
          expect(inFlight.close(messageId)).toBe(sequence);
          expect(inFlight.close(messageId)).toBeNull();
        }
        expect(inFlight.base <= Math.min(inFlight.next, ...open)).toBe(true);
      }),
    );
  });
});

describe('reading acknowledgements', () => {
  const connack = Buffer.from([0x20, 2, 0, 0]);
  const pingresp = Buffer.from([0xd0, 0]);
  const publish = Buffer.concat([Buffer.from([0x30, 0x81, 0x01]), Buffer.alloc(129, 1)]);
  const puback = (high: number, low: number) => Buffer.from([0x40, 2, high, low]);
  const stream = Buffer.concat([connack, puback(0, 7), pingresp, publish, puback(0xff, 0xff)]);

  test('finds each of them wherever the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
        const told: string[] = [];
        let rest = Buffer.alloc(0);
        let from = 0;
        for (const to of [...cuts.toSorted((one, other) => one - other), stream.length]) {
          rest = Buffer.concat([rest, stream.subarray(from, to)]);
          const used = forEachAck(rest, {
            connected: (code) => told.push(`connected ${code}`),
            published: (messageId) => told.push(`published ${messageId}`),
          });
          rest = rest.subarray(used);
          from = to;
        }
        expect(told).toEqual(['connected 0', 'published 7', 'published 65535']);
        expect(rest.length).toBe(0);
      }),
    );
  });
});
