import type { AlertEvent, Raised } from '../domain/alert/alert-event.ts';
import type { Alert } from '../domain/alert/alert.ts';

/** What bodies lack that were stored before alerts could wait for each other. */
const added = { inhibits: [], inhibitedBy: null, mustBeHeard: false } as const;

/** An alert as it was stored, whichever version of Vaka did that. */
export function readAlert(body: string): Alert {
  const stored = JSON.parse(body) as Alert;
  return { ...added, ...stored, rule: withAction(stored.rule) };
}

/** An alert event as it was stored, whichever version of Vaka did that. */
export function readAlertEvent(body: string): AlertEvent {
  const stored = JSON.parse(body) as AlertEvent;
  if (stored.type !== 'raised') return stored;
  return { ...stored, inhibits: stored.inhibits ?? [], rule: withAction(stored.rule) };
}

function withAction(rule: Omit<Raised['rule'], 'action'> & Partial<Raised['rule']>) {
  return { ...rule, action: rule.action ?? null };
}
