import { type Severity, severities } from '../../protocol/alert.ts';
import type { PolicyChecked, PolicyInput, Target } from '../../protocol/duty/policy.ts';
import type { Text } from '../../protocol/text.ts';
import { defaultPolicies, type EscalationPolicy } from '../alert/policy.ts';
import type { Arrangements } from './arrangement.ts';
import { listed } from './finding.ts';
import { frozen } from './policy-for.ts';
import { reachOf } from './reach.ts';
import { answeringAt } from './turn.ts';

export type Timeline = PolicyChecked['timelines'][number];
type TimelineStep = Timeline['steps'][number];

export interface TimelineSubject {
  arrangements: Arrangements;
  municipalityId: string;
  policies: readonly PolicyInput[];
  homes: readonly { id: string; unitId: string }[];
  /** Names of people and endpoints, by id. */
  names: ReadonlyMap<string, string>;
  /** Now. */
  at: number;
}

/** Each policy as a line of time, and after them the defaults for what none of them is for. */
export function timelinesOf(subject: TimelineSubject): Timeline[] {
  const { arrangements, municipalityId, homes, at } = subject;
  const timeZone = arrangements.municipalities.get(municipalityId)?.timeZone ?? 'UTC';
  const answering = answeringAt(arrangements, { municipalityId, timeZone }, homes, at);
  const own = subject.policies.flatMap((policy) => {
    const chain = frozen(policy);
    if (chain === null) return [];
    return [
      {
        policyId: policy.id,
        isDefault: false,
        title: { sv: policy.title, en: policy.title },
        severities: policy.severities,
        steps: stepsOf(subject, chain, unitsOf(answering, policy)),
      },
    ];
  });
  const general = subject.policies.filter(
    ({ homeIds, unitId }) => homeIds === undefined && unitId === undefined,
  );
  const named = new Set(general.flatMap((policy) => policy.severities));
  const rest = severities.filter((severity) => !named.has(severity));
  const defaults = [...Map.groupBy(rest, (severity) => defaultPolicies[severity])];
  return [
    ...own,
    ...defaults.map(([chain, alike]) => ({
      policyId: chain.id,
      isDefault: true,
      title: defaultTitle(alike),
      severities: alike,
      steps: stepsOf(subject, chain, unitsOf(answering, {})),
    })),
  ];
}

function defaultTitle(alike: readonly Severity[]): Text {
  if (alike.includes('technical')) {
    return { sv: 'Standardkedja för teknik', en: 'Default for technical alerts' };
  }
  return alike.some((severity) => severity === 'emergency' || severity === 'high')
    ? { sv: 'Standardkedja för brådskande larm', en: 'Default for urgent alerts' }
    : { sv: 'Standardkedja för övriga larm', en: 'Default for other alerts' };
}

/** The units that answer now for the homes that a policy is for; null where it is for none. */
function unitsOf(
  answering: ReadonlyMap<string, string>,
  { homeIds, unitId }: Pick<PolicyInput, 'homeIds' | 'unitId'>,
): readonly (string | null)[] {
  if (unitId !== undefined) return [unitId];
  const ids = homeIds ?? [...answering.keys()];
  const units = new Set(ids.flatMap((id) => answering.get(id) ?? []));
  return units.size === 0 ? [null] : [...units];
}

function stepsOf(
  subject: TimelineSubject,
  { steps }: EscalationPolicy,
  units: readonly (string | null)[],
): TimelineStep[] {
  const { arrangements, municipalityId, at } = subject;
  let after = 0;
  return steps.map(({ asks, channels, waitMs }, step) => {
    const afterSeconds = after;
    after += waitMs / 1_000;
    // Of the units it may be, the one where fewest are reached: that is the one to worry about.
    const reached = units.map((unitId) => {
      const addressee = { municipalityId, unitId, unitUntil: null };
      const { people, endpoints } = reachOf(arrangements, addressee, { asks, channels }, at);
      return people.length + endpoints.length;
    });
    return {
      step,
      afterSeconds,
      asks: asks.map((target) => ({ target, text: textOf(subject, target) })),
      channels: [...channels],
      reachesNow: Math.min(...reached),
      repeatsEverySeconds: step === steps.length - 1 ? waitMs / 1_000 : null,
    };
  });
}

function textOf({ arrangements, names }: TimelineSubject, target: Target): Text {
  switch (target.who) {
    case 'responsible-unit':
      return {
        sv: 'de i tjänst i arbetslaget som svarar',
        en: 'those on duty in the unit that answers',
      };
    case 'unit': {
      const name = arrangements.units.get(target.unitId)?.name ?? target.unitId;
      return { sv: `de i tjänst i ${name}`, en: `those on duty in ${name}` };
    }
    case 'everyone':
      return { sv: 'alla i tjänst i kommunen', en: 'everybody on duty in the municipality' };
    case 'coordinators':
      return {
        sv: 'samordnare med jour, annars alla samordnare',
        en: 'coordinators on call, else all coordinators',
      };
    case 'technicians':
      return {
        sv: 'tekniker med jour, annars alla tekniker',
        en: 'technicians on call, else all technicians',
      };
    case 'people':
      return listed(target.ids.map((id) => names.get(id) ?? id));
    case 'webhook': {
      const name = names.get(target.endpointId) ?? target.endpointId;
      return { sv: `${name} genom webhook`, en: `${name} by webhook` };
    }
  }
}
