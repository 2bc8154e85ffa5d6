import type { PolicyInput } from '../../protocol/duty/policy.ts';
import { defaultPolicies, type EscalationPolicy, type EscalationStep } from '../alert/policy.ts';
import type { PolicyWish } from '../alert/terms.ts';
import type { Arrangements } from './arrangement.ts';

/** The most specific policy that matches: of the home, of the unit, of the municipality, and else the default. */
export function policyFor(arrangements: Arrangements, wish: PolicyWish): EscalationPolicy {
  const { severity, municipalityId } = wish;
  const policies = arrangements.municipalities.get(municipalityId)?.policies ?? [];
  const matching = policies
    .filter((policy) => policy.severities.includes(severity) && specificity(policy, wish) !== null)
    .toSorted((a, b) => (specificity(a, wish) ?? 9) - (specificity(b, wish) ?? 9));
  return frozen(matching[0]) ?? defaultPolicies[severity];
}

/** 0 for named homes, 1 for the unit that answers, 2 for all; null if this one is not meant. */
function specificity(
  { homeIds, unitId }: PolicyInput,
  wish: Pick<PolicyWish, 'homeId' | 'unitId'>,
): 0 | 1 | 2 | null {
  if (homeIds !== undefined && !homeIds.includes(wish.homeId)) return null;
  if (unitId !== undefined && unitId !== wish.unitId) return null;
  if (homeIds !== undefined) return 0;
  return unitId === undefined ? 2 : 1;
}

/** A policy in the form in which an alert keeps it. */
export function frozen(policy: PolicyInput | undefined): EscalationPolicy | null {
  const [first, ...others] = policy?.steps ?? [];
  if (policy === undefined || first === undefined) return null;
  const { id, arrivalMinutes, reminderMinutes } = policy;
  return {
    id,
    steps: [stepOf(first), ...others.map(stepOf)],
    arrivalMs: arrivalMinutes * 60_000,
    reminderMs: reminderMinutes * 60_000,
  };
}

function stepOf({ asks, channels, waitSeconds }: PolicyInput['steps'][number]): EscalationStep {
  return { asks, channels, waitMs: waitSeconds * 1_000 };
}
