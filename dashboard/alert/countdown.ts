import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Dictionary } from '../text/sv.ts';
import { askedWords, isSameAsked } from './asked.ts';

type Next = NonNullable<AlertView['next']>;

/** How much of the ring is left, from 1 to 0. */
export function remainingShare({ since, at }: Pick<Next, 'since' | 'at'>, now: number): number {
  if (at <= since) return 0;
  return Math.min(1, Math.max(0, (at - now) / (at - since)));
}

/** Whether the deadline asks those again who are asked now. */
export function asksSameAgain({ next, asked }: Pick<AlertView, 'next' | 'asked'>): boolean {
  const isAsking = next?.what === 'escalate' || next?.what === 'ask-again';
  return isAsking && isSameAsked(next.asks, asked);
}

/** What happens by itself at the deadline, in the words of the reader. */
export function nextWords(
  { what, asks }: Next,
  { alert, meId, words }: { alert: AlertView; meId: string; words: Dictionary },
): string {
  const who = askedWords(asks, { meId, words });
  switch (what) {
    case 'escalate':
    case 'ask-again':
      return words.next.ask(who, isSameAsked(asks, alert.asked));
    case 'return':
      return words.next.return;
    case 'remind': {
      const { acceptedBy } = alert;
      return words.next.remind(acceptedBy?.id === meId ? null : (acceptedBy?.name ?? '?'));
    }
    case 'hold-ends':
      return words.next.release(who);
  }
}
