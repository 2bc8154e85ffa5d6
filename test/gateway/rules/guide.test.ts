import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { eventTypes } from '../../../gateway/protocol/catalogue.ts';
import { placements } from '../../../gateway/protocol/placement.ts';
import { profiles } from '../../../gateway/protocol/profile.ts';
import { residentFlags } from '../../../gateway/protocol/resident-flag.ts';
import { ruleJsonSchema } from '../../../gateway/protocol/rule/json-schema.ts';
import { checkRules } from '../../../gateway/services/check-rules.ts';

const guide = await readFile(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
const examples = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');

const Published = z.object({
  definitions: z.object({ rule: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
});

describe('the guide to rules', () => {
  test.each(examples.map((text) => [text.split('\n')[0] ?? '', text]))(
    'can be used as it is written: %s',
    (_, text) => {
      expect(checkRules(text, []).problems).toEqual([]);
    },
  );

  test('has an example of every form', () => {
    expect(examples.length).toBeGreaterThanOrEqual(7);
    for (const form of ['then:', 'count:', 'absence:', 'parameters:', 'clearedBy:'])
      expect(examples.some((text) => text.includes(form))).toBe(true);
  });

  const { properties } = Published.parse(ruleJsonSchema()).definitions.rule;
  test.each([
    ['field', Object.keys(properties)],
    ['type of event', eventTypes],
    ['placement', Object.keys(placements)],
    ['profile', Object.keys(profiles)],
    ['flag', Object.keys(residentFlags)],
  ])('names every %s', (_, words) => {
    expect(words.filter((word) => !guide.includes(`\`${word}\``))).toEqual([]);
  });

  test('says that Vaka is no medical device', () => {
    expect(guide).toContain('Vaka is no medical device');
  });
});
