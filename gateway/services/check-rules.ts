import { isMap, parseDocument } from 'yaml';

import { AppError } from '../domain/errors.ts';
import { compileRule } from '../domain/home/rule-set.ts';
import { warningsOf } from '../domain/home/where-warning.ts';
import { inhibitionProblems } from '../domain/rule-warning.ts';
import { type ReadRule, readRules, type RuleProblem } from '../protocol/rule/read-rule.ts';
import type { Rule } from '../protocol/rule/rule.ts';

/** A text of rules, judged as a whole: `rules` is empty unless all of it can be used. */
export interface CheckedRules {
  rules: readonly ReadRule[];
  problems: readonly RuleProblem[];
  warnings: readonly RuleProblem[];
}

/** Judges a text of rules as somebody is about to save it; `others` are rules that hold beside them. */
export function checkRules(source: string, others: readonly Rule[]): CheckedRules {
  const read = readRules(source);
  if (!read.ok) return { rules: [], problems: read.problems, warnings: [] };
  const at = (path: readonly PropertyKey[], message: string): RuleProblem => ({
    ...read.placeOf(path),
    path: path.map(String).join('.'),
    message,
  });
  const problems = read.rules.flatMap(({ rule }, index) =>
    whereProblems(rule).map((message) => at([index, 'where'], message)),
  );
  const given = read.rules.map(({ rule }) => rule);
  const beside = others.filter(({ id }) => given.every((rule) => rule.id !== id));
  const warnings = inhibitionProblems([...beside, ...given]).flatMap(({ ruleId, message }) => {
    const index = given.findIndex(({ id }) => id === ruleId);
    return index < 0 ? [] : [at([index, 'inhibits'], message)];
  });
  return { rules: problems.length === 0 ? read.rules : [], problems, warnings };
}

function whereProblems(rule: Rule): readonly string[] {
  try {
    compileRule(rule);
  } catch (cause) {
    if (cause instanceof AppError) return [cause.message];
    throw cause;
  }
  return warningsOf(rule.where ?? 'true').map(({ message }) => message);
}

/** The one rule of a text, with the text to keep: as it was written, unless it stood in a list. */
export function onlyRuleOf(source: string): { rule: Rule; source: string } {
  const { rules, problems } = checkRules(source, []);
  if (problems.length > 0) throw refused(problems);
  const [first, second] = rules;
  if (first === undefined || second !== undefined)
    throw new AppError('invalid', 'Write one rule, neither more nor less.');
  const text = isMap(parseDocument(source).contents) ? source : first.source;
  return { rule: first.rule, source: `${text.trim()}\n` };
}

function refused(problems: readonly RuleProblem[]): AppError {
  const lines = problems.map(({ line, column, path, message }) =>
    [`line ${line}, column ${column}:`, path, message].filter((part) => part !== '').join(' '),
  );
  return new AppError('invalid', `The rule cannot be used:\n${lines.join('\n')}`);
}
