import type { RuleVersion } from '../domain/rulebook.ts';
import type { RuleVersionView, RuleView } from '../protocol/rule/rule-api.ts';
import type { Rule } from '../protocol/rule/rule.ts';

/** Names of people, by id. */
export type Names = ReadonlyMap<string, string>;

export function presentAuthor(id: string | null, names: Names): RuleVersionView['author'] {
  return id === null ? null : { id, name: names.get(id) ?? id };
}

export function presentVersion(version: RuleVersion, names: Names): RuleVersionView {
  const { version: number, isOn, source, authorId, at, reason, origin } = version;
  const author = presentAuthor(authorId, names);
  return { version: number, isOn, source, author, at, reason, origin };
}

/** A rule as it stands now; one that cannot be read is shown by its id. */
export function presentRule(
  newest: RuleVersion,
  { rule, overrides, names }: { rule: Rule | null; overrides: number; names: Names },
): RuleView {
  const { ruleId: id } = newest;
  return {
    ...presentVersion(newest, names),
    id,
    title: rule?.title ?? { sv: id, en: id },
    severity: rule?.severity ?? 'technical',
    overrides,
  };
}
