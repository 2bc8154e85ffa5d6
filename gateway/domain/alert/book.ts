import type { Severity } from '../../protocol/alert.ts';
import type { Call } from '../home/call.ts';
import type { HomeContext } from '../home/home-context.ts';
import type { AlertChangeSet } from '../ledger.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, begin, evolve, isLive } from './alert.ts';
import { type AlertCommand, decide } from './decide.ts';
import type { EscalationPolicy } from './policy.ts';
import { raised } from './raise.ts';

export interface AlertTerms {
  newAlertId: () => string;
  policyOf: (severity: Severity, home: HomeContext) => EscalationPolicy;
}

/** The alerts of one piece of work: what was live when it began, and what has become of it. */
export interface AlertBook {
  /** What a home calls for: a new alert, a repetition, a clearing, or nothing. */
  call: (home: HomeContext, call: Call, at: number) => void;
  /** @throws AppError as `decide` does. */
  command: (alert: Alert, command: AlertCommand) => Alert;
  /** Each alert that was changed, with its events, in the order of the first change. */
  changes: () => readonly AlertChangeSet[];
}

export function openBook(live: readonly Alert[], terms: AlertTerms): AlertBook {
  const byNeed = new Map(live.map((alert) => [keyOf(alert.homeId, alert.need), alert]));
  const changed = new Map<string, { alert: Alert; events: AlertEvent[] }>();

  function record(alert: Alert, events: readonly AlertEvent[]): void {
    const change = changed.get(alert.id) ?? { alert, events: [] };
    change.alert = alert;
    change.events.push(...events);
    changed.set(alert.id, change);
    const key = keyOf(alert.homeId, alert.need);
    if (isLive(alert)) byNeed.set(key, alert);
    else byNeed.delete(key);
  }

  function command(alert: Alert, asked: AlertCommand): Alert {
    const current = changed.get(alert.id)?.alert ?? alert;
    const events = decide(current, asked);
    if (events.length === 0) return current;
    const next = events.reduce(evolve, current);
    record(next, events);
    return next;
  }

  return {
    command,
    call: (home, call, at) => {
      const alert = byNeed.get(keyOf(home.id, call.need));
      if (alert !== undefined) {
        command(alert, { ...call, at });
      } else if (call.type === 'raise' && !call.worsening) {
        const policy = terms.policyOf(call.severity, home);
        const event = raised(call, home, { alertId: terms.newAlertId(), at, policy });
        record(begin(event), [event]);
      }
    },
    changes: () => [...changed.values()],
  };
}

function keyOf(homeId: string, need: string): string {
  return `${homeId}/${need}`;
}
