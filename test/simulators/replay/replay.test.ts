import { describe, expect, test } from 'vitest';

import type { Fleet } from '../../../simulators/fleet.ts';
import { devicesOf, parseMapping } from '../../../simulators/replay/mapping.ts';
import { readLog } from '../../../simulators/replay/read-log.ts';
import { replay, type ReplayOptions } from '../../../simulators/replay/replay.ts';
import { startBroker, type Broker } from '../broker.ts';

const mapping = parseMapping(`
timeZone: Europe/Stockholm
sensors:
  A: { device: a, profile: motion-sensor, placement: hall, events: { ON: motion.detected } }
  B: { device: b, profile: motion-sensor, placement: kitchen, events: { ON: motion.detected } }
  C: { device: c, profile: door-contact, placement: entrance, events: { ON: door.opened } }
`);
const fleet: Fleet = {
  homes: [
    {
      id: 'home',
      timeZone: 'Europe/Stockholm',
      devices: devicesOf(mapping).map((device) => ({ ...device, secret: 'secret' })),
    },
  ],
};
const names = ['A', 'B', 'B', 'C', 'A'];
const log = Array.from({ length: 400 }, (_, second) => {
  const time = Temporal.PlainTime.from('00:00').add({ seconds: second });
  return `2026-01-10 ${time.toString({ smallestUnit: 'second' })} ${names[second % 5]} ON`;
}).join('\n');
const { events } = readLog(log, 'casas', mapping);

function options(broker: Broker, difference: Partial<ReplayOptions> = {}): ReplayOptions {
  return {
    mqttUrl: broker.url,
    fleet,
    events,
    speed: 'max',
    signal: new AbortController().signal,
    clock: () => Date.now(),
    log: () => undefined,
    ...difference,
  };
}

describe('a replay', () => {
  test('sends every event in the order of the log, with its own id and time', async () => {
    await using broker = await startBroker();
    const stats = await replay(options(broker));
    expect(stats).toMatchObject({ sent: 400, acknowledged: 400, repeated: 0 });
    expect(broker.events().map(({ id, time }) => [id, time])).toEqual(
      events.map(({ id, at }) => [id, new Date(at).toISOString()]),
    );
  });

  test('keeps the order of the log when the broker is killed and started again', async () => {
    await using broker = await startBroker();
    const replayed = replay(options(broker));
    await broker.when((all) => all.length >= 150);
    await broker.kill();
    await broker.start();
    const stats = await replayed;
    const ids = [...new Set(broker.events().map(({ id }) => id))];
    expect(stats.acknowledged).toBe(400);
    expect(ids).toEqual(events.map(({ id }) => id));
  });

  test('keeps the order of each device when only that is asked for', async () => {
    await using broker = await startBroker();
    await replay(options(broker, { order: 'device' }));
    for (const device of ['a', 'b', 'c']) {
      expect(
        broker.events().flatMap(({ deviceId, id }) => (deviceId === device ? [id] : [])),
      ).toEqual(events.flatMap(({ deviceId, id }) => (deviceId === device ? [id] : [])));
    }
  });

  test('takes its time when it is told how fast to go', async () => {
    await using broker = await startBroker();
    const before = performance.now();
    await replay(options(broker, { speed: 1000 }));
    expect(performance.now() - before).toBeGreaterThan(390);
  });

  test('says which device the fleet lacks instead of sending half a log', async () => {
    await using broker = await startBroker();
    const replayed = replay(options(broker, { fleet: { homes: [] } }));
    await expect(replayed).rejects.toThrow('The fleet has no device a.');
    expect(broker.received).toEqual([]);
  });

  test('stops within a second when it is told to', async () => {
    await using broker = await startBroker();
    const stop = new AbortController();
    const replayed = replay(options(broker, { speed: 1, signal: stop.signal }));
    await broker.when((all) => all.length >= 1);
    const before = performance.now();
    stop.abort();
    const stats = await replayed;
    expect(performance.now() - before).toBeLessThan(1000);
    expect(stats.acknowledged).toBeLessThan(400);
  });
});
