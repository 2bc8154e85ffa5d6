import type { AlertView } from '../../gateway/protocol/alert.ts';
import { isCalling } from '../alert/order.ts';
import type { Board } from './board.ts';

export interface Announcement {
  alert: AlertView;
  kind: 'new' | 'returned';
  /** Interrupts what is being read. */
  isUrgent: boolean;
}

/** What a reader who cannot see the board must be told about the step from one to the next. */
export function announcementsOf(before: Board, after: Board): Announcement[] {
  return [...after.alerts.values()].flatMap((alert) => {
    const earlier = before.alerts.get(alert.id);
    if (!isCalling(alert) || (earlier !== undefined && isCalling(earlier))) return [];
    const isUrgent = alert.severity === 'emergency' && !alert.isTest;
    return [{ alert, kind: earlier === undefined ? 'new' : 'returned', isUrgent } as const];
  });
}
