import { severities } from '../../protocol/alert.ts';
import { acceptanceTargets, type FollowUpReport } from '../../protocol/report/follow-up.ts';
import { gather, type Group } from './gather.ts';
import { percentilesOf } from './percentile.ts';
import type { AlertFact } from './report-source.ts';

type Response = FollowUpReport['responses'][number];

/** An alert that asked somebody. */
export interface Asked extends AlertFact {
  askedAt: number;
  timedFrom: number;
}

export function isAsked(alert: AlertFact): alert is Asked {
  return alert.askedAt !== null && alert.timedFrom !== null;
}

/** Of alerts that asked: all of them, then by severity as far as each has homes enough. */
export function responsesOf(
  alerts: readonly Asked[],
  elsewhere: readonly Asked[],
  at: number,
): Response[] {
  const bySeverity = severities.map((severity) => {
    const isIt = (alert: Asked) => alert.severity === severity;
    const own = alerts.filter(isIt);
    return { severity, own, homes: homesOf(own), elsewhere: homesOf(elsewhere.filter(isIt)) };
  });
  const { shown } = gather(bySeverity satisfies readonly Group[]);
  return [
    responseOf(null, alerts, at),
    ...shown.map(({ severity, own }) => responseOf(severity, own, at)),
  ];
}

export function homesOf(alerts: readonly Pick<AlertFact, 'homeId'>[]): ReadonlySet<string> {
  return new Set(alerts.map(({ homeId }) => homeId));
}

/** How long it took until then, in milliseconds, of those that have come to it. */
export function timesTo(
  alerts: readonly Asked[],
  moment: 'screenAt' | 'acceptedAt' | 'arrivedAt' | 'endedAt',
): number[] {
  return alerts.flatMap(({ timedFrom, [moment]: at }) =>
    at === null ? [] : [Math.max(0, at - timedFrom)],
  );
}

function responseOf(
  severity: Response['severity'],
  alerts: readonly Asked[],
  at: number,
): Response {
  return {
    severity,
    alerts: alerts.length,
    screen: percentilesOf(timesTo(alerts, 'screenAt')),
    acceptance: percentilesOf(timesTo(alerts, 'acceptedAt')),
    arrival: percentilesOf(timesTo(alerts, 'arrivedAt')),
    resolution: percentilesOf(timesTo(alerts, 'endedAt')),
    within: acceptanceTargets.map((seconds) => ({
      seconds,
      share: shareWithin(alerts, seconds * 1_000, at),
    })),
    neverAccepted: alerts.filter(({ acceptedAt }) => acceptedAt === null).length,
  };
}

function shareWithin(alerts: readonly Asked[], targetMs: number, at: number): number | null {
  let met = 0;
  let missed = 0;
  for (const alert of alerts) {
    const isMet = alert.acceptedAt !== null && alert.acceptedAt - alert.timedFrom <= targetMs;
    if (isMet) met += 1;
    else if (openUntil(alert, at) - alert.timedFrom >= targetMs) missed += 1;
  }
  return met + missed === 0 ? null : met / (met + missed);
}

/** Until when it could have been accepted; what somebody ended without having accepted it counts as missed. */
function openUntil({ quietAt, acceptedAt, endedAt }: Asked, at: number): number {
  return quietAt ?? acceptedAt ?? (endedAt === null ? at : Infinity);
}
