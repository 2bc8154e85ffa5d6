import { severities } from '../../gateway/protocol/alert.ts';
import {
  type PolicyChecked,
  type PolicyInput,
  PolicySet,
  type Step,
  type Target,
} from '../../gateway/protocol/duty/policy.ts';
import { mergeLists } from '../plan/merge.ts';

export type Timeline = PolicyChecked['timelines'][number];

/** Which fields cannot be read, by their place in the document, such as `0.steps.1.waitSeconds`. */
export function wrongPlaces(set: PolicySet): ReadonlySet<string> {
  const read = PolicySet.safeParse(set);
  const issues = read.success ? [] : read.error.issues;
  return new Set(issues.map(({ path }) => path.slice(1).map(String).join('.')));
}

/** Whether something at this place, or within it, cannot be read. */
export function isWrongAt(wrong: ReadonlySet<string>, place: string): boolean {
  return [...wrong].some((one) => one === place || one.startsWith(`${place}.`));
}

export function mergePolicies(base: PolicySet, mine: PolicySet, theirs: PolicySet): PolicySet {
  const keyOf = ({ id }: PolicyInput) => id;
  return { policies: mergeLists(base.policies, mine.policies, theirs.policies, keyOf) };
}

export const firstStep: Step = {
  asks: [{ who: 'responsible-unit' }],
  channels: ['screen', 'push'],
  waitSeconds: 90,
};

export function freshPolicy(title: string, taken: readonly string[]): PolicyInput {
  return {
    id: freeId(title, taken),
    title,
    severities: ['high'],
    steps: [firstStep],
    arrivalMinutes: 30,
    reminderMinutes: 30,
  };
}

/** One's own, with the steps of another as they fall. */
export function policyFrom(timeline: Timeline, title: string, taken: readonly string[]) {
  return {
    ...freshPolicy(title, taken),
    severities: [...timeline.severities],
    steps: timeline.steps.map((step, index): Step => {
      const next = timeline.steps[index + 1];
      const lasts =
        next === undefined
          ? (step.repeatsEverySeconds ?? firstStep.waitSeconds)
          : next.afterSeconds - step.afterSeconds;
      return {
        asks: step.asks.map(({ target }) => target),
        channels: [...step.channels],
        waitSeconds: Math.max(10, lasts),
      };
    }),
  } satisfies PolicyInput;
}

/** An id such as the gateway takes, that no other has. */
export function freeId(title: string, taken: readonly string[]): string {
  const plain = title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 50);
  const base = /^[a-z0-9]/.test(plain) ? plain : 'policy';
  const numbered = Array.from({ length: taken.length + 1 }, (_, index) =>
    index === 0 ? base : `${base}-${index + 1}`,
  );
  return numbered.find((id) => !taken.includes(id)) ?? base;
}

/** A target of this kind, still to be filled in where it names somebody. */
export function targetOf(who: Target['who']): Target {
  switch (who) {
    case 'unit':
      return { who, unitId: '' };
    case 'people':
      return { who, ids: [] };
    case 'webhook':
      return { who, endpointId: '' };
    case 'responsible-unit':
    case 'everyone':
    case 'coordinators':
    case 'technicians':
      return { who };
  }
}

/** In the order in which severities are told everywhere. */
export function inOrder(chosen: readonly string[]): PolicyInput['severities'] {
  return severities.filter((severity) => chosen.includes(severity));
}

export type WaitUnit = 's' | 'm' | 'h';
const unitSeconds: Record<WaitUnit, number> = { s: 1, m: 60, h: 3_600 };

/** A wait as people write it: a minute and a half is 90 seconds. */
export function splitWait(seconds: number): { count: string; unit: WaitUnit } {
  const unit = (['h', 'm'] as const).find(
    (one) => seconds >= 2 * unitSeconds[one] && seconds % unitSeconds[one] === 0,
  );
  if (Number.isNaN(seconds)) return { count: '', unit: 's' };
  return { count: String(seconds / unitSeconds[unit ?? 's']), unit: unit ?? 's' };
}

/** NaN for what is no number. */
export function joinWait(count: string, unit: WaitUnit): number {
  return numberOf(count) * unitSeconds[unit];
}

/** A whole number; NaN for anything else. */
export function numberOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : Number.NaN;
}
