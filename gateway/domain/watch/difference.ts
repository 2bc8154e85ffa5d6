import { type Alert, isLive } from '../alert/alert.ts';
import { watchPolicies } from '../alert/policy.ts';
import type { ServicePlace } from '../alert/raise.ts';
import type { MunicipalityFile } from '../duty/arrangement.ts';
import type { Call } from '../home/call.ts';
import { type Condition, staffingIds, type WatchId } from './condition.ts';

/** Somebody who resolved an alert about what goes on is asked again, but not at once. */
export const askedAgainAfterMs = 60 * 60_000;

export interface ServiceCall {
  place: ServicePlace;
  call: Call;
}

export interface Comparison {
  municipality: MunicipalityFile;
  wrong: readonly Condition[];
  /** Of what cannot be told now, what is live stays. */
  unknown: ReadonlySet<WatchId>;
  live: readonly Alert[];
  /** When each need was last raised by us and has been wrong ever since. */
  raisedAt: ReadonlyMap<string, number>;
  at: number;
}

/** What is to be called for so that what is live is what is wrong. Empty when it is. */
export function differenceOf(comparison: Comparison): readonly ServiceCall[] {
  const { municipality, wrong, unknown, live, raisedAt, at } = comparison;
  const place = (unitId: string | null, id: string): ServicePlace => ({
    municipalityId: municipality.id,
    unitId,
    timeZone: municipality.timeZone,
    policy: staffingIds.has(id as WatchId) ? watchPolicies.staffing : watchPolicies.system,
  });
  const needs = new Set(wrong.map(({ need }) => need));
  const alerts = live.filter(isLive);
  const known = new Map(alerts.map((alert) => [alert.need, alert]));
  const over = alerts.filter(
    ({ need, rule, clearedAt }) =>
      clearedAt === null && !needs.has(need) && !unknown.has(rule.id as WatchId),
  );
  const isNew = ({ need }: Condition) => {
    const alert = known.get(need);
    if (alert !== undefined) return alert.clearedAt !== null;
    const before = raisedAt.get(need);
    return before === undefined || at - before >= askedAgainAfterMs;
  };
  return [
    ...over.map(({ need, rule, unitId }) => ({
      place: place(unitId, rule.id),
      call: { type: 'clear' as const, need, since: at },
    })),
    ...wrong.filter(isNew).map((condition) => ({
      place: place(condition.unitId, condition.rule.id),
      call: raiseOf(condition),
    })),
  ];
}

function raiseOf({ need, rule, since }: Condition): Call {
  return {
    type: 'raise',
    need,
    rule: { ...rule, version: 1 },
    severity: 'technical',
    about: 'technical',
    deviceId: null,
    eventId: null,
    since,
    lateMs: null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: true,
    inhibits: [],
  };
}
