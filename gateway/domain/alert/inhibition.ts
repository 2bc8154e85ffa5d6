import { queueOf } from '../scope.ts';
import type { Inhibitor } from './alert-event.ts';
import { type Alert, isLive, isWorse } from './alert.ts';

/** Whether one alert may hold back the other, as long as it is not itself held back. */
export function mayHoldBack(inhibitor: Alert, alert: Alert): boolean {
  return (
    inhibitor.inhibits.includes(alert.rule.id) &&
    mayGoBefore(inhibitor, alert) &&
    inhibitor.homeId !== null &&
    inhibitor.homeId === alert.homeId &&
    isHeard(inhibitor) &&
    alert.state === 'firing' &&
    alert.held === null &&
    !alert.mustBeHeard &&
    !isWorse(alert.severity, inhibitor.severity) &&
    !isAfter(alert, inhibitor) &&
    (alert.isTest || !inhibitor.isTest)
  );
}

/**
 * Of one rule's alerts the first that was raised goes on asking, or the one that somebody has: what was silent for longer
 * before it was missed must not ask for the same home once more.
 */
function mayGoBefore(inhibitor: Alert, alert: Alert): boolean {
  if (inhibitor.rule.id !== alert.rule.id) return true;
  if (inhibitor.state !== 'firing') return inhibitor.id !== alert.id;
  return (inhibitor.raisedAt - alert.raisedAt || compare(inhibitor, alert)) < 0;
}

/**
 * Whether the alert is of something new: from after the inhibitor's condition had ended, or from when its carer on site
 * has been reminded to resolve it and has probably forgotten.
 */
function isAfter({ latestSince }: Alert, { clearedAt, arrivedAt, policy }: Alert): boolean {
  if (clearedAt !== null && latestSince > clearedAt) return true;
  return arrivedAt !== null && latestSince >= arrivedAt + policy.reminderMs;
}

/** What a person has silenced holds nothing back: then nobody would hear of either. */
function isHeard(alert: Alert): boolean {
  return isLive(alert) && !(alert.state === 'firing' && alert.held !== null);
}

/**
 * Which alert each of a home's live alerts waits for, by the id of the one that waits. The order of the alerts does not
 * matter, and what holds another back is never held back itself: so at least one is heard.
 */
export function inhibitionsOf(live: readonly Alert[]): ReadonlyMap<string, Alert> {
  const able = live.filter(({ inhibits }) => inhibits.length > 0).sort(compare);
  const heard = new Set<Alert>();
  const waiting = new Map<string, Alert>();
  let undecided: Undecided[] = [];
  for (const alert of live) {
    const rivals = able.filter((other) => mayHoldBack(other, alert));
    if (rivals.length === 0) heard.add(alert);
    else undecided.push({ alert, rivals });
  }
  undecided.sort((a, b) => compare(a.alert, b.alert));
  const hear = (first: Undecided | undefined) => first !== undefined && heard.add(first.alert);
  while (undecided.length > 0) {
    const left = undecided.filter(({ alert, rivals }) => {
      const inhibitor = preferred(alert, rivals, heard);
      if (inhibitor !== undefined) waiting.set(alert.id, inhibitor);
      else if (rivals.every(({ id }) => waiting.has(id))) heard.add(alert);
      return inhibitor === undefined && !heard.has(alert);
    });
    // They only wait for each other: the first of them is heard.
    if (left.length === undecided.length) hear(left.shift());
    undecided = left;
  }
  return waiting;
}

interface Undecided {
  alert: Alert;
  /** Those that may hold it back. */
  rivals: readonly Alert[];
}

/** The one it waits for already, if that still holds. */
function preferred(
  alert: Alert,
  rivals: readonly Alert[],
  heard: ReadonlySet<Alert>,
): Alert | undefined {
  const able = rivals.filter((rival) => heard.has(rival));
  return able.find(({ id }) => id === alert.inhibitedBy?.id) ?? able[0];
}

/** Most severe first, then the earliest, and the rest so that the order in which rules are listed plays no part. */
function compare(a: Alert, b: Alert): number {
  if (isWorse(a.severity, b.severity)) return -1;
  if (isWorse(b.severity, a.severity)) return 1;
  return a.since - b.since || (a.need < b.need ? -1 : Number(a.need > b.need));
}

/** Whether what becomes of an alert may concern the others of its home. */
export function concernsOthers(alert: Alert): boolean {
  return alert.inhibits.length > 0 || alert.inhibitedBy !== null || alert.held !== null;
}

export function inhibitorOf(alert: Alert): Inhibitor {
  return { id: alert.id, title: alert.rule.title, queue: queueOf(alert) };
}
