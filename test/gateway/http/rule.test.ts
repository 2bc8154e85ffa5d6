import { describe, expect, test } from 'vitest';

import {
  RuleCheck,
  RuleDetail,
  RuleImportPreview,
  RuleList,
  RulePackage,
  RuleTemplateList,
} from '../../../gateway/protocol/rule/rule-api.ts';
import { yaml } from '../services/rule-world.ts';
import { openWorld, type World } from './world.ts';

const atOnce = yaml('on: door.opened');
const lasting = yaml('on: door.opened\nfor: 2m');
const change = { source: lasting, reason: 'A try.', basedOn: null };
const path = '/api/v1/rules';
const own = { override: { values: { for: '5m' } }, reason: 'Walks slowly.' };

async function openRules() {
  const world = await openWorld();
  return { world, cilla: await asWhom(world, 'cilla') };
}

async function asWhom(world: World, person: string) {
  const cookie = await world.cookieOf(person);
  return (method: string, rest: string, body?: unknown) =>
    world.call(method, `${path}${rest}`, { cookie, body });
}

describe('the rules of a municipality', () => {
  test('are listed, read, changed, given to a home of its own, exported and imported', async () => {
    const { world, cilla } = await openRules();
    const list = await cilla('GET', '');
    expect(list.status).toBe(200);
    expect(RuleList.parse(list.body)).toEqual(list.body);
    const created = await cilla('PUT', '/door', change);
    expect(created.status).toBe(200);
    expect(RuleDetail.parse(created.body)).toEqual(created.body);
    expect(created.body).toMatchObject({ version: 1, isOn: true, source: lasting });
    const given = await cilla('PUT', '/door/homes/home-norr-1', own);
    expect(given.body).toMatchObject({
      homes: [{ home: { id: 'home-norr-1', label: 'Storgatan norr-1' }, override: own.override }],
    });
    const exported = await cilla('POST', '/exports', { ids: ['door'] });
    expect(exported.status).toBe(200);
    const file = RulePackage.parse(exported.body);
    const preview = await cilla('POST', '/imports/preview', { package: file });
    expect(RuleImportPreview.parse(preview.body)).toEqual(preview.body);
    const imported = await cilla('POST', '/imports', {
      package: file,
      ids: ['door'],
      reason: 'Ours again.',
    });
    expect(imported.status).toBe(200);
    expect(RuleList.parse(imported.body)).toEqual(imported.body);
    const all = await cilla('POST', '/exports');
    expect((all.body as RulePackage).rules.length).toBeGreaterThan(9);
    expect(world.logged.filter(({ msg }) => msg === 'rules changed')).toMatchObject([
      { municipalityId: 'norr', ruleId: 'door', version: 1, authorId: 'cilla', homeId: null },
      { municipalityId: 'norr', ruleId: 'door', version: 1, homeId: 'home-norr-1' },
    ]);
    expect(JSON.stringify(world.logged)).not.toContain('slowly');
  });

  test('come from templates, each of which can be put in force as it is', async () => {
    const { world, cilla } = await openRules();
    const cookie = await world.cookieOf('adam');
    const { body } = await world.call('GET', '/api/v1/rule-templates', { cookie });
    const { items } = RuleTemplateList.parse(body);
    expect(items.length).toBeGreaterThanOrEqual(20);
    const { items: rules } = RuleList.parse((await cilla('GET', '')).body);
    const fresh = items.filter(({ id }) => rules.every((rule) => rule.id !== id));
    for (const { id, source } of fresh) {
      const { status } = await cilla('PUT', `/${id}`, { source, reason: 'New.', basedOn: null });
      expect({ id, status }).toEqual({ id, status: 200 });
    }
  });

  test('are nobody else’s: another municipality’s coordinator meets them nowhere', async () => {
    const { world, cilla } = await openRules();
    await cilla('PUT', '/door', change);
    world.sql(`update person set role = 'coordinator' where id = 'sara'`);
    const sara = await asWhom(world, 'sara');
    expect((await sara('GET', '/door')).status).toBe(404);
    expect(JSON.stringify((await sara('GET', '')).body)).not.toContain('door.opened\\nfor: 2m');
    expect((await sara('PUT', '/door/homes/home-norr-1', own)).status).toBe(404);
    await sara('PUT', '/door', change);
    expect((await sara('PUT', '/door/homes/home-norr-1', own)).status).toBe(404);
    expect((await cilla('GET', '/door')).body).toMatchObject({ overrides: 0, history: [{}] });
  });
});

describe('a problem', () => {
  test.each([
    ['carer', 'astrid', 'does not work with rules'],
    ['technician', 'tore', 'does not work with rules'],
  ])('for a %s is that rules are not theirs, in whatever they try', async (_, person, says) => {
    const { world } = await openRules();
    const call = await asWhom(world, person);
    const answers = [
      await call('GET', ''),
      await call('GET', '/smoke'),
      await call('POST', '/check', { source: atOnce }),
      await call('PUT', '/door', change),
      await call('PUT', '/smoke/homes/home-norr-1', own),
      await call('POST', '/exports'),
    ];
    const problem = { status: 403, body: { detail: expect.stringContaining(says) } };
    expect(answers).toMatchObject(answers.map(() => problem));
  });

  test('for an administrator, who may read, is to change', async () => {
    const { world, cilla } = await openRules();
    await cilla('PUT', '/door', change);
    const adam = await asWhom(world, 'adam');
    expect((await adam('GET', '/door')).status).toBe(200);
    const { status, body } = await adam('PUT', '/door', { ...change, basedOn: 1 });
    expect({ status, body }).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('a coordinator') },
    });
  });

  test('is a rule, a home or an export of what is not there', async () => {
    const { cilla } = await openRules();
    const answers = [
      await cilla('GET', '/never'),
      await cilla('PUT', '/smoke/homes/nowhere', own),
      await cilla('PUT', '/never/homes/home-norr-1', own),
      await cilla('POST', '/exports', { ids: ['never'] }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect(answers[0]?.body).toMatchObject({ detail: 'There is no rule "never".' });
  });

  test('is somebody who was faster', async () => {
    const { cilla } = await openRules();
    await cilla('PUT', '/door', change);
    const { status, body } = await cilla('PUT', '/door', { ...change, source: atOnce });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('cilla changed this rule on 2026-11-22 03:00') },
    });
  });

  test('is what is wrong in the rule, with its line, or a change without a reason', async () => {
    const { cilla } = await openRules();
    const broken = await cilla('PUT', '/door', { ...change, source: `${lasting}colour: red\n` });
    expect(broken).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/line 6, column 1: .*colour/) },
    });
    const silent = await cilla('PUT', '/door', { ...change, reason: ' ' });
    expect(silent).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining('reason: Say why') },
    });
  });

  test('is a package that was changed on its way', async () => {
    const { cilla } = await openRules();
    const { body } = await cilla('POST', '/exports', { ids: ['smoke'] });
    const file = { ...(body as RulePackage), exportedAt: 7 };
    for (const call of [
      cilla('POST', '/imports/preview', { package: file }),
      cilla('POST', '/imports', { package: file, ids: ['smoke'], reason: 'A try.' }),
    ]) {
      expect(await call).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('not as they were signed') },
      });
    }
  });

  test('is a body beyond 1 MiB for packages, and beyond 32 KiB for all else', async () => {
    const { cilla } = await openRules();
    const kib = (count: number) => ({ x: 'x'.repeat(count * 1_024) });
    const answers = [
      await cilla('POST', '/imports/preview', kib(1_000)),
      await cilla('POST', '/imports/preview', kib(1_024)),
      await cilla('POST', '/exports', kib(32)),
    ];
    expect(answers).toMatchObject([
      { status: 400 },
      { status: 413, body: { detail: 'Send at most 1024 KiB.' } },
      { status: 413, body: { detail: 'Send at most 32 KiB.' } },
    ]);
  });
});

test('a check answers what is wrong and where, without changing anything', async () => {
  const { cilla } = await openRules();
  const { status, body } = await cilla('POST', '/check', { source: `${lasting}colour: red\n` });
  expect(status).toBe(200);
  expect(RuleCheck.parse(body).problems).toMatchObject([{ line: 6, column: 1 }]);
  expect((await cilla('GET', '/door')).status).toBe(404);
});

test('who is shown the homes that have something of their own in a rule is in the access log', async () => {
  const { world, cilla } = await openRules();
  await cilla('PUT', '/door', change);
  await cilla('GET', '/door');
  expect(world.accessRows()).toEqual([]);
  await cilla('PUT', '/door/homes/home-norr-1', own);
  const adam = await asWhom(world, 'adam');
  expect(RuleDetail.parse((await adam('GET', '/door')).body).homes).toEqual([]);
  await cilla('GET', '/door');
  expect(world.accessRows()).toEqual(['cilla rule door', 'cilla rule door']);
});

test('anybody may read the grammar', async () => {
  const { world } = await openRules();
  const { status, headers, body } = await world.call('GET', '/api/rules.schema.json');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('application/schema+json');
  expect(body).toMatchObject({ $id: expect.any(String), $schema: expect.any(String) });
});
