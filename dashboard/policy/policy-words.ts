import type { PolicyInput, PolicySet, Step, Target } from '../../gateway/protocol/duty/policy.ts';
import { type Names, nameIn } from '../plan/names.ts';
import { homeWords } from '../plan/plan-words.ts';
import type { Dictionary } from '../text/sv.ts';

/** Who is asked, in words. */
export function targetWords(target: Target, names: Names, { plan }: Dictionary): string {
  const { policy } = plan;
  switch (target.who) {
    case 'unit':
      return policy.targetUnit(nameIn(names.units, target.unitId));
    case 'people':
      return target.ids.map((id) => nameIn(names.people, id)).join(', ');
    case 'webhook':
      return policy.targetWebhook(nameIn(names.endpoints, target.endpointId));
    case 'responsible-unit':
    case 'everyone':
    case 'coordinators':
    case 'technicians':
      return policy.targets[target.who];
  }
}

/** Which alerts a policy is about. */
export function scopeWords(policy: PolicyInput, names: Names, words: Dictionary): string {
  const said = words.plan.policy;
  const severities = policy.severities.map((severity) => words.severity[severity]).join(', ');
  const parts = [
    ...(policy.homeIds === undefined
      ? []
      : [said.scopeHomes(homeWords(policy.homeIds, names, words.plan.plan))]),
    ...(policy.unitId === undefined ? [] : [said.scopeUnit(nameIn(names.units, policy.unitId))]),
  ];
  return `${severities}, ${parts.length === 0 ? said.scopeAll : parts.join(' ')}`;
}

function stepWords(title: string, step: Step, number: number, names: Names, words: Dictionary) {
  const { policy } = words.plan;
  const { asks, channels, waitSeconds } = step;
  return policy.stepLine(
    title,
    number,
    asks.map((target) => targetWords(target, names, words)).join(' + '),
    channels.map((channel) => policy.channels[channel]).join(', '),
    policy.length(waitSeconds),
  );
}

/** All policies as sentences, a line for each step, to tell two sets of them apart. */
export function policySentences(set: PolicySet, names: Names, words: Dictionary): string[] {
  const { policy: said } = words.plan;
  return set.policies.flatMap((policy) => [
    said.scopeLine(policy.title, scopeWords(policy, names, words)),
    ...policy.steps.map((step, index) => stepWords(policy.title, step, index + 1, names, words)),
    said.scopeLine(policy.title, said.facts(policy.arrivalMinutes, policy.reminderMinutes)),
  ]);
}
