import { describe, expect, test } from 'vitest';

import { UsageReport } from '../../../gateway/protocol/report/costs.ts';
import { openWorld, type World } from './world.ts';

const day = 86_400_000;
const query = '?from=2026-11-22&to=2026-11-23';

/** Two whole days later; the devices came two hours after the first of these began, at 03:00 in Stockholm. */
async function openLater(): Promise<World> {
  const world = await openWorld();
  world.pass(2 * day);
  return world;
}

function share(world: World, ...ids: string[]): void {
  for (const id of ids) world.sql(`insert into cost_agreement values ('${id}', ${world.clock()})`);
}

/** Homes besides those that are there, each with a button since the first of the two days began. */
function addHomes(world: World, municipality: string, unit: string, count: number): void {
  const midnight = Date.parse('2026-11-22T00:00:00+01:00');
  for (let number = 0; number < count; number += 1) {
    const home = `${municipality}-more-${number}`;
    world.sql(
      `insert into home values ('${home}', '${municipality}', '${unit}', 'Gatan', 'Europe/Stockholm', 1)`,
    );
    world.sql(
      `insert into device(id, municipality_id, name, profile, created_at)
       values ('d-${home}', '${municipality}', 'Knapp', 'call-button', 1)`,
    );
    world.sql(
      `insert into binding values ('${municipality}', 'd-${home}', '${home}', 'worn', ${midnight}, null)`,
    );
  }
}

async function usage(world: World, person: string, asked = query): Promise<UsageReport> {
  const cookie = await world.cookieOf(person);
  const { status, body } = await world.call('GET', `/api/v1/reports/usage${asked}`, { cookie });
  expect(status).toBe(200);
  return UsageReport.parse(body);
}

async function raise(world: World, homeId: string): Promise<void> {
  await world.commit({ homeId, calls: [{}] });
}

describe('the use of a municipality', () => {
  test('is all that somebody is told whose municipality does not share costs', async () => {
    const world = await openLater();
    share(world, 'syd');
    for (const person of ['cilla', 'adam']) {
      const report = await usage(world, person);
      expect(report).toMatchObject({ isMember: false, mayShareByAlerts: true });
      expect(report.items.map(({ municipality, isOwn }) => [municipality.name, isOwn])).toEqual([
        ['norrs kommun', true],
      ]);
    }
    const { items } = await usage(world, 'cilla');
    // Two homes for 45 of 48 hours.
    expect(items[0]).toMatchObject({ homes: 1.875, residents: 1.875, devices: 1.875, alerts: 0 });
    expect(world.accessRows()).toEqual(['cilla report -', 'adam report -', 'cilla report -']);
  });

  test('is not for carers and technicians', async () => {
    const world = await openLater();
    share(world, 'norr', 'syd');
    for (const person of ['astrid', 'tore', 'sara']) {
      const cookie = await world.cookieOf(person);
      const answer = await world.call('GET', `/api/v1/reports/usage${query}`, { cookie });
      expect(answer.status).toBe(403);
    }
    expect((await world.call('GET', `/api/v1/reports/usage${query}`)).status).toBe(401);
    expect(world.accessRows()).toEqual([]);
  });

  test('is told of all who share costs, and written down for each of them', async () => {
    const world = await openLater();
    share(world, 'syd', 'norr');
    addHomes(world, 'norr', 'norr-1', 3);
    addHomes(world, 'syd', 'syd-1', 4);
    world.pass(-day);
    await raise(world, 'home-syd-1');
    world.pass(day);
    const report = await usage(world, 'cilla');
    expect(report).toMatchObject({ isMember: true, mayShareByAlerts: true });
    expect(
      report.items.map(({ municipality: { id }, homes, alerts }) => [id, homes, alerts]),
    ).toEqual([
      ['norr', 4.875, 0],
      ['syd', 4.9375, 1],
    ]);
    const seen = world.rows(`select municipality_id, action from access_log order by seq`);
    expect(seen).toEqual([
      { municipality_id: 'norr', action: 'report' },
      { municipality_id: 'syd', action: 'report' },
    ]);
  });

  test('does not tell others how many alerts fewer than five homes had, nor lets costs tell it', async () => {
    const world = await openLater();
    share(world, 'syd', 'norr');
    addHomes(world, 'norr', 'norr-1', 3);
    addHomes(world, 'syd', 'syd-1', 3);
    world.pass(-day);
    await raise(world, 'home-syd-1');
    await raise(world, 'home-norr-1');
    world.pass(day);
    const report = await usage(world, 'adam');
    expect(report.mayShareByAlerts).toBe(false);
    expect(report.items.map(({ alerts }) => alerts)).toEqual([1, null]);
    world.sql(`update person set municipality_id = 'syd' where id = 'adam'`);
    const own = await usage(world, 'adam');
    expect(own.mayShareByAlerts).toBe(false);
    expect(own.items.map(({ alerts }) => alerts)).toEqual([1, 1]);
  });

  test('of a period that goes on is counted until now, and of one to come is refused', async () => {
    const world = await openLater();
    const going = await usage(world, 'cilla', '?from=2026-11-24&to=2026-12-31');
    expect(going.until).toBe(world.clock());
    expect(going.items[0]).toMatchObject({ homes: 2 });
    const cookie = await world.cookieOf('cilla');
    for (const wrong of ['?from=2026-11-25&to=2026-11-26', '?from=2026-11-23', '?from=x&to=y']) {
      const answer = await world.call('GET', `/api/v1/reports/usage${wrong}`, { cookie });
      expect([wrong, answer.status]).toEqual([wrong, 400]);
    }
  });

  test('is of wall-clock days: the night the clocks go back is an hour longer', async () => {
    const world = await openLater();
    world.sql(`update binding set from_at = ${Date.parse('2026-10-25T12:00:00+01:00')}`);
    const { items, until } = await usage(world, 'cilla', '?from=2026-10-25&to=2026-10-25');
    expect(until).toBe(Date.parse('2026-10-26T00:00:00+01:00'));
    expect(items[0]?.homes).toBeCloseTo((2 * 12) / 25, 12);
  });
});
