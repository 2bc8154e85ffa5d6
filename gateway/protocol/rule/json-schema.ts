import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Text } from '../text.ts';
import { Duration } from './duration.ts';
import { Rule, RuleId, Type, Types } from './rule.ts';
import { TemplateFile } from './template.ts';

/** Parts that stand in many places are written once, under a name. */
const names = new Map<z.core.$ZodType, string>([
  [Rule, 'rule'],
  [RuleId, 'ruleId'],
  [Text, 'text'],
  [Severity, 'severity'],
  [Type, 'eventType'],
  [Types, 'eventTypes'],
  [Duration, 'duration'],
]);

class NamedRegistry extends z.core.$ZodRegistry<z.core.GlobalMeta> {
  override get<S extends z.core.$ZodType>(schema: S) {
    const { id: _, ...described } = z.globalRegistry.get(schema) ?? {};
    const id = names.get(schema);
    const meta = id === undefined ? described : { ...described, id };
    return meta as z.core.$replace<z.core.GlobalMeta, S>;
  }
}

function published(schema: z.ZodType, about: { $id: string; title: string; description: string }) {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-7',
    metadata: new NamedRegistry(),
  });
  return { $schema, ...about, ...rest };
}

/** JSON Schema (draft 7, as editors know it) of a text of rules: one, or a list. */
export function ruleJsonSchema() {
  return published(z.union([Rule, z.array(Rule)]), {
    $id: 'urn:vaka:schema:rules:1',
    title: 'Vaka rules',
    description: 'What in a home’s events calls for help: one rule, or a list of them.',
  });
}

/** JSON Schema of a template's file. */
export function templateJsonSchema() {
  return published(TemplateFile, {
    $id: 'urn:vaka:schema:rule-template:1',
    title: 'Vaka rule template',
    description: 'A rule to start from, and what it is for.',
  });
}
