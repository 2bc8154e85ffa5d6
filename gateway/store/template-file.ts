import { glob, readFile } from 'node:fs/promises';

import { AppError } from '../domain/errors.ts';
import type { ReadRule } from '../protocol/rule/read-rule.ts';
import type { RuleTemplate } from '../protocol/rule/rule-api.ts';
import { readTemplate, type TemplateFile } from '../protocol/rule/template.ts';

const folder = new URL('../rules/templates/', import.meta.url).pathname;

interface Template {
  template: TemplateFile['template'];
  read: ReadRule;
}

/**
 * The library of rules to start from, by need.
 * @throws AppError `invalid` that names the file, the line, the column and the mend.
 */
export async function readTemplates(): Promise<readonly RuleTemplate[]> {
  return (await readLibrary()).map(({ template, read: { rule, source } }) => ({
    ...template,
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    source,
  }));
}

/**
 * The rules every municipality starts with.
 * @throws AppError `invalid` that names the file, the line, the column and the mend.
 */
export async function readStandardRules(): Promise<readonly ReadRule[]> {
  return (await readLibrary())
    .filter(({ template }) => template.isStandard)
    .map(({ read }) => read);
}

/** The files are part of the program, and are read once. */
let library: readonly Template[] | null = null;

async function readLibrary(): Promise<readonly Template[]> {
  if (library !== null) return library;
  const files = await Array.fromAsync(glob('*/*.yaml', { cwd: folder }));
  const rules = files.filter((file) => !file.endsWith('.test.yaml')).sort();
  library = await Promise.all(rules.map((file) => readOne(`${folder}${file}`)));
  return library;
}

async function readOne(file: string): Promise<Template> {
  const read = readTemplate(await readFile(file, 'utf8'));
  if (read.ok) return read;
  const lines = read.problems.map(
    ({ line, column, path, message }) => `line ${line}, column ${column}: ${path} ${message}`,
  );
  throw new AppError('invalid', `${file} is no template:\n${lines.join('\n')}`);
}
