import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readRules } from '../../../../gateway/protocol/rule/read-rule.ts';
import { suggest } from '../../../../gateway/protocol/rule/suggest.ts';
import { readTemplate } from '../../../../gateway/protocol/rule/template.ts';

const rule = `id: door
title: { sv: Dörr, en: Door }
severity: low
on: door.opened
`;

/** What is wrong, each as `line:column path: message`. */
function problemsIn(text: string): string[] {
  const read = readRules(text);
  if (read.ok) return [];
  return read.problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`,
  );
}

function without(line: string): string {
  return rule.replace(`${line}\n`, '');
}

const mistakes: readonly [mistake: string, text: string, ...says: string[]][] = [
  [
    'a misspelled field',
    `${rule}clearedby: door.closed`,
    '5:1 0.clearedby: There is no `clearedby` here: did you mean `clearedBy`?',
  ],
  [
    'a field that nothing resembles',
    `${rule}colour: red`,
    '5:1 0.colour: There is no `colour` here: remove it, or check the indentation.',
  ],
  [
    'a misspelled field deeper down',
    `${rule}during:\n  form: '22:00'\n  to: '06:00'`,
    '6:3 0.during.from: `from` is missing: write a text.',
    '6:3 0.during.form: There is no `form` here: did you mean `from`?',
  ],
  [
    'a field at the wrong depth',
    `${rule}count: { times: 2, within: 1h, per: home }`,
    '5:32 0.count.per: There is no `per` here: remove it, or check the indentation. Known are `times` or `within`.',
  ],
  [
    'a type of event that is nearly one',
    rule.replace('door.opened', 'door.open'),
    '4:5 0.on: "door.open" is not known: did you mean `door.opened`?',
  ],
  [
    'a type of event in a list',
    rule.replace('door.opened', '[door.opened, doors.closed]'),
    '4:19 0.on.1: "doors.closed" is not known: did you mean `door.closed`?',
  ],
  [
    'a type of event that nothing resembles',
    rule.replace('door.opened', 'xyzzy'),
    '4:5 0.on: "xyzzy" is not known: write one of the words in the guide, such as `help.pressed`, `fall.detected`, `seizure.detected` or `smoke.detected`.',
  ],
  [
    'no type of event',
    rule.replace(' door.opened', ''),
    '4:4 0.on: Nothing is written here: write a list, such as `[door.opened]`.',
  ],
  [
    'an empty list',
    rule.replace('door.opened', '[]'),
    '4:5 0.on: The list is empty: write something in it, or remove it.',
  ],
  [
    'a missing title',
    without('title: { sv: Dörr, en: Door }'),
    '1:1 0.title: `title` is missing: write fields, indented below or in braces such as `{ sv: …, en: … }`.',
  ],
  [
    'a title in one language',
    rule.replace(', en: Door', ''),
    '2:8 0.title.en: `en` is missing: write a text.',
  ],
  [
    'a severity that is none',
    rule.replace('low', 'urgent'),
    '3:11 0.severity: "urgent" is not known: write one of `emergency`, `high`, `medium`, `low` or `technical`.',
  ],
  [
    'a duration in words',
    `${rule}for: 5 minutes`,
    '5:6 0.for: "5 minutes" is no duration: write a number and s, m, h or d, such as 90s or 12h.',
  ],
  [
    'a duration without its unit',
    `${rule}for: 5`,
    '5:6 0.for: 5 is no duration: write a number and s, m, h or d, such as 90s or 12h.',
  ],
  [
    'a silence of a type that is nearly one',
    rule.replace('on: door.opened', 'absence: { of: motion.detectd, for: 5h }'),
    '4:16 0.absence.of: "motion.detectd" is not known: did you mean `motion.detected`?',
  ],
  [
    'a silence of no duration',
    rule.replace('on: door.opened', 'absence: { of: any, for: soon }'),
    '4:26 0.absence.for: "soon" is no duration: write a number and s, m, h or d, such as 90s or 12h.',
  ],
  [
    'an hour without minutes',
    `${rule}during: { from: 22, to: '06:00' }`,
    '5:17 0.during.from: Write a time of day in quotes, such as `22:00`.',
  ],
  [
    'a count of one',
    `${rule}count: { times: 1, within: 1h }`,
    '5:17 0.count.times: Write at least 2.',
  ],
  [
    'a count of halves',
    `${rule}count: { times: 2.5, within: 1h }`,
    '5:17 0.count.times: Write a whole number here, not "2.5".',
  ],
  [
    'yes for true',
    `${rule}clearedBy: door.closed\nleavesWhenCleared: yes`,
    '6:20 0.leavesWhenCleared: Write `true` or `false` here, not "yes".',
  ],
  [
    'a name of a number that is none',
    `${rule}parameters: { Big: { value: 1, min: 0, max: 2 } }`,
    '5:15 0.parameters.Big: Write a name such as percent.',
  ],
  [
    'two that contradict each other',
    `${rule}unless: door.closed`,
    '5:9 0.unless: `unless` ends a wait: give `for` too.',
  ],
  [
    'a value outside its bounds',
    `${rule}for: 2m\nbounds: { for: { min: 5m, max: 1h } }`,
    '5:6 0.for: `for` must lie within the rule’s own `bounds`.',
  ],
  [
    'a tab',
    'id: door\ntitle:\n\tsv: Dörr',
    '3:1 : Indent with spaces: a tab is not allowed here. (Tabs are not allowed as indentation)',
  ],
  [
    'a field twice',
    `${rule}on: door.closed`,
    '5:1 : This stands twice: remove one of them. (Map keys must be unique)',
  ],
  [
    'an indentation that is off',
    '- id: door\n  severity: low\n   on: door.opened',
    '2:13 : Check the indentation and the colons: a text with a colon in it is written in quotes. (Nested mappings are not allowed in compact mappings)',
  ],
  [
    'an indentation that is off after braces',
    '- id: door\n  title: { sv: Dörr, en: Door }\n   on: door.opened',
    '3:1 : Check the indentation: what belongs together begins in the same column. (All mapping items must start at the same column)',
  ],
  [
    'a colon in a text',
    rule.replace('Dörr', 'Dörr: öppen'),
    '2:14 : Check braces and colons: a text with a colon in it is written in quotes. (Block collections are not allowed within flow collections)',
  ],
  [
    'a missing quote',
    "id: 'door\nseverity: low",
    "2:14 : A quote, bracket, brace or comma is missing before this. (Missing closing 'quote)",
  ],
  [
    'a reference to nothing',
    rule.replace('door.opened', '*door'),
    '4:5 : A text that begins with `*` or `&` is written in quotes.',
  ],
  [
    'references that would grow without end',
    `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]`,
    '2:8 : Too much is repeated by `*`: write it out instead.',
  ],
  [
    'the same rule twice',
    `- ${rule.trimEnd().replaceAll('\n', '\n  ')}\n- ${rule.trimEnd().replaceAll('\n', '\n  ')}`,
    '5:3 1: "door" stands twice.',
  ],
  ['words', 'just words', '1:1 : Write a rule, or a list of rules that each begin with `- id:`.'],
  ['nothing', '', '1:1 : Write a rule, or a list of rules that each begin with `- id:`.'],
];

describe('a text of rules', () => {
  test.each(mistakes)('with %s is told where it is wrong, and the mend', (_, text, ...says) => {
    expect(problemsIn(text).map((problem) => problem.trim())).toEqual(says);
  });

  test.each([
    ['quotes', '"'.repeat(30_000)],
    ['rules without fields', '- {}\n'.repeat(6_000)],
  ])('of thousands of %s is told of the first hundred mistakes', (_, text) => {
    expect(problemsIn(text)).toHaveLength(100);
  });

  test.each([
    ['is blank', '" "', 'Write a few words.'],
    ['breaks the line', '"a\\u001b[2J"', 'Write it on one line, without hidden signs.'],
    ['turns the line', '"a\\u202eb"', 'Write it on one line, without hidden signs.'],
    ['fills a screen', 'x'.repeat(121), '120'],
  ])('with a title that %s is refused', (_, title, says) => {
    const [problem, ...others] = problemsIn(rule.replace(/sv: [^,]+/, `sv: ${title}`));
    expect(problem).toContain(says);
    expect(others).toEqual([]);
  });

  test('has nothing wrong in it without these mistakes', () => {
    expect(problemsIn(rule)).toEqual([]);
  });

  test('with several mistakes is told of all, from the top', () => {
    const places = problemsIn(rule.replace('low', 'lo').replace('opened', 'open').concat('x: 1'));
    expect(places.map((place) => place.split(' ')[0])).toEqual(['3:11', '4:5', '5:1']);
  });

  test('may be JSON, indented by tabs', () => {
    const given = { id: 'door', title: { sv: 'D', en: 'D' }, severity: 'lo', on: 'door.opened' };
    expect(problemsIn(JSON.stringify([given], null, '\t'))).toEqual([
      '8:15 0.severity: "lo" is not known: did you mean `low`?',
    ]);
  });

  test('gives each rule its own text, comments and all', () => {
    const read = readRules(`# before\n- ${rule.replaceAll('\n', '\n  ')}# inside\n  for: 2m\n`);
    expect(read).toMatchObject({ ok: true, rules: [{ line: 2 }] });
    const source = read.ok ? read.rules[0]?.source : '';
    expect(source).toContain('# inside\nfor: 2m');
    expect(problemsIn(source ?? '')).toEqual([]);
  });

  test('is never too odd to be answered, and no place lies outside it', () => {
    const part = fc.constantFrom(
      ...'id: |- |\n|  |\t|[|{|}|:|\'|&a |*a|on: |"|#|door.opened|during|null|~|!!map|? |---|<<: '.split(
        '|',
      ),
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        const read = readRules(given);
        if (read.ok) return;
        expect(read.problems.length).toBeGreaterThan(0);
        const lines = given.split('\n');
        for (const { line, column, message } of read.problems) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 300, examples: [['{}door.opened\nid: id: ']] },
    );
  });
});

describe('a text of a template', () => {
  const template = `template:
  need: falls
  isStandard: false
  purpose: { sv: a, en: a }
  avoid: { sv: a, en: a }
rule:
  ${rule.trimEnd().replaceAll('\n', '\n  ')}
`;

  test('gives its rule alone', () => {
    expect(readTemplate(template)).toMatchObject({
      ok: true,
      template: { need: 'falls' },
      read: { rule: { id: 'door' }, line: 7 },
    });
  });

  test.each([
    ['need: falls', 'need: fall', '2:9 template.need', 'did you mean `falls`?'],
    ['avoid', 'avoids', '2:3 template.avoid', '`avoid` is missing'],
    ['door.opened', 'door.open', '10:7 rule.on', 'did you mean `door.opened`?'],
  ])('with a mistake is told where it is wrong: %s, %s', (right, wrong, place, says) => {
    const read = readTemplate(template.replace(right, wrong));
    const [first] = read.ok ? [] : read.problems;
    expect(`${first?.line}:${first?.column} ${first?.path}`).toBe(place);
    expect(first?.message).toContain(says);
  });
});

describe('a word that is nearly right', () => {
  test.each([
    ['clearedby', 'clearedBy'],
    ['unles', 'unless'],
    ['severty', 'severity'],
    ['hihg', 'high'],
    ['x', null],
    ['', null],
  ])('%s is taken for %s', (word, meant) => {
    expect(suggest(word, ['clearedBy', 'unless', 'severity', 'high'])).toBe(meant);
  });
});
