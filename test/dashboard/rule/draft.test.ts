import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  changeDraft,
  type Draft,
  durationText,
  fieldAt,
  listAt,
  openDraft,
  problemAt,
  splitDuration,
} from '../../../dashboard/rule/draft.ts';
import { type FieldPath, fieldsOf, withField } from '../../../dashboard/rule/rule-yaml.ts';
import { parseDuration } from '../../../gateway/protocol/rule/duration.ts';

const frontDoor = `# Wakes the night patrol.
id: front-door-at-night
title: { sv: Ytterdörren öppen nattetid, en: Front door open at night } # as carers say it
severity: high
# One type or several.
on: door.opened
where: device.placement == 'entrance'
during: { from: '22:00', to: '06:00' } # the home's own clock
for: 2m # long enough for the paper
unless: door.closed
clearedBy:
  - door.closed # by anybody
per: device
parameters:
  # How much.
  percent: { value: 15, min: 5, max: 30 }

# The end.
`;

function fill(draft: Draft, path: FieldPath, value: unknown): Draft {
  return changeDraft(draft, { type: 'fill', changes: [[path, value]] });
}

describe('a value that is set through the form', () => {
  test('changes its own place in the text, and nothing else', () => {
    const { source } = fill(openDraft(frontDoor), ['for'], '5m');
    expect(source).toBe(frontDoor.replace('for: 2m', 'for: 5m'));
  });

  test('keeps the quotes of a time, and the comment after it', () => {
    const { source } = fill(openDraft(frontDoor), ['during', 'from'], '21:30');
    expect(source).toBe(frontDoor.replace("'22:00'", "'21:30'"));
  });

  test('keeps the comments of a list, and of what stays in it', () => {
    const two = ['door.closed', 'bed.entered'];
    const { source } = fill(openDraft(frontDoor), ['clearedBy'], two);
    const added = '  - door.closed # by anybody\n  - bed.entered\n';
    expect(source).toBe(frontDoor.replace('  - door.closed # by anybody\n', added));
    const noted = openDraft(frontDoor.replace('on: door.opened', 'on: door.opened # or else'));
    expect(fill(noted, ['on'], two).source).toContain('on: [ door.closed, bed.entered ] # or else');
  });

  test('is written where the library would write it', () => {
    const { source } = fill(openDraft(frontDoor), ['cooldown'], '1h');
    expect(source).toContain('per: device\ncooldown: 1h\nparameters:');
  });

  test('makes what it stands within', () => {
    const without = fill(openDraft(frontDoor), ['during'], undefined);
    expect(without.source).not.toContain('during');
    const { source } = fill(without, ['during', 'from'], '21:00');
    expect(source).toContain("during: { from: '21:00' }\nfor: 2m");
  });

  test('takes away with the last of it what it stood within', () => {
    const draft = fill(openDraft(frontDoor), ['appliesTo', 'flags'], ['fall-risk']);
    expect(draft.source).toContain('appliesTo: { flags: [ fall-risk ] }');
    expect(fill(draft, ['appliesTo', 'flags'], undefined).source).toBe(frontDoor);
  });

  test('may be half typed: the form stays open, and tells what is wrong in its place', () => {
    const draft = fill(openDraft(frontDoor), ['title', 'en'], '');
    expect(draft).toMatchObject({ isLocked: false, rule: null });
    expect(problemAt(draft.problems, ['title', 'en'])).not.toBeNull();
    expect(problemAt(draft.problems, ['title', 'sv'])).toBeNull();
    expect(fill(draft, ['title', 'en'], 'Door').rule?.title.en).toBe('Door');
  });

  test('leaves alone what was written once and used twice', () => {
    const shared = `id: a\ntitle: { sv: A, en: A }\nseverity: low\non: door.opened\nfor: 2m\nunless: &over [door.closed]\nclearedBy: *over\n`;
    const { rule } = fill(openDraft(shared), ['unless'], ['motion.detected']);
    expect(rule?.unless).toEqual(['motion.detected']);
    expect(rule?.clearedBy).toEqual(['door.closed']);
  });
});

describe('text that is typed', () => {
  test('fills the form when it reads', () => {
    const source = frontDoor.replace('for: 2m', 'for: 7m');
    const draft = changeDraft(openDraft(frontDoor), { type: 'type', source });
    expect(draft.fields['for']).toBe('7m');
    expect(draft.rule?.for).toBe(420_000);
  });

  test('locks the form as it was, and says where and how to mend it, when it does not read', () => {
    const source = frontDoor.replace('for: 2m', 'for: soon');
    const draft = changeDraft(openDraft(frontDoor), { type: 'type', source });
    expect(draft).toMatchObject({ source, isLocked: true, rule: null });
    expect(draft.fields['for']).toBe('2m');
    expect(draft.problems).toMatchObject([{ line: 9, column: 6, path: 'for' }]);
    expect(fill(draft, ['for'], '3m')).toBe(draft);
    const mended = changeDraft(draft, { type: 'type', source: frontDoor });
    expect(mended.isLocked).toBe(false);
  });

  test('is one rule, and one only', () => {
    const source = `- ${frontDoor.split('\n').join('\n  ')}`;
    expect(openDraft(source).rule?.id).toBe('front-door-at-night');
    const two = `- { id: a, title: { sv: A, en: A }, severity: low, on: door.opened }\n- { id: b, title: { sv: B, en: B }, severity: low, on: door.opened }\n`;
    expect(openDraft(two)).toMatchObject({ isLocked: true, problems: [{ line: 2 }] });
  });

  test.each(['', '[', '42', 'a: &a [*a]', '- 1\n- 2', 'on: *missing', '? [x]\n: y'])(
    'may be anything: %j',
    (source) => {
      const draft = changeDraft(openDraft(frontDoor), { type: 'type', source });
      expect(draft.isLocked).toBe(true);
      expect(draft.problems.length).toBeGreaterThan(0);
    },
  );
});

const aText = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const aList = fc.uniqueArray(
  fc.constantFrom('door.closed', 'bed.entered', 'motion.detected', 'person.seen'),
  { minLength: 1 },
);
const aDuration = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), fc.constantFrom('s', 'm', 'h', 'd'))
  .map(([count, unit]) => `${count}${unit}`);
const aTime = fc.constantFrom('00:00', '06:30', '22:00', '23:59');
const aChange: fc.Arbitrary<readonly [FieldPath, unknown]> = fc.oneof(
  fc.tuple(
    fc.constantFrom<FieldPath>(['title', 'sv'], ['title', 'en'], ['action', 'sv'], ['where']),
    aText,
  ),
  fc.tuple(fc.constantFrom<FieldPath>(['on'], ['unless'], ['clearedBy'], ['then', 'no']), aList),
  fc.tuple(
    fc.constantFrom<FieldPath>(['for'], ['cooldown'], ['count', 'within'], ['then', 'within']),
    aDuration,
  ),
  fc.tuple(fc.constantFrom<FieldPath>(['during', 'from'], ['during', 'to']), aTime),
  fc.tuple(
    fc.constantFrom<FieldPath>(['count', 'times'], ['parameters', 'percent', 'value']),
    fc.integer({ min: 2, max: 100 }),
  ),
  fc.tuple(
    fc.constantFrom<FieldPath>(['leavesWhenCleared'], ['absence', 'pausedWhenEmpty']),
    fc.boolean(),
  ),
  fc.tuple(
    fc.constantFrom<FieldPath>(['for'], ['during'], ['where'], ['then'], ['cooldown']),
    fc.constant(undefined),
  ),
);
const comments = ['# Wakes', '# as carers', '# One type', '# How much', '# The end'];

test('is read back as it was set, with all else as it was and every comment kept', () => {
  fc.assert(
    fc.property(fc.array(aChange, { minLength: 1, maxLength: 8 }), (changes) => {
      let source = frontDoor;
      for (const [path, value] of changes) {
        const before = fieldsOf(source) ?? {};
        source = withField(source, path, value);
        const after = fieldsOf(source) ?? {};
        expect(fieldAt(after, path)).toEqual(value);
        for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
          if (key !== path[0]) expect(after[key]).toEqual(before[key]);
      }
      for (const comment of comments) expect(source).toContain(comment);
    }),
    { numRuns: 100 },
  );
});

test('writes a duration so that it is read as the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1, 60, 3_600), (n, unit) => {
      expect(parseDuration(durationText(n * unit * 1_000))).toBe(n * unit * 1_000);
    }),
  );
  expect([splitDuration('90s'), splitDuration('m'), splitDuration('')]).toEqual([
    { count: '90', unit: 's' },
    { count: '', unit: 'm' },
    { count: '', unit: 'm' },
  ]);
});

test('reads one or several types as a list', () => {
  expect(listAt({ on: 'door.opened' }, ['on'])).toEqual(['door.opened']);
  expect(listAt({ on: ['a', 3] }, ['on'])).toEqual(['a']);
  expect(listAt({}, ['on'])).toEqual([]);
});
