import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { Document, isNode, parseDocument } from 'yaml';
import { z } from 'zod';

import { readRules } from '../protocol/rule/read-rule.ts';
import { RuleTemplate } from '../protocol/rule/rule-api.ts';

const folder = fileURLToPath(new URL('../rules/templates/', import.meta.url));
const About = z.object({
  template: RuleTemplate.pick({ need: true, isStandard: true, purpose: true, avoid: true }),
});

/** The library of templates that came with this release, by id. */
export async function readTemplates(): Promise<readonly RuleTemplate[]> {
  const templates: RuleTemplate[] = [];
  for await (const file of glob('*/*.yaml', { cwd: folder })) {
    if (!file.endsWith('.test.yaml'))
      templates.push(templateOf(file, await readFile(folder + file, 'utf8')));
  }
  return templates.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function templateOf(file: string, text: string): RuleTemplate {
  const written = parseDocument(text);
  const { template } = About.parse(written.toJS());
  const alone = new Document();
  const node = written.get('rule', true);
  alone.contents = isNode(node) ? node : null;
  const source = alone.toString({ lineWidth: 100 });
  const read = readRules(source);
  const [rule] = read.ok ? read.rules : [];
  if (rule === undefined) throw new Error(`The template ${file} is no rule.`);
  const { id, title, severity } = rule.rule;
  return { id, title, severity, ...template, source };
}
