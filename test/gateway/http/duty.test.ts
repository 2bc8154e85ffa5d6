import { describe, expect, test } from 'vitest';

import { DutyPage, DutyView, HandOverView } from '../../../gateway/protocol/duty/duty.ts';
import { Coverage, RosterImported, RosterView } from '../../../gateway/protocol/duty/roster.ts';
import { type Answer, openWorld, type World } from './world.ts';

const hour = 3_600_000;

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return (method: string, path: string, body?: unknown): Promise<Answer> =>
    world.call(method, `/api/v1${path}`, { cookie, body });
}

describe('a carer', () => {
  test('checks in, sees what is to be handed over, and checks out', async () => {
    const world = await openWorld();
    const astrid = await asWhom(world, 'astrid');
    const until = world.clock() + 8 * hour;
    const checkedIn = await astrid('POST', '/duties', { unitId: 'norr-1', until });
    expect(checkedIn.status).toBe(200);
    const duty = DutyView.parse(checkedIn.body);
    const page = DutyPage.parse((await astrid('GET', '/duties')).body);
    expect(page.mine).toEqual([duty]);

    const id = await world.raise('home-norr-1');
    const open = await world.raise('home-norr-1', { need: 'other' });
    await astrid('PUT', `/alerts/${id}/acceptance`, {});
    const view = HandOverView.parse((await astrid('GET', `/duties/${duty.id}/hand-over`)).body);
    expect(view.mine.map((alert) => alert.id)).toEqual([id]);
    expect(view.open.map((alert) => alert.id)).toEqual([open]);

    const end = `/duties/${duty.id}/end`;
    const forgotten = await astrid('PUT', end, { handOver: [] });
    expect(forgotten).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('hand each of them over') },
    });
    const handOver = [{ alertId: id, to: null }];
    expect((await astrid('PUT', end, { handOver })).status).toBe(200);
    expect((await astrid('GET', `/alerts/${id}`)).body).toMatchObject({ state: 'firing' });
    expect((await astrid('PUT', end, { handOver })).status).toBe(404);
  });

  test('sees of a hand-over only what the access log knows that they were shown', async () => {
    const world = await openWorld();
    const astrid = await asWhom(world, 'astrid');
    const until = world.clock() + hour;
    const { body } = await astrid('POST', '/duties', { unitId: 'norr-1', until });
    const path = `/duties/${DutyView.parse(body).id}/hand-over`;
    const bengt = await asWhom(world, 'bengt');
    expect((await bengt('GET', path)).status).toBe(404);
    expect(world.accessRows()).toEqual([]);
    await astrid('GET', path);
    expect(world.accessRows()).toEqual(['astrid alerts -']);
  });

  test('is told in words what is wrong with a check-in', async () => {
    const world = await openWorld();
    const astrid = await asWhom(world, 'astrid');
    const until = world.clock() + 25 * hour;
    const answers = [
      await astrid('POST', '/duties', { unitId: 'norr-1', until }),
      await astrid('POST', '/duties', { unitId: 'norr-2', until: world.clock() + hour }),
      await astrid('POST', '/duties', { unitId: 'norr-1' }),
      await world.call('GET', '/api/v1/duties'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 404, 400, 401]);
    expect(answers[0]?.body).toMatchObject({ detail: expect.stringContaining('24 hours') });
  });
});

describe('a coordinator', () => {
  const hours = { from: '21:00', to: '07:00' };
  const document = {
    weekly: [{ id: 'n', personId: 'astrid', hours, first: '2026-11-01', everyWeeks: 1 }],
    single: [],
    changes: [],
  };
  const edit = { version: 0, document, reason: 'Nytt schema.' };

  test('reads a file in, puts the roster in force, and sees where nobody comes', async () => {
    const world = await openWorld();
    world.sql(`update unit set duty = 'check-in' where id = 'norr-1'`);
    const cilla = await asWhom(world, 'cilla');
    const text = 'Namn;Datum;Från;Till\nastrid;2026-11-24;07:00;21:00';
    const file = { format: 'csv', text };
    const read = await cilla('POST', '/units/norr-1/roster/import', file);
    expect(RosterImported.parse(read.body).roster.single).toHaveLength(1);
    const put = await cilla('PUT', '/units/norr-1/roster', edit);
    expect(RosterView.parse(put.body)).toMatchObject({ version: 1, author: { id: 'cilla' } });
    expect(await cilla('PUT', '/units/norr-1/roster', edit)).toMatchObject({ status: 409 });
    const covered = await cilla('GET', '/coverage?weeks=1&unitId=norr-1');
    const { shifts, gaps } = Coverage.parse(covered.body);
    expect({ shifts: shifts.length, gaps: gaps.length }).toEqual({ shifts: 8, gaps: 7 });
  });

  test('is told of a day that there is not, before it can be the end of all reckoning', async () => {
    const world = await openWorld();
    const cilla = await asWhom(world, 'cilla');
    const shift = { id: 's', personId: 'astrid' };
    const never = [
      { ...shift, from: '2026-02-30T10:00', to: '2026-03-01T10:00' },
      { ...shift, from: '0000-01-01T10:00', to: '2026-03-01T10:00' },
      { ...shift, fromAt: 0, toAt: 9e15 },
    ];
    for (const single of never) {
      const poisoned = { weekly: [], single: [single], changes: [] };
      const put = await cilla('PUT', '/units/norr-1/roster', { ...edit, document: poisoned });
      expect(put).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/./) } });
    }
    const exception = { unitId: 'norr-1', from: '2026-02-30T10:00', to: '2026-03-01T10:00' };
    const plan = { lines: [], exceptions: [exception] };
    const put = await cilla('PUT', '/plan', { version: 0, document: plan, reason: 'Nej.' });
    expect(put).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('There is no such day.') },
    });
    const empty = { lines: [], exceptions: [] };
    for (const from of [9e15, 1.5, -1]) {
      expect((await cilla('POST', '/plan/check', { document: empty, from })).status).toBe(400);
      expect((await cilla('GET', `/coverage?from=${from}`)).status).toBe(400);
    }
  });

  test('may send a file of a million characters, and no larger one', async () => {
    const world = await openWorld();
    const cilla = await asWhom(world, 'cilla');
    const send = (length: number) =>
      cilla('POST', '/units/norr-1/roster/import', { format: 'csv', text: 'å'.repeat(length) });
    expect((await send(1_000_000)).status).toBe(200);
    expect((await send(1_000_001)).status).toBe(400);
    expect((await send(4_000_000)).status).toBe(413);
  });

  test('is the only one who plans; carers are told that it is not theirs', async () => {
    const world = await openWorld();
    const statuses = [];
    for (const person of ['astrid', 'tore', 'adam', 'sara']) {
      const call = await asWhom(world, person);
      statuses.push([
        (await call('GET', '/units/norr-1/roster')).status,
        (await call('PUT', '/units/norr-1/roster', edit)).status,
        (await call('GET', '/coverage')).status,
      ]);
    }
    expect(statuses).toEqual([
      [403, 403, 403],
      [403, 403, 403],
      [200, 403, 200],
      [403, 403, 403],
    ]);
  });
});
