import { describe, expect, test } from 'vitest';

import type { RuleEditor } from '../../../gateway/domain/rule-desk.ts';
import type { Scope } from '../../../gateway/domain/scope.ts';
import { minute, scopeOf, start } from '../store/furnish.ts';
import { cilla, openRuleWorld, sara, yaml } from './rule-world.ts';

const atOnce = yaml('on: door.opened');
const lasting = yaml('on: door.opened\nfor: 2m\nbounds: { for: { min: 1m, max: 1h } }');
const change = { source: atOnce, isOn: true, reason: 'A try.', basedOn: null };
const home = { ruleId: 'door', homeId: 'home-1' };

describe('the rules of a municipality', () => {
  test('are listed by id, as the system gave them at first', async () => {
    const { desk } = await openRuleWorld();
    const { items } = await desk.list(cilla);
    expect(items.map(({ id }) => id)).toEqual(items.map(({ id }) => id).toSorted());
    expect(items.find(({ id }) => id === 'smoke')).toMatchObject({
      version: 1,
      isOn: true,
      title: { sv: expect.any(String), en: expect.any(String) },
      severity: 'emergency',
      author: null,
      at: start,
      origin: null,
      overrides: 0,
    });
  });

  test('tell all that a rule has been, newest first, with author, time and reason', async () => {
    const { desk, clock, put } = await openRuleWorld();
    await put(atOnce);
    clock.pass(minute);
    await put(atOnce, { isOn: false });
    const { history, ...now } = await desk.rule(cilla, 'door');
    expect(now).toMatchObject({ id: 'door', version: 2, isOn: false, homes: [] });
    const by = { author: { id: 'cilla', name: 'Cilla' }, reason: 'A test wants it.' };
    expect(history).toEqual([
      { ...by, version: 2, isOn: false, source: atOnce, at: start + minute, origin: null },
      { ...by, version: 1, isOn: true, source: atOnce, at: start, origin: null },
    ]);
  });
});

describe('activating', () => {
  test('keeps the text as it was written, with its comments', async () => {
    const { put } = await openRuleWorld();
    const written = `# yaml-language-server: $schema=x\n${atOnce}# Elsewhere it is a window.\n`;
    expect((await put(written)).source).toBe(written);
    expect((await put(`- ${lasting.replaceAll('\n', '\n  ')}\n`)).source).toContain('id: door\n');
  });

  test('of what holds already leads to no new version, and says nothing', async () => {
    const { put, told } = await openRuleWorld();
    await put(atOnce);
    expect(await put(`\n${atOnce}\n`)).toMatchObject({ version: 1 });
    expect(told).toHaveLength(1);
  });

  test('of an older text rolls the rule back, as a new version', async () => {
    const { put, told } = await openRuleWorld();
    await put(atOnce);
    await put(lasting);
    expect(await put(atOnce)).toMatchObject({ version: 3, source: atOnce });
    const by = { municipalityId: 'norr', homeId: null, ruleId: 'door', authorId: 'cilla' };
    expect(told).toEqual([1, 2, 3].map((version) => ({ ...by, version })));
  });

  test('what somebody has changed meanwhile is refused, and says who, when and why', async () => {
    const { desk, put } = await openRuleWorld();
    await put(atOnce);
    await put(lasting);
    const late = desk.activate(cilla, 'door', { ...change, basedOn: 1 });
    await expect(late).rejects.toMatchObject({
      code: 'conflict',
      message:
        'Cilla changed this rule on 2026-11-21 12:00 (version 2: “A test wants it.”). Look at that first, then change it again.',
    });
    await expect(desk.activate(cilla, 'door', change)).rejects.toMatchObject({ code: 'conflict' });
    const gone = desk.activate(cilla, 'never', { ...change, basedOn: 1 });
    await expect(gone).rejects.toMatchObject({ code: 'conflict' });
    expect((await desk.rule(cilla, 'door')).version).toBe(2);
  });

  test('of two at once, the first wins', async () => {
    const { desk } = await openRuleWorld();
    const both = await Promise.allSettled([
      desk.activate(cilla, 'door', change),
      desk.activate(cilla, 'door', { ...change, source: lasting }),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  test.each([
    ['another rule than it says', atOnce, 'window', 'write `id: window`'],
    ['two rules', `- ${atOnce.replaceAll('\n', '\n  ')}\n- id: b`, 'door', 'cannot be used'],
    ['no YAML', 'id: [', 'door', 'line 1, column'],
    ['a condition that is none', yaml('on: door.opened\nwhere: device.x == 1'), 'door', 'line 5'],
    [
      'a word that nothing is called',
      yaml("on: door.opened\nwhere: device.placement == 'mars'"),
      'door',
      'mars',
    ],
  ])('refuses %s, and says how to mend it', async (_, source, id, says) => {
    const { desk, told } = await openRuleWorld();
    const refused = desk.activate(cilla, id, { ...change, source });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(says),
    });
    expect(told).toEqual([]);
  });

  test('stops where nobody could answer for more rules', async () => {
    const { desk, store } = await openRuleWorld();
    const { items } = await desk.list(cilla);
    await store.transaction((ledger) =>
      ledger.addRuleVersions(
        Array.from({ length: 500 - items.length }, (_, index) => ({
          municipalityId: 'norr',
          ruleId: `r-${index}`,
          version: 1,
          isOn: false,
          source: atOnce,
          authorId: null,
          at: start,
          reason: 'Many.',
          origin: null,
        })),
      ),
    );
    const one = desk.activate(cilla, 'door', change);
    await expect(one).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('500 rules'),
    });
  });
});

describe('what a home has of its own', () => {
  const own = { override: { values: { for: '5m' } }, reason: 'Elsa walks slowly.' };

  test('is shown with the rule until it is taken back', async () => {
    const { desk, put, told } = await openRuleWorld();
    await put(lasting);
    const after = await desk.override(cilla, home, own);
    const by = { author: { id: 'cilla', name: 'Cilla' }, at: start };
    expect(after).toMatchObject({ version: 1, overrides: 1 });
    expect(after.homes).toEqual([
      { home: { id: 'home-1', label: 'Storgatan home-1' }, ...own, ...by },
    ]);
    await desk.override(cilla, home, { override: null, reason: 'She has a walker.' });
    expect(await desk.rule(cilla, 'door')).toMatchObject({ overrides: 0, homes: [], version: 1 });
    expect(told.slice(1)).toMatchObject([{ homeId: 'home-1' }, { homeId: 'home-1' }]);
  });

  test('that it has already changes nothing', async () => {
    const { desk, put, told, storage } = await openRuleWorld();
    await put(lasting);
    await desk.override(cilla, home, { override: null, reason: 'Nothing.' });
    await desk.override(cilla, home, own);
    await desk.override(cilla, home, { ...own, reason: 'Again.' });
    expect(told).toHaveLength(2);
    expect(await storage.query('select reason from rule_override')).toHaveLength(1);
  });

  test.each([
    ['beyond the bounds of the rule', { values: { for: '2h' } }, 'within the rule’s bounds'],
    ['for what the rule has not', { values: { cooldown: '2h' } }, 'no `cooldown`'],
    ['that is no duration', { values: { for: 'soon' } }, '"soon"'],
    ['in hours that the rule has not', { during: { from: '10:00', to: '11:00' } }, 'all day'],
  ])('is refused %s', async (_, override, says) => {
    const { desk, put } = await openRuleWorld();
    await put(lasting);
    const refused = desk.override(cilla, home, { override, reason: 'A try.' });
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(says),
    });
  });

  test('is refused for a rule or a home that is not there, or is somebody else’s', async () => {
    const { desk, put } = await openRuleWorld();
    await put(lasting);
    const missing = [
      { ruleId: 'never', homeId: 'home-1' },
      { ruleId: 'door', homeId: 'nowhere' },
      { ruleId: 'door', homeId: 'home-3' },
    ];
    for (const place of missing) {
      await expect(desk.override(cilla, place, own)).rejects.toMatchObject({ code: 'not-found' });
    }
    const limited: Scope = { ...cilla, units: ['norr-2'] };
    await expect(desk.override(limited, home, own)).rejects.toMatchObject({ code: 'not-found' });
    const nobody: RuleEditor = { ...cilla, userId: null };
    await expect(desk.override(nobody, home, own)).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a check', () => {
  test('finds nothing in any rule of the library', async () => {
    const { desk } = await openRuleWorld();
    for (const { id, source } of await desk.templates(cilla)) {
      const found = await desk.check(cilla, source);
      expect({ id, ...found }).toEqual({ id, problems: [], warnings: [] });
    }
  });

  test('names line, column and place of what is wrong, and changes nothing', async () => {
    const { desk, told } = await openRuleWorld();
    const source = yaml('on: door.opened\nwhere: device.colour == 1\nfor: soon');
    const { problems } = await desk.check(cilla, source);
    expect(problems).toMatchObject([{ line: 6, column: 6, path: '0.for' }]);
    const second = await desk.check(cilla, source.replace('for: soon', 'for: 5m'));
    expect(second.problems).toMatchObject([{ line: 5, column: 8, path: '0.where' }]);
    expect(second.problems[0]?.message).toContain('colour');
    expect(told).toEqual([]);
  });

  test('warns of a rule to hold back that is not there, and knows those that are', async () => {
    const { desk } = await openRuleWorld();
    const source = yaml('on: door.opened\ninhibits: [smoke-of-mars, battery-low]');
    const { problems, warnings } = await desk.check(cilla, source);
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([
      { line: 5, path: '0.inhibits', message: expect.stringContaining('smoke-of-mars') },
    ]);
  });
});

describe('who may', () => {
  const asked = async (scope: Scope) => {
    const { desk, put } = await openRuleWorld();
    await put(lasting);
    const all = {
      list: desk.list(scope),
      rule: desk.rule(scope, 'door'),
      check: desk.check(scope, atOnce),
      templates: desk.templates(scope),
      activate: desk.activate(scope, 'window', {
        ...change,
        source: yaml('on: door.opened', 'window'),
      }),
      override: desk.override(scope, home, { override: { off: true }, reason: 'A try.' }),
      exportRules: desk.exportRules(scope, ['door']),
    };
    const settled = Object.entries(all).map(async ([name, work]) =>
      work.then(
        () => `may ${name}`,
        ({ code }: { code: string }) => `${code} ${name}`,
      ),
    );
    return Promise.all(settled);
  };

  test.each([
    [
      'coordinator',
      [
        'may list',
        'may rule',
        'may check',
        'may templates',
        'may activate',
        'may override',
        'may exportRules',
      ],
    ],
    [
      'administrator',
      [
        'may list',
        'may rule',
        'may check',
        'may templates',
        'forbidden activate',
        'forbidden override',
        'forbidden exportRules',
      ],
    ],
    [
      'carer',
      ['list', 'rule', 'check', 'templates', 'activate', 'override', 'exportRules'].map(
        (name) => `forbidden ${name}`,
      ),
    ],
    [
      'technician',
      ['list', 'rule', 'check', 'templates', 'activate', 'override', 'exportRules'].map(
        (name) => `forbidden ${name}`,
      ),
    ],
  ] as const)('a %s', async (role, answers) => {
    expect(await asked(scopeOf({ userId: 'cilla', role }))).toEqual(answers);
  });

  test('an administrator is not told which homes have something of their own, and why', async () => {
    const { desk, put } = await openRuleWorld();
    await put(lasting);
    const override = { values: { for: '5m' } };
    await desk.override(cilla, home, { override, reason: 'Elsa is slow on her feet.' });
    expect((await desk.rule(cilla, 'door')).homes).toHaveLength(1);
    const administrator = scopeOf({ userId: 'adam', role: 'administrator' });
    expect(await desk.rule(administrator, 'door')).toMatchObject({ overrides: 1, homes: [] });
  });

  test('somebody of another municipality finds neither the rule nor its history', async () => {
    const { desk, put } = await openRuleWorld();
    await put(atOnce);
    await expect(desk.rule(sara, 'door')).rejects.toMatchObject({ code: 'not-found' });
    expect((await desk.list(sara)).items.map(({ id }) => id)).not.toContain('door');
    await put(lasting, { by: sara });
    expect((await desk.rule(sara, 'door')).history).toHaveLength(1);
    expect((await desk.rule(cilla, 'door')).history).toMatchObject([{ source: atOnce }]);
  });
});
