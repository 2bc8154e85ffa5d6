import type { Severity } from '../../protocol/alert.ts';
import type { Call } from '../home/call.ts';
import type { HomeContext } from '../home/home-context.ts';
import type { AlertChangeSet } from '../ledger.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, begin, evolve, isLive, isWorse } from './alert.ts';
import { type AlertCommand, decide } from './decide.ts';
import { concernsOthers, inhibitionsOf, inhibitorOf } from './inhibition.ts';
import type { EscalationPolicy } from './policy.ts';
import { raised } from './raise.ts';

export interface AlertTerms {
  newAlertId: () => string;
  policyOf: (severity: Severity, home: HomeContext) => EscalationPolicy;
}

/**
 * The alerts of one piece of work: what was live when it began, and what has become of it. Whoever lets something happen
 * to an alert that `concernsOthers` gives the book all live alerts of its home: the book sees to it that one holds back
 * another as long as it should.
 */
export interface AlertBook {
  /** What a home calls for: a new alert, a repetition, a clearing, or nothing. */
  call: (home: HomeContext, call: Call, at: number) => void;
  /** @throws AppError as `decide` does. */
  command: (alert: Alert, command: AlertCommand) => Alert;
  /** Each alert that was changed since the last `settle`, with its events, in the order of the first change. */
  changes: () => readonly AlertChangeSet[];
  /** Hands over the changes, and forgets them and what is resolved. */
  settle: () => readonly AlertChangeSet[];
}

/** The live alerts of a home, by need. */
interface LiveAlerts {
  alerts: Map<string, Alert>;
  /** Those that may hold back others, or wait: where there are none, nothing is to be worked out. */
  concerned: Set<string>;
}

/** What lets no alert hold back another, nor ends it; a book may meet it without knowing the rest of the home. */
function isInconsequential(event: AlertEvent, before: Alert): boolean {
  if (event.type === 'repeated') {
    const isSame = before.inhibitedBy === null && before.clearedAt === null;
    return isSame && !isWorse(event.severity, before.severity);
  }
  return inconsequential.has(event.type);
}

const inconsequential: ReadonlySet<AlertEvent['type']> = new Set<AlertEvent['type']>([
  'delivered',
  'declined',
  'commented',
  'notified',
]);

export function openBook(live: readonly Alert[], terms: AlertTerms): AlertBook {
  const homes = new Map<string, LiveAlerts>();
  const changed = new Map<string, { alert: Alert; events: AlertEvent[] }>();
  for (const alert of live) keep(alert);

  function keep(alert: Alert): void {
    const home = homes.get(alert.homeId) ?? { alerts: new Map(), concerned: new Set() };
    const { need } = alert;
    // What is over must not take the place of what lives with the same need.
    if (!isLive(alert) && home.alerts.get(need)?.id !== alert.id) return;
    if (isLive(alert)) home.alerts.set(need, alert);
    else home.alerts.delete(need);
    if (isLive(alert) && concernsOthers(alert)) home.concerned.add(need);
    else home.concerned.delete(need);
    if (home.alerts.size > 0) homes.set(alert.homeId, home);
    else homes.delete(alert.homeId);
  }

  function currentOf(alert: Alert): Alert {
    const known = homes.get(alert.homeId)?.alerts.get(alert.need);
    return changed.get(alert.id)?.alert ?? (known?.id === alert.id ? known : alert);
  }

  function record(alert: Alert, events: readonly AlertEvent[]): void {
    const change = changed.get(alert.id) ?? { alert, events: [] };
    change.alert = alert;
    change.events.push(...events);
    changed.set(alert.id, change);
    keep(alert);
  }

  function apply(current: Alert, asked: AlertCommand): readonly AlertEvent[] {
    const events = decide(current, asked);
    if (events.length > 0) record(events.reduce(evolve, current), events);
    return events;
  }

  /** Holds back, and gives back, what the live alerts of a home now ask for. */
  function settleInhibitions(homeId: string, at: number): void {
    const home = homes.get(homeId);
    if (home === undefined || home.concerned.size === 0) return;
    const alerts = [...home.alerts.values()];
    const inhibitions = inhibitionsOf(alerts);
    for (const alert of alerts) {
      const by = inhibitions.get(alert.id);
      if (by !== undefined) apply(alert, { type: 'inhibit', inhibitor: inhibitorOf(by), at });
      else if (alert.inhibitedBy !== null) release(alert, alerts, at);
    }
  }

  function release(alert: Alert, alerts: readonly Alert[], at: number): void {
    const inhibitor = alerts.find(({ id }) => id === alert.inhibitedBy?.id);
    const isOutgrown = inhibitor !== undefined && isWorse(alert.severity, inhibitor.severity);
    const reason = isOutgrown ? 'worse' : 'uninhibited';
    const isGone = inhibitor === undefined && isResolvedHere(alert.inhibitedBy?.id);
    apply(alert, { type: 'release', reason: isGone ? 'inhibitor-resolved' : reason, at });
  }

  function isResolvedHere(id: string | undefined): boolean {
    return id !== undefined && changed.get(id)?.alert.state === 'resolved';
  }

  function command(alert: Alert, asked: AlertCommand): Alert {
    const current = currentOf(alert);
    if (asked.type === 'tick' && current.inhibitedBy !== null) {
      // Looked at with another alert of its home already.
      if (current.dueAt !== null && current.dueAt > asked.at) return current;
      keep(current);
      settleInhibitions(current.homeId, asked.at);
    } else if (!apply(current, asked).every((event) => isInconsequential(event, current))) {
      settleInhibitions(current.homeId, asked.at);
    }
    return currentOf(current);
  }

  return {
    command,
    call: (home, call, at) => {
      const alert = homes.get(home.id)?.alerts.get(call.need);
      if (alert !== undefined) {
        command(alert, { ...call, at });
      } else if (call.type === 'raise' && !call.worsening) {
        const policy = terms.policyOf(call.severity, home);
        const event = raised(call, home, { alertId: terms.newAlertId(), at, policy });
        record(begin(event), [event]);
        settleInhibitions(home.id, at);
      }
    },
    changes: () => [...changed.values()],
    settle: () => {
      const changes = [...changed.values()];
      changed.clear();
      return changes;
    },
  };
}
