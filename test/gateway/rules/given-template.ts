import { glob, readFile } from 'node:fs/promises';

import type { Rule } from '../../../gateway/protocol/rule/rule.ts';
import { readTemplate, type TemplateFile } from '../../../gateway/protocol/rule/template.ts';

const folder = new URL('../../../gateway/rules/templates/', import.meta.url).pathname;

export interface GivenTemplate {
  path: string;
  text: string;
  template: TemplateFile['template'];
  rule: Rule;
}

/** Every template there is, by its file. */
export async function readTemplateFiles(): Promise<readonly GivenTemplate[]> {
  const names = await Array.fromAsync(glob('*/*.yaml', { cwd: folder }));
  const paths = names.filter((name) => !name.endsWith('.test.yaml')).sort();
  return Promise.all(paths.map((name) => readOne(`${folder}${name}`)));
}

async function readOne(path: string): Promise<GivenTemplate> {
  const text = await readFile(path, 'utf8');
  const read = readTemplate(text);
  if (!read.ok) throw new Error(`${path}: ${JSON.stringify(read.problems)}`);
  return { path, text, template: read.template, rule: read.read.rule };
}
