import { writeFile } from 'node:fs/promises';

import { ruleJsonSchema, templateJsonSchema } from '../protocol/rule/json-schema.ts';

const schemas = {
  'rule.schema.json': ruleJsonSchema(),
  'template.schema.json': templateJsonSchema(),
};

for (const [name, schema] of Object.entries(schemas)) {
  await writeFile(new URL(name, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`);
}
