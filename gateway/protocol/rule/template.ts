import { isMap } from 'yaml';
import { z } from 'zod';

import { Text } from '../text.ts';
import { type ReadRule, sourceOf } from './read-rule.ts';
import { problemsOf, readYaml, type RuleProblem } from './read-yaml.ts';
import { Need } from './rule-api.ts';
import { Rule } from './rule.ts';

/** A rule to start from, as a file of the library holds it. */
export const TemplateFile = z.strictObject({
  template: z.strictObject({
    need: Need.meta({ description: 'The shelf it stands on.' }),
    isStandard: z.boolean().meta({ description: 'Every municipality starts with it.' }),
    purpose: Text.meta({ description: 'What it is for.' }),
    avoid: Text.meta({ description: 'When not to use it.' }),
  }),
  rule: Rule,
});
export type TemplateFile = z.infer<typeof TemplateFile>;

export type TemplateRead =
  | { ok: true; template: TemplateFile['template']; read: ReadRule }
  | { ok: false; problems: readonly RuleProblem[] };

/** Reads a template's file. Total: what cannot be used is a problem with its place. */
export function readTemplate(text: string): TemplateRead {
  const given = readYaml(text);
  if (!given.ok) return given;
  const { value, contents, placeOf } = given.yaml;
  const parsed = TemplateFile.safeParse(value, { reportInput: true });
  if (!parsed.success)
    return { ok: false, problems: problemsOf(parsed.error.issues, TemplateFile, placeOf) };
  const { template, rule } = parsed.data;
  const source = sourceOf(isMap(contents) ? contents.get('rule', true) : null);
  return { ok: true, template, read: { rule, source, line: placeOf(['rule']).line } };
}
