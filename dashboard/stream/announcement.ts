import type { AlertView } from '../../gateway/protocol/alert.ts';
import { isCalling, wantsReader } from '../alert/order.ts';
import { handedTo, type Board } from './board.ts';

export interface Announcement {
  alert: AlertView;
  kind: 'new' | 'returned' | 'help' | 'handed';
  /** Interrupts what is being read. */
  isUrgent: boolean;
}

/** What a reader who cannot see the board must be told about the step from one to the next. */
export function announcementsOf(before: Board, after: Board, readerId: string): Announcement[] {
  const handed = new Set(
    handedTo(after, readerId)
      .filter(({ alert, seq }) => before.handed.get(alert.id) !== seq)
      .map(({ alert }) => alert.id),
  );
  return [...after.alerts.values()].flatMap((alert) => {
    const kind = handed.has(alert.id)
      ? 'handed'
      : kindOf(alert, before.alerts.get(alert.id), readerId);
    if (kind === null) return [];
    const isUrgent = alert.severity === 'emergency' && !alert.isTest;
    return [{ alert, kind, isUrgent }];
  });
}

function kindOf(
  alert: AlertView,
  earlier: AlertView | undefined,
  readerId: string,
): Announcement['kind'] | null {
  if (isCalling(alert)) {
    if (earlier === undefined) return 'new';
    return isCalling(earlier) ? null : 'returned';
  }
  if (!wantsReader(alert, readerId)) return null;
  return (earlier?.helpWantedAt ?? null) === null ? 'help' : null;
}
