import { describe, expect, test } from 'vitest';

import { HoldList, HoldView } from '../../../gateway/protocol/duty/hold.ts';
import { PlanChecked, PlanView } from '../../../gateway/protocol/duty/plan.ts';
import { PolicyChecked, PolicySetView } from '../../../gateway/protocol/duty/policy.ts';
import { UnitList, UnitView } from '../../../gateway/protocol/duty/unit.ts';
import { openWorld, type World } from './world.ts';

const reason = 'A test wants it.';
const hour = 3_600_000;

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return (method: string, path: string, body?: unknown) =>
    world.call(method, `/api/v1${path}`, { cookie, body });
}

async function openArranging() {
  const world = await openWorld();
  return { world, cilla: await asWhom(world, 'cilla') };
}

test('units are listed, added and changed', async () => {
  const { world, cilla } = await openArranging();
  const unit = { name: 'Natt', kind: 'team', duty: 'check-in', endpointId: null, serves: [] };
  const added = await cilla('POST', '/units', unit);
  expect(added.status).toBe(200);
  const { id } = UnitView.parse(added.body);
  const changed = await cilla('PUT', `/units/${id}`, { ...unit, serves: ['syd'] });
  expect(changed).toMatchObject({ status: 200, body: { name: 'Natt', serves: ['syd'] } });
  const list = await cilla('GET', '/units');
  expect(UnitList.parse(list.body)).toEqual(list.body);
  expect(UnitList.parse(list.body).items).toHaveLength(3);
  const alarmCentre = { ...unit, kind: 'alarm-centre' };
  expect(await cilla('POST', '/units', alarmCentre)).toMatchObject({
    status: 400,
    body: { detail: expect.stringContaining('An alarm centre needs a webhook endpoint') },
  });
  const astrid = await asWhom(world, 'astrid');
  expect((await astrid('GET', '/units')).status).toBe(403);
});

describe('a plan', () => {
  const document = {
    lines: [{ unitId: 'norr-2', hours: { from: '21:00', to: '07:00' } }],
    exceptions: [],
  };

  test('is checked, put in force and read', async () => {
    const { world, cilla } = await openArranging();
    const checked = await cilla('POST', '/plan/check', { document });
    expect(checked.status).toBe(200);
    expect(PlanChecked.parse(checked.body)).toEqual(checked.body);
    const put = await cilla('PUT', '/plan', { version: 0, document, reason });
    expect(put).toMatchObject({ status: 200, body: { version: 1, document, reason } });
    const read = await cilla('GET', '/plan');
    expect(PlanView.parse(read.body)).toEqual(put.body);
    expect(await cilla('PUT', '/plan', { version: 0, document, reason })).toMatchObject({
      status: 409,
    });
    expect(world.logged.filter(({ msg }) => msg === 'arrangement changed')).toMatchObject([
      { municipalityId: 'norr', document: 'plan', version: 1, authorId: 'cilla' },
    ]);
  });

  test('may name every home of a large municipality', async () => {
    const { cilla } = await openArranging();
    const homeIds = Array.from({ length: 500 }, (_, home) => `home-${home}-${'x'.repeat(50)}`);
    const lines = [1, 2, 3].map(() => ({ ...document.lines[0], homeIds }));
    const put = await cilla('PUT', '/plan', {
      version: 0,
      document: { lines, exceptions: [] },
      reason,
    });
    expect(put).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('There is no home') },
    });
  });
});

test('policies are checked, put in force and read', async () => {
  const { cilla } = await openArranging();
  const step = { asks: [{ who: 'everyone' }], channels: ['screen'], waitSeconds: 60 };
  const policy = { id: 'own', title: 'Egen', severities: ['high'], steps: [step] };
  const document = { policies: [{ ...policy, arrivalMinutes: 20, reminderMinutes: 30 }] };
  const checked = await cilla('POST', '/policies/check', { document });
  expect(checked.status).toBe(200);
  expect(PolicyChecked.parse(checked.body)).toEqual(checked.body);
  const put = await cilla('PUT', '/policies', { version: 0, document, reason });
  expect(put).toMatchObject({ status: 200, body: { version: 1, document } });
  const read = await cilla('GET', '/policies');
  expect(PolicySetView.parse(read.body)).toEqual(put.body);
});

test('homes are paused and tested, alerts silenced, and each of them ended', async () => {
  const { world, cilla } = await openArranging();
  const tore = await asWhom(world, 'tore');
  const until = world.clock() + hour;
  const pause = await cilla('PUT', '/homes/home-norr-1/pause', { until, reason });
  expect(pause.status).toBe(200);
  expect(HoldView.parse(pause.body)).toEqual(pause.body);
  expect(await tore('PUT', '/homes/home-norr-1/test-mode', { until, reason })).toMatchObject({
    status: 200,
    body: { kind: 'test', by: { id: 'tore' } },
  });
  const silence = { matchers: { severities: ['low'] }, until, reason };
  const { id } = HoldView.parse((await cilla('POST', '/silences', silence)).body);
  const list = await cilla('GET', '/holds');
  expect(HoldList.parse(list.body).items).toHaveLength(3);
  expect((await cilla('DELETE', `/holds/${id}`)).status).toBe(200);
  expect((await cilla('DELETE', '/homes/home-norr-1/pause')).status).toBe(200);
  expect(await tore('DELETE', '/homes/home-norr-1/test-mode')).toMatchObject({
    status: 200,
    body: { items: [] },
  });
  expect((await cilla('DELETE', '/homes/home-norr-1/pause')).status).toBe(404);
  const emergencies = { ...silence, matchers: { severities: ['emergency'] } };
  expect((await cilla('POST', '/silences', emergencies)).status).toBe(400);
  expect((await cilla('POST', '/silences', { ...silence, matchers: {} })).status).toBe(400);
});
