import { expect, test } from 'vitest';

import { linesOf } from '../../../dashboard/rule/diff-line.ts';
import { openDraft } from '../../../dashboard/rule/draft.ts';
import { groupRules } from '../../../dashboard/rule/need.ts';
import { offsetAt } from '../../../dashboard/rule/offset.ts';
import { explainProblem } from '../../../dashboard/rule/rule-text.ts';
import { ruleEn } from '../../../dashboard/text/rule-en.ts';
import { ruleSv } from '../../../dashboard/text/rule-sv.ts';
import type { RuleTemplate, RuleView } from '../../../gateway/protocol/rule/rule-api.ts';

const title = { sv: 'A', en: 'A' };

function aRule(id: string, severity: RuleView['severity']): RuleView {
  return {
    id,
    title,
    severity,
    overrides: 0,
    version: 1,
    isOn: true,
    source: '',
    author: null,
    at: 0,
    reason: '',
    origin: null,
  };
}

const template: RuleTemplate = {
  id: 'fall',
  need: 'falls',
  title,
  severity: 'high',
  purpose: title,
  avoid: title,
  isStandard: true,
  source: '',
};

test('groups rules by severity, the worst first, or by the need that their template is for', () => {
  const rules = [aRule('own', 'low'), aRule('fall', 'high')];
  const keys = (by: 'severity' | 'need') =>
    groupRules(rules, [template], by).map(({ key, items }) => [key, items.map(({ id }) => id)]);
  expect(keys('severity')).toEqual([
    ['high', ['fall']],
    ['low', ['own']],
  ]);
  expect(keys('need')).toEqual([
    ['falls', ['fall']],
    ['own', ['own']],
  ]);
});

test('tells what went and what came, line by line', () => {
  expect(linesOf('a\nb\nc\n', 'a\nB\nc\n')).toEqual([
    { text: 'a', change: 'same' },
    { text: 'b', change: 'removed' },
    { text: 'B', change: 'added' },
    { text: 'c', change: 'same' },
  ]);
});

test('finds a place in a text', () => {
  expect(offsetAt('ab\ncd', 2, 2)).toBe(4);
  expect(offsetAt('ab\ncd', 1, 9)).toBe(2);
  expect(offsetAt('ab\ncd', 9, 1)).toBe(5);
});

const good = 'id: a\ntitle: { sv: A, en: A }\nseverity: low\non: door.opened\n';

test.each([
  [good.replace('door.opened', 'dor.opened'), '”dor.opened” är okänt: menade du `door.opened`?'],
  [`${good}fro: 2m\n`, 'Det finns inget `fro` här'],
  [good.replace('en: A', "en: ''"), 'Skriv en titel på engelska.'],
  [`${good}for: m\n`, 'Skriv ett heltal större än noll.'],
  [`${good}unless: door.closed\n`, 'Det här avslutar en väntan'],
  [good.replace('on: door.opened\n', ''), 'Välj antingen något som händer eller en tystnad.'],
  [good.replace('title: { sv: A, en: A }\n', ''), '`title` saknas.'],
])('says in Swedish what is wrong in %j', (source, words) => {
  const [problem] = openDraft(source).problems;
  expect(problem && explainProblem(problem, ruleSv)).toContain(words);
  expect(problem && explainProblem(problem, ruleEn)).toBe(problem?.message);
});
