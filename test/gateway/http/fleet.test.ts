import { describe, expect, test } from 'vitest';

import { DeviceDetail, FleetPage, VisitList } from '../../../gateway/protocol/device/fleet.ts';
import { openWorld, type World } from './world.ts';

const day = 86_400_000;
const minute = 60_000;

/** As the store keeps what devices have told. */
function hear(world: World, deviceId: string, some: Record<string, string | number> = {}): void {
  const status = { last_seen_at: world.clock(), connected: 1, dropped_without_consent: 0, ...some };
  const names = Object.keys(status).join(', ');
  const values = Object.values(status).join(', ');
  world.sql(
    `insert or replace into device_status(device_id, municipality_id, ${names})
     values ('${deviceId}', 'norr', ${values})`,
  );
}

async function page(world: World, person: string, query = ''): Promise<FleetPage> {
  const cookie = await world.cookieOf(person);
  const { status, body } = await world.call('GET', `/api/v1/fleet${query}`, { cookie });
  expect(status).toBe(200);
  return FleetPage.parse(body);
}

async function detail(world: World, person: string, id: string): Promise<DeviceDetail> {
  const cookie = await world.cookieOf(person);
  const { status, body } = await world.call('GET', `/api/v1/devices/${id}`, { cookie });
  expect(status).toBe(200);
  return DeviceDetail.parse(body);
}

async function csv(world: World, query = ''): Promise<string[]> {
  const cookie = await world.cookieOf('tore');
  const answer = await world.call('GET', `/api/v1/fleet/export.csv${query}`, { cookie });
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(answer.headers.get('content-disposition')).toContain('vaka-fleet.csv');
  return String(answer.body).split('\r\n');
}

describe('the fleet', () => {
  test('is of the whole municipality for a technician, and of their homes for a carer', async () => {
    const world = await openWorld();
    const idsFor = async (person: string) =>
      (await page(world, person)).items.map(({ id }) => id).toSorted();
    for (const person of ['tore', 'cilla', 'adam']) {
      expect(await idsFor(person)).toEqual(['button-norr-1', 'button-norr-2']);
    }
    expect(await idsFor('astrid')).toEqual(['button-norr-1']);
    expect(await idsFor('sara')).toEqual(['button-syd-1']);
  });

  test('is written down as disclosed before it is shown', async () => {
    const world = await openWorld();
    await page(world, 'tore');
    await csv(world);
    await detail(world, 'tore', 'button-norr-1');
    const rows = world.accessRows().filter((row) => row.includes('devices'));
    expect(rows).toEqual(['tore devices -', 'tore devices -', 'tore devices button-norr-1']);
  });

  test('tells what is wrong, counts it, and is narrowed down and paged', async () => {
    const world = await openWorld();
    world.pass(day);
    hear(world, 'button-norr-1', { battery_percent: 8 });
    const all = await page(world, 'tore');
    expect(all).toMatchObject({ total: 2, all: 2, sound: 0, profiles: ['call-button'] });
    expect(all.units).toEqual([
      { id: 'norr-1', name: 'norr-1' },
      { id: 'norr-2', name: 'norr-2' },
    ]);
    expect(all.faults).toMatchObject({ silent: 1, 'battery-urgent': 1, 'battery-low': 0 });
    expect(all.items.map(({ id, faults }) => [id, faults])).toEqual([
      ['button-norr-2', ['silent']],
      ['button-norr-1', ['battery-urgent']],
    ]);
    const narrow = await page(world, 'tore', '?fault=battery-urgent&search=norr-1');
    expect(narrow.items.map(({ id }) => id)).toEqual(['button-norr-1']);
    const second = await page(world, 'tore', '?offset=1&limit=1');
    expect(second).toMatchObject({ total: 2, items: [{ id: 'button-norr-1' }] });
    const cookie = await world.cookieOf('tore');
    const refused = await world.call('GET', '/api/v1/fleet?fault=tired', { cookie });
    expect(refused.status).toBe(400);
  });

  test('forecasts a battery from its history, and again when it has told something new', async () => {
    const world = await openWorld();
    const today = Math.floor(world.clock() / day);
    for (let ago = 20; ago >= 0; ago -= 1) {
      world.sql(
        `insert into battery_day values ('button-norr-1', ${today - ago}, ${60 + 2 * ago})`,
      );
    }
    hear(world, 'button-norr-1', { battery_percent: 60 });
    const first = await page(world, 'tore', '?fault=battery-falling');
    expect(first.items[0]?.batteryEndsAt).toBe((today + 25) * day);
    world.sql(`update battery_day set percent = percent - 10 where day >= ${today - 1}`);
    hear(world, 'button-norr-1', { battery_percent: 50 });
    const second = await page(world, 'tore', '?fault=battery-falling');
    expect(second.items[0]?.batteryEndsAt).toBe((today + 21) * day);
  });

  test('leaves out what is decommissioned, which keeps its own page', async () => {
    const world = await openWorld();
    world.sql(`update binding set until_at = 1 where device_id = 'button-norr-2'`);
    world.sql(`update device set decommissioned_at = 5 where id = 'button-norr-2'`);
    expect((await page(world, 'tore')).items.map(({ id }) => id)).toEqual(['button-norr-1']);
    const gone = await detail(world, 'tore', 'button-norr-2');
    expect(gone).toMatchObject({ decommissionedAt: 5, homeId: null });
    expect(gone.bindings).toHaveLength(1);
  });

  test('knows an installation that nobody has signed once its trial is over', async () => {
    const world = await openWorld();
    const at = world.clock();
    const faults = async () =>
      (await page(world, 'tore', '?search=button-norr-1')).items.flatMap((one) => one.faults);
    world.sql(
      `insert into installation values
       ('i1', 'norr', 'home-norr-1', 'button-norr-1', 'tore', 'open', '{}', ${at - minute}, ${at})`,
    );
    world.sql(
      `insert into hold(id, municipality_id, kind, home_id, matchers, from_at, until_at, reason, by_id)
       values ('h1', 'norr', 'test', 'home-norr-1', '{"deviceIds":["button-norr-1"]}',
         ${at - minute}, ${at + minute}, 'trial', 'tore')`,
    );
    expect(await faults()).toEqual([]);
    world.pass(minute);
    expect(await faults()).toEqual(['unfinished']);
    world.sql(`update installation set state = 'abandoned'`);
    expect(await faults()).toEqual(['unfinished']);
    world.sql(`update installation set state = 'signed'`);
    expect(await faults()).toEqual([]);
  });

  test('knows when the hub of a device is away, and what it says that is not understood', async () => {
    const world = await openWorld();
    world.sql(
      `insert into device(id, municipality_id, name, profile, created_at) values ('hub', 'norr', 'Hemnod', 'hub', 1)`,
    );
    world.sql(`update device set hub_id = 'hub', address = '0x1' where id = 'button-norr-1'`);
    world.sql(
      `insert into not_understood values ('norr', 'hub', '0x1', 'action: wobble', '"wobble"', 3, 1, 2)`,
    );
    hear(world, 'hub');
    const before = await detail(world, 'tore', 'button-norr-1');
    expect(before.faults).toEqual(['not-understood']);
    expect(before.hub).toEqual({ id: 'hub', name: 'Hemnod', address: '0x1' });
    expect(before.notUnderstood).toEqual([
      { what: 'action: wobble', example: '"wobble"', count: 3, lastAt: 2 },
    ]);
    hear(world, 'hub', { connected: 0 });
    expect((await detail(world, 'tore', 'button-norr-1')).faults).toContain('hub-away');
  });
});

describe('a device', () => {
  test('shows refused messages of the last week as a fault, and to those who mend them', async () => {
    const world = await openWorld();
    const insert = (at: number) =>
      world.sql(
        `insert into quarantine(municipality_id, device_id, topic, reason, bytes, at, payload)
         values ('norr', 'button-norr-1', 'vaka/v1/button-norr-1/events', 'Not JSON.', 9, ${at}, '{"…"')`,
      );
    insert(world.clock() - 8 * day);
    expect((await detail(world, 'tore', 'button-norr-1')).faults).toEqual([]);
    insert(world.clock());
    const shown = await detail(world, 'tore', 'button-norr-1');
    expect(shown).toMatchObject({ faults: ['quarantine'], quarantined: 1 });
    expect(shown.quarantine).toHaveLength(2);
    expect(shown.quarantine[0]).toMatchObject({ reason: 'Not JSON.', payload: '{"…"' });
    expect((await detail(world, 'astrid', 'button-norr-1')).quarantine).toEqual([]);
  });

  test('does not tell a carer of homes that are not theirs, where it was before', async () => {
    const world = await openWorld();
    world.sql(`insert into binding values ('norr', 'button-norr-1', 'home-norr-2', 'worn', 1, 2)`);
    const homesFor = async (person: string) =>
      (await detail(world, person, 'button-norr-1')).bindings.map(({ homeId }) => homeId);
    expect(await homesFor('tore')).toEqual(['home-norr-1', 'home-norr-2']);
    expect(await homesFor('astrid')).toEqual(['home-norr-1']);
  });

  test('of another unit or municipality does not exist', async () => {
    const world = await openWorld();
    for (const [person, id] of [
      ['astrid', 'button-norr-2'],
      ['tore', 'button-syd-1'],
      ['tore', 'no-such'],
    ] as const) {
      const cookie = await world.cookieOf(person);
      expect((await world.call('GET', `/api/v1/devices/${id}`, { cookie })).status).toBe(404);
    }
    expect(world.accessRows()).toEqual([]);
  });
});

describe('the file', () => {
  test('has all that match, for a spreadsheet, in the language asked for', async () => {
    const world = await openWorld();
    const [head = '', ...rows] = await csv(world);
    expect(head.startsWith('Utrustning;Namn;Sort;')).toBe(true);
    expect(rows.at(-1)).toBe('');
    expect(rows.slice(0, -1).map((row) => row.split(';').slice(0, 3))).toEqual([
      ['button-norr-1', 'Larmknapp', 'Larmknapp'],
      ['button-norr-2', 'Larmknapp', 'Larmknapp'],
    ]);
    const cookie = await world.cookieOf('tore');
    const response = await fetch(`${world.origin}/api/v1/fleet/export.csv`, {
      headers: { cookie },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3).toString('hex')).toBe('efbbbf');
    const english = await csv(world, '?language=en&search=norr-2');
    expect(english[0]).toContain('Device;Name;Kind');
    expect(english).toHaveLength(3);
    expect(english[1]).toContain('Call button');
  });

  test('starts no formula, and keeps what is quoted together', async () => {
    const world = await openWorld();
    world.sql(`update device set name = '=1+1;"x"' where id = 'button-norr-1'`);
    world.sql(`update home set label = '@Storgatan' where id = 'home-norr-1'`);
    const row = (await csv(world, '?search=button-norr-1'))[1] ?? '';
    expect(row).toContain(`;"'=1+1;""x""";`);
    expect(row).toContain(`;'@Storgatan;`);
  });
});

test('the visits of the week are told by home', async () => {
  const world = await openWorld();
  world.pass(day);
  hear(world, 'button-norr-1', { battery_percent: 8 });
  const cookie = await world.cookieOf('tore');
  const { body } = await world.call('GET', '/api/v1/fleet/visits', { cookie });
  const { items } = VisitList.parse(body);
  expect(items.map(({ homeId, bring }) => [homeId, bring])).toEqual([
    ['home-norr-2', []],
    ['home-norr-1', [{ what: null, count: 1 }]],
  ]);
});
