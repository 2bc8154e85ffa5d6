import type { Asked } from '../../gateway/protocol/alert.ts';
import type { Dictionary } from '../text/sv.ts';

/** Whom an alert asks, in one phrase; null when it asks nobody. */
export function askedWords(
  asked: readonly Asked[],
  { meId, words }: { meId: string; words: Pick<Dictionary, 'asked' | 'locale'> },
): string | null {
  if (asked.length === 0) return null;
  const names = asked.map(({ who, id, name }) => {
    if (who === 'person' && id === meId) return words.asked.me;
    return name ?? words.asked[who];
  });
  return new Intl.ListFormat(words.locale, { type: 'conjunction' }).format(new Set(names));
}

/** Whether the same are asked, in whatever order. */
export function isSameAsked(a: readonly Asked[], b: readonly Asked[]): boolean {
  const keys = (asked: readonly Asked[]) => asked.map(keyOf).toSorted().join('\n');
  return keys(a) === keys(b);
}

function keyOf({ who, id }: Asked): string {
  return `${who} ${id ?? ''}`;
}
