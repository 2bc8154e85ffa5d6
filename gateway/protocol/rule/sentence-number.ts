import type { Language } from '../text.ts';

const units: Record<Language, readonly (readonly [ms: number, one: string, many: string])[]> = {
  sv: [
    [86_400_000, 'dygn', 'dygn'],
    [3_600_000, 'timme', 'timmar'],
    [60_000, 'minut', 'minuter'],
    [1_000, 'sekund', 'sekunder'],
  ],
  en: [
    [86_400_000, 'day', 'days'],
    [3_600_000, 'hour', 'hours'],
    [60_000, 'minute', 'minutes'],
    [1_000, 'second', 'seconds'],
  ],
};
const digits = { maximumFractionDigits: 3 };
const numbers: Record<Language, Intl.NumberFormat> = {
  sv: new Intl.NumberFormat('sv-SE', digits),
  en: new Intl.NumberFormat('en-GB', digits),
};
const lists = {
  sv: {
    or: new Intl.ListFormat('sv-SE', { type: 'disjunction' }),
    and: new Intl.ListFormat('sv-SE', { type: 'conjunction' }),
  },
  en: {
    or: new Intl.ListFormat('en-GB', { type: 'disjunction' }),
    and: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  },
} satisfies Record<Language, object>;
const second = 1_000;

/** A length of time as people say it, such as "1 hour 30 minutes"; to the second. */
export function durationWords(lengthMs: number, language: Language): string {
  let left = Math.max(second, Math.round(lengthMs / second) * second);
  const words: string[] = [];
  for (const [ms, one, many] of units[language]) {
    const count = Math.floor(left / ms);
    left -= count * ms;
    if (count > 0) words.push(`${count} ${count === 1 ? one : many}`);
  }
  return words.join(' ');
}

/** A number as the language writes it. */
export function numberWords(value: number, language: Language): string {
  return numbers[language].format(value);
}

/** A list as the language says it, with "or" or "and" before the last. */
export function listWords(
  parts: readonly string[],
  joint: 'or' | 'and',
  language: Language,
): string {
  return lists[language][joint].format(parts);
}
