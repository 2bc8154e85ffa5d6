import { readFile } from 'node:fs/promises';

import { AppError } from '../domain/errors.ts';
import { compileRules, type RuleSet } from '../domain/home/rule-set.ts';
import { readRules, type RuleProblem } from '../protocol/rule/read-rule.ts';

/**
 * Reads rules from a YAML or JSON file.
 * @throws AppError `invalid` that names the file, the line, the column and the mend.
 */
export async function readRuleFile(file: string | URL): Promise<RuleSet> {
  const read = readRules(await readFile(file, 'utf8'));
  if (!read.ok) throw refusal(file, read.problems);
  try {
    return compileRules(read.rules.map(({ rule }) => ({ ...rule, version: 1 })));
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw refused(file, cause.message, cause);
  }
}

/** Says what is wrong in a file of rules, and where. */
export function refusal(file: string | URL, problems: readonly RuleProblem[]): AppError {
  const lines = problems.map(
    ({ line, column, path, message }) => `line ${line}, column ${column}: ${path} ${message}`,
  );
  return refused(file, lines.join('\n'));
}

function refused(file: string | URL, reason: string, cause?: AppError): AppError {
  const message = `The rules in ${String(file)} cannot be used:\n${reason}`;
  return new AppError('invalid', message, { cause });
}
