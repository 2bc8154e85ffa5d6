import { readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

import { ruleJsonSchema, templateJsonSchema } from '../../../gateway/protocol/rule/json-schema.ts';
import { readTemplateFiles } from './given-template.ts';

const folder = new URL('../../../gateway/rules/', import.meta.url);

async function published(name: string): Promise<z.core.JSONSchema.JSONSchema> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8')) as z.core.JSONSchema.JSONSchema;
}

const files = await readTemplateFiles();
const Properties = z.record(z.string(), z.object({ description: z.string().optional() }));

describe('the published JSON Schema', () => {
  test.each([
    ['rule.schema.json', 'urn:vaka:schema:rules:1', ruleJsonSchema],
    ['template.schema.json', 'urn:vaka:schema:rule-template:1', templateJsonSchema],
  ])(
    '%s is what the grammar gives: write it anew when the grammar changes',
    async (name, id, of) => {
      const schema = await published(name);
      expect(schema).toEqual(JSON.parse(JSON.stringify(of())));
      expect(schema.$id).toBe(id);
    },
  );

  test('is named in the first line of each template, so that an editor completes and checks it', () => {
    const modeline = '# yaml-language-server: $schema=../../template.schema.json\n';
    expect(files.filter(({ text }) => !text.startsWith(modeline))).toEqual([]);
  });

  test('explains each field of a rule', async () => {
    const { definitions } = z
      .object({ definitions: z.object({ rule: z.object({ properties: Properties }) }) })
      .parse(await published('rule.schema.json'));
    const { properties } = definitions.rule;
    const unexplained = Object.entries(properties).filter(([, one]) => !one.description);
    expect(unexplained).toEqual([]);
    expect(Object.keys(properties)).toHaveLength(20);
  });
});

describe('a reader of nothing but the JSON Schema', () => {
  test.each(files.map(({ rule, text }) => [rule.id, text]))(
    'takes the template %s',
    async (_, text) => {
      const reader = z.fromJSONSchema(await published('template.schema.json'));
      expect(reader.safeParse(parse(text)).error).toBeUndefined();
    },
  );

  const rule = { id: 'door', title: { sv: 'D', en: 'D' }, severity: 'low', on: 'door.opened' };

  test('takes a rule, and a list of rules', async () => {
    const reader = z.fromJSONSchema(await published('rule.schema.json'));
    expect(reader.safeParse(rule).success).toBe(true);
    expect(reader.safeParse([rule, { ...rule, on: ['door.opened'], for: '2m' }]).success).toBe(
      true,
    );
  });

  test.each([
    ['an unknown field', { ...rule, colour: 'red' }],
    ['an unknown type of event', { ...rule, on: 'door.ajar' }],
    ['a duration that is none', { ...rule, for: '2 minutes' }],
    ['hours that are none', { ...rule, during: { from: '24:00', to: '06:00' } }],
    ['no title', { id: 'door', severity: 'low', on: 'door.opened' }],
    ['an unknown field deeper down', { ...rule, count: { times: 2, within: '1h', per: 'day' } }],
  ])('refuses %s', async (_, given) => {
    const reader = z.fromJSONSchema(await published('rule.schema.json'));
    expect(reader.safeParse(given).success).toBe(false);
  });
});
