import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { Dictionary } from '../text/sv.ts';

/** Who or what was faster, in the reader's language; null when the alert does not tell. */
export function explainConflict(
  alert: AlertView,
  readerId: string,
  words: Pick<Dictionary, 'alert'>,
): string | null {
  if (alert.state === 'resolved') return words.alert.alreadyResolved;
  if (alert.acceptedBy === null || alert.acceptedBy.id === readerId) return null;
  return words.alert.alreadyHas(alert.acceptedBy.name);
}
