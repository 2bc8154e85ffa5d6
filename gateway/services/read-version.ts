import type { RuleVersion } from '../domain/rulebook.ts';
import { readRules } from '../protocol/rule/read-rule.ts';
import type { Rule } from '../protocol/rule/rule.ts';

/** Reads a version that was kept, perhaps by a newer release whose grammar we do not know. */
export function readVersion({
  ruleId,
  source,
}: Pick<RuleVersion, 'ruleId' | 'source'>):
  | { ok: true; rule: Rule }
  | { ok: false; reason: string } {
  const read = readRules(source);
  if (!read.ok) return { ok: false, reason: read.problems.map(({ message }) => message).join(' ') };
  const [first, ...others] = read.rules;
  if (first?.rule.id !== ruleId || others.length > 0)
    return { ok: false, reason: 'It is not this one rule.' };
  return { ok: true, rule: first.rule };
}
