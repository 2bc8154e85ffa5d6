import { type Severity, severities } from '../protocol/alert.ts';
import type { Rule } from '../protocol/rule/rule.ts';

/** What may be meant in a rule, and probably is not. */
export interface RuleWarning {
  ruleId: string;
  message: string;
}

/** What the rules of one set say about holding back each other's alerts that can never come about. */
export function inhibitionProblems(rules: readonly Rule[]): readonly RuleWarning[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return rules.flatMap((rule) =>
    (rule.inhibits ?? []).flatMap((targetId) => {
      const message = problemOf(rule, targetId, byId.get(targetId));
      return message === null ? [] : [{ ruleId: rule.id, message }];
    }),
  );
}

function problemOf(rule: Rule, targetId: string, target: Rule | undefined): string | null {
  if (target === undefined) {
    return `\`inhibits\` names "${targetId}", and there is no such rule: check how it is spelled.`;
  }
  const most = rule.then?.severity ?? rule.severity;
  if (rankOf(target.severity) >= rankOf(most)) return null;
  if (most === 'technical') {
    return `"${targetId}" is about a person and this rule about equipment, so it is never held back: take it out of \`inhibits\`.`;
  }
  return `"${targetId}" is ${target.severity} and this rule ${most} at the most, so it is never held back: take it out of \`inhibits\`, or change a severity.`;
}

function rankOf(severity: Severity): number {
  return severities.indexOf(severity);
}
