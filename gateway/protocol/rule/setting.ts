import type { Bounds, Parameter, ParameterKey } from './parameter.ts';
import { durationKeys, isDurationKey } from './parameter.ts';

/** The parts of a rule that hold what may be tuned. */
export interface Tunable {
  for?: number | undefined;
  count?: { times: number; within: number } | undefined;
  absence?: { for: number | 'supervision' } | undefined;
  then?: { within: number } | undefined;
  cooldown?: number | undefined;
  parameters?: Record<string, Parameter> | undefined;
  bounds?: Bounds | undefined;
}

export const fixedKeys = [...durationKeys, 'count.times'] as const;

function nameOf(key: ParameterKey): string {
  return key.slice('parameters.'.length);
}

/** The value that a rule has there, durations in milliseconds; null if it has none. */
export function valueOf(rule: Tunable, key: ParameterKey): number | null {
  switch (key) {
    case 'for':
      return rule.for ?? null;
    case 'count.times':
      return rule.count?.times ?? null;
    case 'count.within':
      return rule.count?.within ?? null;
    case 'absence.for':
      return typeof rule.absence?.for === 'number' ? rule.absence.for : null;
    case 'then.within':
      return rule.then?.within ?? null;
    case 'cooldown':
      return rule.cooldown ?? null;
    default:
      return rule.parameters?.[nameOf(key)]?.value ?? null;
  }
}

/** Within what the value may be set; null if the rule does not say. */
export function boundsOf(rule: Tunable, key: ParameterKey): { min: number; max: number } | null {
  if (isDurationKey(key) || key === 'count.times') return rule.bounds?.[key] ?? null;
  return rule.parameters?.[nameOf(key)] ?? null;
}

/** All that may be tuned in a rule. */
export function parameterKeysOf(rule: Tunable): ParameterKey[] {
  const named = Object.keys(rule.parameters ?? {}).map((name) => `parameters.${name}` as const);
  return [...fixedKeys.filter((key) => valueOf(rule, key) !== null), ...named];
}

/** The rule with another value there; unchanged if it has none. */
export function withValue<T extends Tunable>(rule: T, key: ParameterKey, value: number): T {
  if (valueOf(rule, key) === null) return rule;
  switch (key) {
    case 'for':
      return { ...rule, for: value };
    case 'count.times':
      return { ...rule, count: rule.count && { ...rule.count, times: value } };
    case 'count.within':
      return { ...rule, count: rule.count && { ...rule.count, within: value } };
    case 'absence.for':
      return { ...rule, absence: rule.absence && { ...rule.absence, for: value } };
    case 'then.within':
      return { ...rule, then: rule.then && { ...rule.then, within: value } };
    case 'cooldown':
      return { ...rule, cooldown: value };
    default: {
      const name = nameOf(key);
      const parameter = rule.parameters?.[name];
      if (parameter === undefined) return rule;
      return { ...rule, parameters: { ...rule.parameters, [name]: { ...parameter, value } } };
    }
  }
}
