import type { Language } from '../text.ts';
import { isDurationKey, type ParameterKey } from './parameter.ts';
import { durationWords, numberWords } from './sentence-number.ts';
import { boundsOf, parameterKeysOf, type Tunable } from './setting.ts';

const names: Record<Language, Record<Exclude<ParameterKey, `parameters.${string}`>, string>> = {
  sv: {
    for: 'väntan innan larm',
    'count.times': 'antalet gånger',
    'count.within': 'tiden att räkna inom',
    'absence.for': 'hur länge det får vara tyst',
    'then.within': 'väntan innan det höjs',
    cooldown: 'vilan efter ett larm',
  },
  en: {
    for: 'the wait before an alert',
    'count.times': 'the number of times',
    'count.within': 'the time to count within',
    'absence.for': 'how long it may be silent',
    'then.within': 'the wait before it is raised',
    cooldown: 'the rest after an alert',
  },
};

function isNamed(key: ParameterKey): key is `parameters.${string}` {
  return key.startsWith('parameters.');
}

/** What people call a value that may be tuned. */
export function settingName(rule: Tunable, key: ParameterKey, language: Language): string {
  if (!isNamed(key)) return names[language][key];
  const name = key.slice('parameters.'.length);
  return rule.parameters?.[name]?.title?.[language] ?? name;
}

/** A value of it with its unit, such as "2 minutes" or "15 %". */
export function settingValue(
  rule: Tunable,
  key: ParameterKey,
  value: number,
  language: Language,
): string {
  if (isDurationKey(key)) return durationWords(value, language);
  const unit = isNamed(key) ? (rule.parameters?.[key.slice('parameters.'.length)]?.unit ?? '') : '';
  return `${numberWords(value, language)} ${unit}`.trimEnd();
}

/** What a home may set, and within what. */
export function settingRanges(
  rule: Tunable,
  language: Language,
  range: (name: string, min: string, max: string) => string,
): string[] {
  return parameterKeysOf(rule).flatMap((key) => {
    const bounds = boundsOf(rule, key);
    if (bounds === null) return [];
    const said = (value: number) => settingValue(rule, key, value, language);
    const name = settingName(rule, key, language);
    const inner = `${name[0]?.toLowerCase() ?? ''}${name.slice(1)}`;
    return [range(inner, said(bounds.min), said(bounds.max))];
  });
}
