import type { PlannedHome } from '../duty/responsibility.ts';
import type { AlertEvent } from './alert-event.ts';
import { type Alert, stepOf } from './alert.ts';
import { askOn, isWaitedFor, reachOf } from './ask.ts';
import type { AlertTerms } from './terms.ts';

/** Who answers for an alert from now on, and by which policy. */
interface Assignment extends Pick<Alert, 'unitId' | 'unitUntil' | 'isTest' | 'policy'> {
  /** What was raised in a test that is over is a test no longer. */
  becomesReal: boolean;
}

/** Time has passed, or somebody has called again, perhaps with another device than the one on trial. */
type Because = 'time' | { call: { deviceId: string | null } };

/**
 * Gives the alert to whoever answers for the home now, and makes a real one of what was raised in a test that is over;
 * what somebody has taken stays a test until it calls again.
 */
export function assign(
  alert: Alert,
  at: number,
  terms: AlertTerms,
  because: Because = 'time',
): AlertEvent[] {
  const home = homeOf(alert);
  if (home === null) return [];
  const { becomesReal, ...next } = assignmentOf(alert, home, { at, terms, because });
  const isMoved = next.unitId !== alert.unitId;
  if (!isMoved && !becomesReal && next.unitUntil === alert.unitUntil) return [];
  const reason = becomesReal ? 'test-ended' : 'plan';
  const assigned = { type: 'assigned', at, reason, ...next } as const;
  const asksAnew = becomesReal || (isMoved && isAsking(next, alert));
  if (!asksAnew) {
    return [{ ...assigned, step: alert.step, reached: null, dueAt: alert.stateDueAt ?? at }];
  }
  const moved = { ...alert, ...next };
  const reached = reachOf(moved, 0, at, terms);
  const dueAt = isWaitedFor(moved, 0, reached) ? at + stepOf(moved, 0).waitMs : at;
  const asked: AlertEvent = { ...assigned, step: 0, reached, dueAt };
  return [asked, ...askOn(moved, { at, step: 0, reached }, terms)];
}

function homeOf({ homeId, homeUnitId, municipalityId, timeZone }: Alert): PlannedHome | null {
  if (homeId === null || homeUnitId === null) return null;
  return { id: homeId, municipalityId, unitId: homeUnitId, timeZone };
}

function isAsking(
  { isTest }: Pick<Assignment, 'isTest'>,
  { state, held, inhibitedBy }: Alert,
): boolean {
  return !isTest && state === 'firing' && held === null && inhibitedBy === null;
}

function assignmentOf(
  alert: Alert,
  home: PlannedHome,
  { at, terms, because }: { at: number; terms: AlertTerms; because: Because },
): Assignment {
  const { unitId, until } = terms.responsibleFor(home, at);
  const { deviceId } = because === 'time' ? alert : because.call;
  const test = alert.isTest ? terms.testModeOf(home.id, deviceId, at) : null;
  if (test !== null) {
    const unitUntil = Math.min(until ?? Infinity, test.until);
    return { unitId, unitUntil, isTest: true, policy: alert.policy, becomesReal: false };
  }
  const becomesReal = alert.isTest && (alert.state === 'firing' || because !== 'time');
  if (!becomesReal) {
    const { isTest, policy } = alert;
    return { unitId, unitUntil: until, isTest, policy, becomesReal };
  }
  const { severity, municipalityId } = alert;
  const policy = terms.policyFor({ severity, municipalityId, homeId: home.id, unitId });
  return { unitId, unitUntil: until, isTest: false, policy, becomesReal };
}
