import { readFile } from 'node:fs/promises';

import { parseDocument } from 'yaml';
import { z } from 'zod';

import { AppError } from '../domain/errors.ts';
import { compileRules, type RuleSet } from '../domain/home/rule-set.ts';
import { Rules } from '../domain/home/rule.ts';

/**
 * Reads rules from a YAML or JSON file.
 * @throws AppError `invalid` that names the file, the place and the mend.
 */
export async function readRuleFile(file: string | URL): Promise<RuleSet> {
  const document = parseDocument(await readFile(file, 'utf8'));
  const [broken] = document.errors;
  if (broken !== undefined) throw refused(file, broken.message);
  const rules = Rules.safeParse(document.toJS());
  if (!rules.success) throw refused(file, z.prettifyError(rules.error));
  try {
    return compileRules(rules.data);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw refused(file, cause.message, cause);
  }
}

function refused(file: string | URL, reason: string, cause?: AppError): AppError {
  const message = `The rules in ${String(file)} cannot be used:\n${reason}`;
  return new AppError('invalid', message, { cause });
}
