import { severities } from '../../gateway/protocol/alert.ts';
import {
  type Need,
  needs,
  type RuleTemplate,
  type RuleView,
} from '../../gateway/protocol/rule/rule-api.ts';

export type Grouping = 'severity' | 'need';

export interface Group<T> {
  key: string;
  items: readonly T[];
}

/** Rules of the same severity, or those from the library for the same need and last one's own. */
export function groupRules(
  rules: readonly RuleView[],
  templates: readonly RuleTemplate[],
  by: Grouping,
): Group<RuleView>[] {
  const needOf = new Map<string, Need>(templates.map(({ id, need }) => [id, need]));
  const keys: readonly string[] = by === 'severity' ? severities : [...needs, 'own'];
  const keyOf = (rule: RuleView) =>
    by === 'severity' ? rule.severity : (needOf.get(rule.id) ?? 'own');
  return groupsOf(rules, keys, keyOf);
}

export function groupTemplates(templates: readonly RuleTemplate[]): Group<RuleTemplate>[] {
  return groupsOf(templates, needs, ({ need }) => need);
}

function groupsOf<T>(
  items: readonly T[],
  keys: readonly string[],
  keyOf: (item: T) => string,
): Group<T>[] {
  return keys
    .map((key) => ({ key, items: items.filter((item) => keyOf(item) === key) }))
    .filter((group) => group.items.length > 0);
}
