import { readFile } from 'node:fs/promises';

import { AppError } from '../domain/errors.ts';
import { compileRules, type RuleSet } from '../domain/home/rule-set.ts';
import { type ReadRule, readRules } from '../protocol/rule/read-rule.ts';

const standardFile = new URL('../rules/default.yaml', import.meta.url);

/**
 * Reads rules from a YAML or JSON file.
 * @throws AppError `invalid` that names the file, the line, the column and the mend.
 */
export async function readRuleFile(file: string | URL): Promise<RuleSet> {
  const read = readRules(await readFile(file, 'utf8'));
  if (!read.ok) {
    const lines = read.problems.map(
      ({ line, column, path, message }) => `line ${line}, column ${column}: ${path} ${message}`,
    );
    throw refused(file, lines.join('\n'));
  }
  try {
    return compileRules(read.rules.map(({ rule }) => ({ ...rule, version: 1 })));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw refused(file, cause.message, cause);
  }
}

/** The rules every municipality starts with. */
export async function readStandardRules(): Promise<readonly ReadRule[]> {
  const read = readRules(await readFile(standardFile, 'utf8'));
  if (!read.ok) throw new Error('The standard rules cannot be read.', { cause: read.problems });
  return read.rules;
}

function refused(file: string | URL, reason: string, cause?: AppError): AppError {
  const message = `The rules in ${String(file)} cannot be used:\n${reason}`;
  return new AppError('invalid', message, { cause });
}
