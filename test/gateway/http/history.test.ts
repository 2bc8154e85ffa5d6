import { describe, expect, test } from 'vitest';

import { HomeDayDetail, HomeWeeks } from '../../../gateway/protocol/history/home-day.ts';
import { TrendList } from '../../../gateway/protocol/series/series.ts';
import { openWorld } from './world.ts';

const home = '/api/v1/homes/home-norr-1';
const device = '/api/v1/devices/button-norr-1';
const days = 'from=2026-11-01&to=2026-11-22';

const lived = [
  `${home}/weeks?to=2026-11-21&compare=2026-11-14`,
  `${home}/days/2026-11-21`,
  `${home}/climate?${days}`,
];
/** A file only: the answer about weeks has them. */
const habits = `${home}/habits?to=2026-11-21`;
const asFile = (path: string) => {
  const [address = '', query = ''] = path.split('?');
  return `${address}.csv?${query === '' ? '' : `${query}&`}language=en`;
};

describe('how a home has been', () => {
  test('is answered to whoever gives care there, as JSON and as a file, and written down', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    world.sql(
      `insert into consent select municipality_id, resident_id, 'statistics', 0, null from consent
       where resident_id = 'resident-norr-1'`,
    );
    const answers: unknown[] = [];
    for (const path of lived) answers.push((await world.call('GET', path, { cookie })).body);
    const [weeks, day, climate] = answers;
    expect(HomeWeeks.parse(weeks)).toMatchObject({ isConsented: true, consentedSince: 0 });
    expect(HomeWeeks.parse(weeks).compared?.days).toHaveLength(7);
    expect(HomeDayDetail.parse(day)).toMatchObject({ day: '2026-11-21', isConsented: true });
    expect(TrendList.parse(climate)).toMatchObject({ step: 'hour', trends: [] });
    for (const path of [...lived, habits, `${device}/trends?${days}`]) {
      const { status, headers } = await world.call('GET', asFile(path), { cookie });
      expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="vaka-\w+\.csv"$/);
    }
    const rows = world.accessRows().filter((row) => row.includes('history'));
    expect(rows).toEqual([
      ...Array.from({ length: 7 }, () => 'astrid history home-norr-1'),
      'astrid history button-norr-1',
    ]);
  });

  test('is not found elsewhere, forbidden to those who need not know, and nobody’s who has not signed in', async () => {
    const world = await openWorld();
    const statusesOf = async (cookie: string | undefined) => {
      const statuses = new Set<number>();
      for (const path of [...lived, ...lived.map(asFile), asFile(habits)]) {
        const { status } = await world.call('GET', path, cookie === undefined ? {} : { cookie });
        statuses.add(status);
      }
      return [...statuses];
    };
    expect(await statusesOf(undefined)).toEqual([401]);
    for (const [person, status] of [
      ['astrid', 200],
      ['cilla', 200],
      ['bengt', 404],
      ['sara', 404],
      ['tore', 403],
      ['adam', 403],
    ] as const) {
      expect([person, await statusesOf(await world.cookieOf(person))]).toEqual([person, [status]]);
    }
    const seen = world.accessRows().filter((row) => row.includes('history'));
    expect(new Set(seen)).toEqual(
      new Set(['astrid history home-norr-1', 'cilla history home-norr-1']),
    );
  });

  test('says what is wrong with a day or a span', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('astrid');
    for (const path of [
      `${home}/days/tomorrow`,
      `${home}/days/2026-02-30`,
      `${home}/weeks?to=22`,
      `${home}/habits.csv?to=22`,
      `${home}/climate`,
      `${home}/climate?from=2026-11-22&to=2026-11-01`,
      `${home}/climate?from=2020-01-01&to=2026-11-01`,
    ]) {
      expect([path, (await world.call('GET', path, { cookie })).status]).toEqual([path, 400]);
    }
  });
});

test('a device’s trends are for technicians too, in their own municipality', async () => {
  const world = await openWorld();
  const status = async (person: string) =>
    (await world.call('GET', `${device}/trends?${days}`, { cookie: await world.cookieOf(person) }))
      .status;
  expect(await status('tore')).toBe(200);
  expect(await status('astrid')).toBe(200);
  expect(await status('bengt')).toBe(404);
  expect(await status('sara')).toBe(404);
});
