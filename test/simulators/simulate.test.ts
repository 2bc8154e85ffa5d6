import { describe, expect, test } from 'vitest';

import { errorsTopic } from '../../gateway/protocol/topic.ts';
import { parseScenario } from '../../simulators/scenario.ts';
import { simulate, type SimulateOptions } from '../../simulators/simulate.ts';
import { startBroker, type Broker } from './broker.ts';
import { sampleFleet } from './sample-fleet.ts';

function options(broker: Broker, difference: Partial<SimulateOptions> = {}): SimulateOptions {
  return {
    mqttUrl: broker.url,
    fleet: sampleFleet(),
    scenario: 'fall-at-night',
    seed: 'seed',
    speed: 20_000,
    signal: new AbortController().signal,
    clock: () => Date.now(),
    log: () => undefined,
    ...difference,
  };
}

function secretsOf({ fleet }: Pick<SimulateOptions, 'fleet'>): Map<string, string> {
  return new Map(
    fleet.homes.flatMap(({ devices }) => devices.map(({ id, secret }) => [id, secret] as const)),
  );
}

describe('a simulation', () => {
  test('plays a fall at night until all of it is acknowledged, each device with its own credentials', async () => {
    await using broker = await startBroker(secretsOf({ fleet: sampleFleet() }));
    const stats = await simulate(options(broker));

    const events = broker.events();
    expect(events.map(({ type }) => type)).toContain('fall.detected');
    expect(new Set(events.map(({ deviceId }) => deviceId)).size).toBe(13);
    expect(stats).toEqual({
      sent: events.length,
      acknowledged: events.length,
      givenUp: 0,
      repeated: 0,
      refused: 0,
      reassured: 0,
      connected: 13,
    });
  });

  test('loses nothing when the broker is killed in the middle and started again', async () => {
    await using broker = await startBroker();
    const played = simulate(options(broker, { scenario: 'everyday', speed: 100_000 }));
    // Whoever is heard after a kill has connected again, since all have been heard before the first one.
    await broker.when((all) => new Set(all.map(({ deviceId }) => deviceId)).size === 13);
    for (const more of [0, 200, 400]) {
      const enough = broker.received.length + more;
      await broker.when((all) => all.length >= enough);
      await broker.kill();
      await broker.start();
    }
    const stats = await played;

    const arrived = new Set(broker.events().map(({ deviceId, id }) => `${deviceId} ${id}`));
    expect(stats.acknowledged).toBe(stats.sent);
    expect(stats.connected).toBeGreaterThanOrEqual(13 + 3);
    expect(arrived.size).toBe(stats.sent);
  });

  test('keeps the order of each device, however often the connection breaks', async () => {
    await using broker = await startBroker();
    const played = simulate(options(broker, { scenario: 'everyday', speed: 100_000 }));
    await broker.when((all) => all.length >= 300);
    await broker.kill();
    await broker.start();
    await played;

    for (const own of Object.values(Object.groupBy(broker.events(), ({ deviceId }) => deviceId))) {
      const ids = [...new Set((own ?? []).map(({ id }) => id))];
      const counters = ids.map((id) => Number(id.split('-').at(-1)));
      expect(counters).toEqual(counters.toSorted((one, other) => one - other));
    }
  });

  test('flushes the backlog of a home that was cut off in order, with its own times', async () => {
    await using broker = await startBroker();
    await simulate(options(broker, { scenario: 'hub-offline' }));

    const times = broker.events().map(({ time }) => Date.parse(String(time)));
    const [start = 0] = times;
    const backlog = times.filter((at) => at > start + 21 * 60_000 && at < start + 139 * 60_000);
    const help = broker.events().find(({ type }) => type === 'help.pressed');
    expect(backlog).toContain(Date.parse(String(help?.time)));
    expect(backlog.length).toBeGreaterThan(50);
    expect(backlog).toEqual(backlog.toSorted((one, other) => one - other));
  });

  test('connects again from a connection that stopped answering, and loses nothing', async () => {
    await using broker = await startBroker();
    const misbehaviour = { halfOpen: 0.02, halfOpenMs: 600_000 };
    const stats = await simulate(options(broker, { scenario: 'dying-battery', misbehaviour }));

    expect(stats.connected).toBeGreaterThan(13);
    expect(stats.repeated).toBeGreaterThan(0);
    expect(stats.acknowledged).toBe(stats.sent);
  });

  test('counts what the gateway complains of', async () => {
    await using broker = await startBroker();
    broker.complainOf('help.pressed', errorsTopic);
    const reasons: unknown[] = [];
    const stats = await simulate(
      options(broker, {
        scenario: 'flood',
        log: (message, { reason }) => message === 'A message was refused.' && reasons.push(reason),
      }),
    );
    expect(stats.refused).toBe(3);
    expect(reasons).toEqual(Array(3).fill('help.pressed'));
  });

  test('tells when credentials are refused, and stops within a second when it is told to', async () => {
    await using broker = await startBroker(new Map());
    const stop = new AbortController();
    const refused = Promise.withResolvers<unknown>();
    const played = simulate(
      options(broker, {
        signal: stop.signal,
        log: (message, { reason }) =>
          message === 'The connection failed.' && refused.resolve(reason),
      }),
    );
    expect(String(await refused.promise)).toMatch(/Bad username or password/);
    const before = performance.now();
    stop.abort();
    const stats = await played;
    expect(performance.now() - before).toBeLessThan(1000);
    expect(stats).toMatchObject({ acknowledged: 0, connected: 0 });
  });

  test('stops within a second in the middle of an endless scenario', async () => {
    await using broker = await startBroker();
    const stop = new AbortController();
    const played = simulate(options(broker, { scenario: 'demo', speed: 1, signal: stop.signal }));
    await broker.when((all) => all.length >= 5);
    const before = performance.now();
    stop.abort();
    await played;
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('plays a scenario of one’s own in the homes that are asked for', async () => {
    await using broker = await startBroker();
    const scenario = parseScenario(`
      title: { sv: Eget, en: Own }
      description: A press in each home.
      start: now
      duration: PT1M
      script: [{ after: PT20S, what: help-press }]
    `);
    const fleet = sampleFleet(3);
    await simulate(options(broker, { scenario, fleet, homes: ['home-3', 'home-2'] }));
    const pressed = broker.events().filter(({ type }) => type === 'help.pressed');
    expect(pressed.map(({ deviceId }) => deviceId).toSorted()).toEqual([
      'home-2-button',
      'home-3-button',
    ]);
  });
});
