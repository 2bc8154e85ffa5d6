import type { Raise } from '../home/call.ts';
import type { HomeContext } from '../home/home-context.ts';
import type { Raised } from './alert-event.ts';
import type { EscalationPolicy } from './policy.ts';

/** The beginning of an alert for a need that has no live one. */
export function raised(
  call: Raise,
  home: Pick<HomeContext, 'id' | 'municipalityId' | 'unitId'>,
  terms: { alertId: string; at: number; policy: EscalationPolicy },
): Raised {
  const { need, rule, severity, deviceId, eventId, since, lateMs, leavesWhenCleared, inhibits } =
    call;
  return {
    type: 'raised',
    at: terms.at,
    alertId: terms.alertId,
    municipalityId: home.municipalityId,
    unitId: home.unitId,
    homeId: home.id,
    need,
    rule,
    severity,
    deviceId,
    eventId,
    since,
    lateMs,
    leavesWhenCleared,
    inhibits,
    isTest: false,
    policy: terms.policy,
    dueAt: terms.at + terms.policy.steps[0].waitMs,
  };
}
