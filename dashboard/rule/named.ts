import type { RuleTemplate, RuleView } from '../../gateway/protocol/rule/rule-api.ts';
import type { Text } from '../../gateway/protocol/text.ts';

/** What a rule is called. */
export interface Named {
  id: string;
  title: Text;
}

/** The municipality's rules, and those of the library that it does not have: a rule may speak of either. */
export function namedRules(
  rules: readonly RuleView[] | null,
  templates: readonly RuleTemplate[] | null,
): Named[] {
  const own = (rules ?? []).map(({ id, title }) => ({ id, title }));
  const taken = new Set(own.map(({ id }) => id));
  const others = (templates ?? []).filter(({ id }) => !taken.has(id));
  return [...own, ...others.map(({ id, title }) => ({ id, title }))];
}
