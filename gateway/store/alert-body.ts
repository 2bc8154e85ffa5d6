import type { AlertEvent, Raised, Reach } from '../domain/alert/alert-event.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { EscalationPolicy, EscalationStep } from '../domain/alert/policy.ts';

type StoredAlert = Omit<Alert, 'asked'> & {
  /** Missing where a policy asked audiences and not yet parties. */
  asked?: Alert['asked'];
  suppressedUntil?: number | null;
};

/** What bodies lack that were stored before alerts could wait for each other, or ask more than a unit. */
const addedToRaised = { inhibits: [], unitUntil: null, timeZone: 'Europe/Stockholm' } as const;
const added = {
  ...addedToRaised,
  inhibitedBy: null,
  mustBeHeard: false,
  askings: 1,
  reached: { people: [], endpoints: [] },
  endpoints: [],
  declinedBy: [],
  helpWanted: null,
  helpers: [],
  held: null,
} as const;

/** An alert as it was stored, whichever version of Vaka did that. */
export function readAlert(body: string): Alert {
  const stored = { ...added, ...JSON.parse(body) } as StoredAlert;
  const { suppressedUntil = null, ...alert } = stored;
  if (alert.asked !== undefined) return { ...alert, asked: alert.asked };
  const { unitId, municipalityId, step, policy } = alert;
  const isWide = audienceIn(policy, step) === 'municipality';
  return {
    ...alert,
    rule: withAction(alert.rule),
    policy: policyOf(policy),
    homeUnitId: unitId,
    about: aboutOf(alert),
    stateDueAt: alert.dueAt,
    asked: [
      ...(unitId === null ? [] : [{ kind: 'unit' as const, ref: unitId, until: null }]),
      ...(isWide ? [{ kind: 'everyone' as const, ref: municipalityId, until: null }] : []),
    ],
    held: suppressedUntil === null ? null : { why: 'silence', until: suppressedUntil },
  };
}

/** An alert event as it was stored, whichever version of Vaka did that. */
export function readAlertEvent(body: string): AlertEvent {
  const stored = JSON.parse(body) as AlertEvent;
  switch (stored.type) {
    case 'raised': {
      const raised = { ...addedToRaised, ...stored } as Raised;
      return {
        ...raised,
        rule: withAction(raised.rule),
        policy: policyOf(raised.policy),
        homeUnitId: raised.homeUnitId ?? raised.unitId,
        about: raised.about ?? aboutOf(raised),
        reached: reachIn(raised, unitIn(raised)),
      };
    }
    case 'escalated':
      return { ...stored, reached: reachIn(stored, []) };
    case 'returned':
      return { ...stored, by: stored.by ?? null, reached: reachIn(stored, []) };
    case 'suppressed':
      return { ...stored, reason: stored.reason ?? 'silence', until: stored.until ?? stored.dueAt };
    case 'delivered':
      return { ...stored, channel: stored.channel ?? 'screen', to: stored.to ?? null };
    case 'repeated':
    case 'notified':
    case 'undelivered':
    case 'accepted':
    case 'declined':
    case 'taken-over':
    case 'handed-over':
    case 'help-wanted':
    case 'joined':
    case 'arrived':
    case 'assigned':
    case 'inhibited':
    case 'cleared':
    case 'commented':
    case 'resolved':
      return stored;
  }
}

function withAction(rule: Omit<Raised['rule'], 'action'> & Partial<Raised['rule']>) {
  return { ...rule, action: rule.action ?? null };
}

function unitIn({ unitId }: Raised): Reach['parties'] {
  return unitId === null ? [] : [{ kind: 'unit', ref: unitId, until: null }];
}

function reachIn(event: { reached?: Reach }, parties: Reach['parties']): Reach {
  return event.reached ?? { parties, people: [], endpoints: [], isNobody: false };
}

type StoredStep = EscalationStep | { audience: 'unit' | 'municipality'; waitMs: number };

function audienceIn({ steps }: EscalationPolicy, step: number): string | null {
  const stored = steps[step] as StoredStep | undefined;
  return stored !== undefined && 'audience' in stored ? stored.audience : null;
}

function policyOf(policy: EscalationPolicy): EscalationPolicy {
  const [first, ...others] = policy.steps;
  return { ...policy, steps: [stepOf(first), ...others.map(stepOf)] };
}

function stepOf(step: StoredStep): EscalationStep {
  if (!('audience' in step)) return step;
  const { audience, waitMs } = step;
  const unit = { who: 'responsible-unit' } as const;
  const everyone = [{ who: 'everyone' }, { who: 'coordinators' }] as const;
  return { asks: audience === 'unit' ? [unit] : everyone, channels: ['screen'], waitMs };
}

/** Which rule it was is no longer at hand: what may have been a call for care is taken for one. */
function aboutOf({ severity }: Pick<Alert, 'severity'>): Alert['about'] {
  return severity === 'technical' ? 'technical' : 'care';
}
