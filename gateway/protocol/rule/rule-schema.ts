import { z } from 'zod';

import { Rule } from './rule.ts';

/** Under which name editors and other tools know the grammar; it ends with the version of the format. */
export const ruleSchemaId = 'urn:vaka:rules:1';

/** JSON Schema (2020-12) of a file of rules: one rule, or a list. What the grammar forbids between fields is not in it. */
export function ruleJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(z.union([Rule, z.array(Rule)]), { io: 'input' });
  return { $schema, $id: ruleSchemaId, title: 'Rules of Vaka', ...schema };
}
