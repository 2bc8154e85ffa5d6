import { useEffect } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useLive } from '../stream/live-context.tsx';

/** Tells the gateway that an alert has been drawn where a person may see it; again when it has called again. */
export function useSeen(alert: AlertView): void {
  const { id, step, repeats, inhibitedBy, held, next, helpWantedAt } = alert;
  const live = useLive();
  const isWaiting = inhibitedBy !== null || held !== null;
  const askedAt = Math.max(next?.since ?? 0, helpWantedAt ?? 0);
  useEffect(() => {
    if (isWaiting) return;
    function tell(): void {
      if (document.visibilityState === 'visible')
        live.seen(id, `${id} ${step} ${repeats} ${askedAt}`);
    }
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [live, id, step, repeats, isWaiting, askedAt]);
}
