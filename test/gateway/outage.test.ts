import { describe, expect, test, vi } from 'vitest';

import { openTown } from './outage-town.ts';

const minute = 60_000;
const municipalities = { norr: 1_000, syd: 1_000 };

// Two thousand homes on a real file, for an hour or two of theirs.
vi.setConfig({ testTimeout: 60_000 });

type Town = Awaited<ReturnType<typeof openTown>>;

async function whatsOf(town: Town): Promise<string[]> {
  return (await town.alerts()).map(({ what }) => what).toSorted();
}

describe('2,000 homes, and ten minutes without us', () => {
  test('because the network failed: one alert per municipality, that ends by itself', async () => {
    const town = await openTown(municipalities);
    await town.pass(10 * minute);
    town.netFails();
    await town.pass(5 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable firing',
      'syd homes-unreachable firing',
    ]);
    await town.pass(5 * minute);
    town.netReturns();
    await town.pass(20 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable resolved',
      'syd homes-unreachable resolved',
    ]);
    expect(town.failures()).toEqual([]);
  });

  test('because the gateway was down: the same', async () => {
    const town = await openTown(municipalities);
    await town.pass(10 * minute);
    await town.stop();
    await town.pass(10 * minute);
    await town.start();
    await town.pass(20 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable resolved',
      'syd homes-unreachable resolved',
    ]);
    expect(town.failures()).toEqual([]);
  });
});

const few = { norr: 20, syd: 20 };

describe('a hub', () => {
  test('that falls silent alone is found on time, and no outage is seen in it', async () => {
    const town = await openTown(few);
    await town.pass(20 * minute);
    town.dies('hub-norr-0');
    const lastHeardAt = town.clock.now();
    await town.pass(20 * minute);
    const [alert] = await town.alerts();
    expect(await whatsOf(town)).toEqual(['norr device-silent/hub-norr-0 firing']);
    expect(alert?.at).toBe(lastHeardAt + 15 * minute);
  });

  test('that died in an outage is found a quarter of an hour after it, alone', async () => {
    const town = await openTown(few);
    await town.pass(20 * minute);
    town.netFails();
    town.dies('hub-norr-0');
    await town.pass(10 * minute);
    town.netReturns();
    await town.pass(60 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr device-silent/hub-norr-0 firing',
      'norr homes-unreachable resolved',
      'syd homes-unreachable resolved',
    ]);
    const rows = await town.storage.query(
      `select at, json_extract(body, '$.type') as type from alert_event
       where municipality_id = 'norr' and type in ('raised', 'resolved') order by seq`,
    );
    const [, ended, found] = rows.map(({ at }) => Number(at));
    expect(Number(found) - Number(ended)).toBe(15 * minute);
  });

  test('that died while the gateway was down is found a quarter of an hour after it, alone', async () => {
    const town = await openTown(few);
    await town.pass(20 * minute);
    await town.stop();
    town.dies('hub-syd-3');
    await town.pass(45 * minute);
    await town.start();
    await town.pass(60 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable resolved',
      'syd device-silent/hub-syd-3 firing',
      'syd homes-unreachable resolved',
    ]);
  });
});

test.each([
  ['quickly', minute / 2],
  ['slowly', 3 * minute],
])(
  'a gateway that is started again %s in the middle of an outage raises nothing more',
  async (_, downMs) => {
    const town = await openTown(few);
    await town.pass(20 * minute);
    town.netFails();
    await town.pass(5 * minute);
    await town.stop();
    await town.pass(downMs);
    await town.start();
    await town.pass(30 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable firing',
      'syd homes-unreachable firing',
    ]);
    town.netReturns();
    await town.pass(40 * minute);
    expect(await whatsOf(town)).toEqual([
      'norr homes-unreachable resolved',
      'syd homes-unreachable resolved',
    ]);
  },
);

test('a gateway that is only started again is not worth an alert', async () => {
  const town = await openTown(few);
  await town.pass(20 * minute);
  await town.stop();
  await town.pass(minute / 2);
  await town.start();
  await town.pass(60 * minute);
  expect(await whatsOf(town)).toEqual([]);
});

test('an outage that stays becomes an alert of each home after two hours, for somebody to work through', async () => {
  const town = await openTown({ norr: 6 });
  await town.pass(20 * minute);
  town.netFails();
  await town.pass(120 * minute);
  expect(await whatsOf(town)).toEqual(['norr homes-unreachable firing']);
  await town.pass(30 * minute);
  expect(await whatsOf(town)).toHaveLength(7);
});
