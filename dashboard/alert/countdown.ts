import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Dictionary } from '../text/sv.ts';

type Next = NonNullable<AlertView['next']>;

/** How much of the ring is left, from 1 to 0. */
export function remainingShare({ since, at }: Pick<Next, 'since' | 'at'>, now: number): number {
  if (at <= since) return 0;
  return Math.min(1, Math.max(0, (at - now) / (at - since)));
}

/** What happens by itself at the deadline, in the words of the reader. */
export function nextWords(
  { what, audience }: Next,
  { alert, meId, words }: { alert: AlertView; meId: string; words: Dictionary },
): string {
  switch (what) {
    case 'escalate':
    case 'ask-again':
      return words.next.ask(audience, audience === alert.audience);
    case 'return':
      return words.next.return;
    case 'remind': {
      const { acceptedBy } = alert;
      return words.next.remind(acceptedBy?.id === meId ? null : (acceptedBy?.name ?? '?'));
    }
  }
}
