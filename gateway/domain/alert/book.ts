import type { Call } from '../home/call.ts';
import type { HomeContext } from '../home/home-context.ts';
import type { AlertChangeSet } from '../ledger.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, begin, isLive, isWorse } from './alert.ts';
import { type AlertCommand, decide } from './decide.ts';
import { evolve } from './evolve.ts';
import { concernsOthers, inhibitionsOf, inhibitorOf } from './inhibition.ts';
import { raisedByHome, raisedByService, type ServicePlace } from './raise.ts';
import { staffOnSite } from './staff-on-site.ts';
import type { AlertTerms, Held } from './terms.ts';

/**
 * The alerts of one piece of work: what was live when it began, and what has become of it. Whoever lets something happen
 * to an alert that `concernsOthers` gives the book all live alerts of its home: the book sees to it that one holds back
 * another as long as it should.
 */
export interface AlertBook {
  /** What a home calls for: a new alert, a repetition, a clearing, or nothing. */
  call: (home: HomeContext, call: Call, at: number) => void;
  /** What the service itself calls for; the book has been given `serviceAlerts` of the municipality. */
  callService: (place: ServicePlace, call: Call, at: number) => void;
  /** @throws AppError as `decide` does. */
  command: (alert: Alert, command: AlertCommand) => Alert;
  /** Each alert that was changed since the last `settle`, with its events, in the order of the first change. */
  changes: () => readonly AlertChangeSet[];
  /** Hands over the changes, and forgets them and what is resolved. */
  settle: () => readonly AlertChangeSet[];
}

/** The live alerts of a home, or of a municipality's service, by need. */
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
  'undelivered',
  'declined',
  'help-wanted',
  'joined',
  'commented',
  'notified',
]);

/** Whether a silence that was meant for it may be so no longer, or another one is. */
function movesHold(event: AlertEvent, before: Alert): boolean {
  if (event.type === 'repeated')
    return before.held !== null && isWorse(event.severity, before.severity);
  return event.type === 'assigned';
}

function placeOf({ homeId, municipalityId }: Pick<Alert, 'homeId' | 'municipalityId'>): string {
  return homeId === null ? `service of ${municipalityId}` : `home ${homeId}`;
}

export function openBook(given: readonly Alert[], terms: AlertTerms): AlertBook {
  const homes = new Map<string, LiveAlerts>();
  const changed = new Map<string, { alert: Alert; before: Alert | null; events: AlertEvent[] }>();
  for (const alert of given) keep(alert);

  function keep(alert: Alert): void {
    const place = placeOf(alert);
    const home = homes.get(place) ?? { alerts: new Map(), concerned: new Set() };
    const { need } = alert;
    // What is over must not take the place of what lives with the same need.
    if (!isLive(alert) && home.alerts.get(need)?.id !== alert.id) return;
    if (isLive(alert)) home.alerts.set(need, alert);
    else home.alerts.delete(need);
    if (isLive(alert) && concernsOthers(alert)) home.concerned.add(need);
    else home.concerned.delete(need);
    if (home.alerts.size > 0) homes.set(place, home);
    else homes.delete(place);
  }

  function currentOf(alert: Alert): Alert {
    const known = homes.get(placeOf(alert))?.alerts.get(alert.need);
    return changed.get(alert.id)?.alert ?? (known?.id === alert.id ? known : alert);
  }

  function record(before: Alert | null, alert: Alert, events: readonly AlertEvent[]): void {
    const change = changed.get(alert.id) ?? { alert, before, events: [] };
    change.alert = alert;
    change.events.push(...events);
    changed.set(alert.id, change);
    keep(alert);
  }

  /** Goes by what has become of the alert in this book, however old the one that is given. */
  function apply(alert: Alert, asked: AlertCommand): readonly AlertEvent[] {
    const current = currentOf(alert);
    const events = decide(current, asked, terms);
    if (events.length > 0) record(current, events.reduce(evolve, current), events);
    return events;
  }

  /** Why it is to ask nobody now. Only the live alerts of its home tell whether staff are there. */
  function heldBy(alert: Alert, at: number): Held | null {
    const live = homes.get(placeOf(alert))?.alerts.values() ?? [];
    return terms.heldBy(alert, at) ?? staffOnSite(alert, live, at);
  }

  function holdBack(alert: Alert, at: number): void {
    const held = heldBy(alert, at);
    if (held !== null) apply(alert, { type: 'hold', ...held, at });
  }

  /** Begins to hold it back, or ends that, as people have arranged it by now; what somebody insisted on goes on. */
  function settleHold(alert: Alert, at: number): void {
    if (alert.state !== 'firing' || alert.inhibitedBy !== null) return;
    const held = heldBy(alert, at);
    if (held === null) apply(alert, { type: 'unhold', at });
    else if (held.why === 'staff-on-site' && alert.held?.why === held.why) return;
    else if (alert.held !== null || !alert.mustBeHeard) apply(alert, { type: 'hold', ...held, at });
  }

  /** Holds back, and gives back, what the live alerts of a home now ask for. */
  function settleInhibitions(place: string, at: number): void {
    const home = homes.get(place);
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
    // A silence may have begun while it waited.
    holdBack(currentOf(alert), at);
  }

  function isResolvedHere(id: string | undefined): boolean {
    return id !== undefined && changed.get(id)?.alert.state === 'resolved';
  }

  /** Looks again at what waits for another alert, or is held back; what is neither is answered false. */
  function lookAgain(alert: Alert, at: number): boolean {
    if (alert.inhibitedBy === null && alert.held === null) return false;
    const isUnitOver = alert.unitUntil !== null && alert.unitUntil <= at;
    if (alert.stateDueAt === null || alert.stateDueAt > at) return !isUnitOver;
    keep(alert);
    if (alert.inhibitedBy !== null) {
      settleInhibitions(placeOf(alert), at);
      return true;
    }
    const held = heldBy(alert, at);
    apply(alert, held === null ? { type: 'unhold', at } : { type: 'hold', ...held, at });
    settleInhibitions(placeOf(alert), at);
    return true;
  }

  function command(alert: Alert, asked: AlertCommand): Alert {
    const current = currentOf(alert);
    if (asked.type === 'tick' && lookAgain(current, asked.at)) return currentOf(current);
    const events = apply(current, asked);
    const mayBeHeldAnew =
      asked.type === 'assign' || events.some((event) => movesHold(event, current));
    if (mayBeHeldAnew) settleHold(currentOf(current), asked.at);
    if (mayBeHeldAnew || !events.every((event) => isInconsequential(event, current))) {
      settleInhibitions(placeOf(current), asked.at);
    }
    if (events.some(({ type }) => type === 'arrived')) holdBackAround(current, asked.at);
    return currentOf(current);
  }

  /** With staff in the home, what its everyday activity asks for waits. */
  function holdBackAround(alert: Alert, at: number): void {
    const others = Array.from(homes.get(placeOf(alert))?.alerts.values() ?? []);
    for (const other of others) {
      if (other.state === 'firing' && other.held === null) holdBack(other, at);
    }
  }

  function hear(place: string, call: Call, at: number, raise: () => AlertEvent[]): void {
    const alert = homes.get(place)?.alerts.get(call.need);
    if (alert !== undefined) {
      command(alert, { ...call, at });
    } else if (call.type === 'raise' && !call.worsening) {
      const [first, ...rest] = raise();
      if (first?.type !== 'raised') return;
      const raised = rest.reduce(evolve, begin(first));
      record(null, raised, [first, ...rest]);
      holdBack(raised, at);
      settleInhibitions(place, at);
    }
  }

  return {
    command,
    call: (home, call, at) =>
      hear(placeOf({ ...home, homeId: home.id }), call, at, () =>
        call.type === 'raise' ? raisedByHome(call, home, at, terms) : [],
      ),
    callService: (place, call, at) =>
      hear(placeOf({ ...place, homeId: null }), call, at, () =>
        call.type === 'raise' ? raisedByService(call, place, at, terms) : [],
      ),
    changes: () => [...changed.values()],
    settle: () => {
      const changes = [...changed.values()];
      changed.clear();
      return changes;
    },
  };
}
