import { globSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';

import type { Rule } from '../../../gateway/protocol/rule/rule.ts';
import { boundsOf, parameterKeysOf } from '../../../gateway/protocol/rule/setting.ts';
import { checkRules } from '../../../gateway/services/check-rules.ts';
import { readStandardRules, readTemplates } from '../../../gateway/store/template-file.ts';
import { readTemplateFiles } from './given-template.ts';
import { mutationsOf } from './rule-mutation.ts';
import { expectedOf, outcomesOf, readCases } from './template-case.ts';

const files = await readTemplateFiles();
const rulesById = new Map<string, Rule>(files.map(({ rule }) => [rule.id, rule]));

function rulesOf(...ids: string[]): Rule[] {
  return ids.map((id) => {
    const rule = rulesById.get(id);
    if (rule === undefined) throw new Error(`There is no template ${id}.`);
    return rule;
  });
}

for (const { rule, path } of files) {
  const cases = await readCases(path.replace('.yaml', '.test.yaml'));
  describe(`the template ${rule.id}`, () => {
    test.each(cases.cases.map((one) => [one.case, one] as const))('%s', (_, one) => {
      const outcomes = outcomesOf(cases, one, rulesOf(rule.id, ...one.with));
      expect(outcomes).toEqual(expectedOf(one, rule.id));
    });

    test.each(mutationsOf(rule))('has a case that notices a change: %s', (_, changed) => {
      const alone = cases.cases.filter((one) => one.with.length === 0);
      const noticing = alone.find(
        (one) => !isDeepStrictEqual(outcomesOf(cases, one, [changed]), expectedOf(one, rule.id)),
      );
      expect(noticing).toBeDefined();
    });

    test('has cases in which it calls and in which it stays quiet, and one across midnight', () => {
      const isOwn = (given: { rule?: string | undefined }) => given.rule === undefined;
      expect(cases.cases.some(({ gives }) => gives.some(isOwn))).toBe(true);
      expect(cases.cases.some(({ gives }) => !gives.some(isOwn))).toBe(true);
      const times = cases.cases.map(({ given, until }) => [
        ...given.map(({ time }) => time),
        until,
      ]);
      expect(times.some((all) => new Set(all.map((time) => time.startsWith('+'))).size > 1)).toBe(
        true,
      );
    });
  });
}

describe('the library', () => {
  test('has a file for each case file, and its rule’s name and need are the file’s', () => {
    const folder = new URL('../../../gateway/rules/templates/', import.meta.url).pathname;
    const all = globSync('**/*', { cwd: folder }).filter((path) => path.endsWith('.yaml'));
    const expected = files.flatMap(({ rule, template }) => {
      const path = `${template.need}/${rule.id}`;
      return [`${path}.yaml`, `${path}.test.yaml`];
    });
    expect(all.toSorted()).toEqual(expected.toSorted());
  });

  test('has each name once, and something for every need', () => {
    expect(rulesById.size).toBe(files.length);
    expect(new Set(files.map(({ template }) => template.need)).size).toBe(9);
  });

  test('holds back only what there is', () => {
    const held = files.flatMap(({ rule }) => rule.inhibits ?? []);
    expect(held.filter((id) => !rulesById.has(id))).toEqual([]);
  });

  test('has nothing in it that is refused or warned of when it is saved', async () => {
    const sources = (await readTemplates()).map(({ source }) => parse(source) as unknown);
    const { problems, warnings } = checkRules(stringify(sources), []);
    expect([...problems, ...warnings]).toEqual([]);
  });

  test('says in both languages what to do on arrival', () => {
    expect(files.filter(({ rule }) => rule.action === undefined)).toEqual([]);
  });

  test('sets bounds to all that a home may tune', () => {
    const unbounded = files.flatMap(({ rule }) =>
      parameterKeysOf(rule).filter((key) => boundsOf(rule, key) === null),
    );
    expect(unbounded).toEqual([]);
  });
});

test('templates are given by need, with the rule’s own text and its comments', async () => {
  const templates = await readTemplates();
  expect(templates).toHaveLength(files.length);
  const fall = templates.find(({ id }) => id === 'fall');
  expect(fall).toMatchObject({ need: 'falls', severity: 'high', isStandard: true });
  expect(fall?.source).toMatch(/^id: fall\n/);
  expect(fall?.source).toContain('# Somebody who gets up again moves;');
  expect(fall?.source).not.toContain('purpose');
});

test('the standard rules are those every municipality started with before', async () => {
  const standard = await readStandardRules();
  expect(standard.map(({ rule }) => rule.id).toSorted()).toEqual([
    'battery-low',
    'bed-left-at-night',
    'carbon-monoxide',
    'device-silent',
    'fall',
    'front-door-at-night',
    'front-door-left-open',
    'help-pressed',
    'no-activity-by-day',
    'out-of-reach',
    'power-lost',
    'seizure',
    'smoke',
    'water',
  ]);
});
