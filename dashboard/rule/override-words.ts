import type { Override } from '../../gateway/protocol/rule/override.ts';
import { readValue } from '../../gateway/protocol/rule/override.ts';
import { ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { settingName, settingValue } from '../../gateway/protocol/rule/sentence-setting.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import type { RuleWords } from '../text/rule-sv.ts';

/** What a home has of its own, in words. */
export function overrideWords(
  rule: Rule | null,
  override: Override | null,
  words: RuleWords,
  language: Language,
): string {
  if (override === null) return words.own.same;
  if (override.off === true) return words.own.off;
  const { during } = override;
  const values = Object.entries(override.values ?? {}).map(([name, given]) => {
    const key = ParameterKey.safeParse(name);
    const value = key.success ? readValue(key.data, given) : null;
    return key.success && value !== null && rule !== null
      ? `${settingName(rule, key.data, language)}: ${settingValue(rule, key.data, value, language)}`
      : `${name}: ${given}`;
  });
  const hours = during === undefined ? [] : [`${words.own.window}: ${during.from}–${during.to}`];
  return [...values, ...hours].join(' · ');
}
