import { readRules } from '../../gateway/protocol/rule/read-rule.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import type { RuleWords } from '../text/rule-sv.ts';
import { onlyOne } from './draft.ts';

/** The rule that a stored text holds; null if it cannot be read by this version of the dashboard. */
export function ruleOf(source: string): Rule | null {
  const read = readRules(source);
  return read.ok ? (read.rules[0]?.rule ?? null) : null;
}

/** What is wrong, in the reader's language where there are words for it. */
export function explainProblem(
  { path, message }: { path: string; message: string },
  words: RuleWords,
): string {
  return message === onlyOne ? words.onlyOne : words.mend(path, message);
}
