import type { Bounds, DurationKey, Parameter, ParameterKey } from './parameter.ts';
import { durationKeys } from './parameter.ts';

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

type FixedKey = DurationKey | 'count.times';
export const fixedKeys: readonly FixedKey[] = [...durationKeys, 'count.times'];

interface Place {
  get: (rule: Tunable) => number | 'supervision' | undefined;
  set: (rule: Tunable, value: number) => Partial<Tunable>;
}

const places: Readonly<Record<FixedKey, Place>> = {
  for: { get: (rule) => rule.for, set: (_, value) => ({ for: value }) },
  cooldown: { get: (rule) => rule.cooldown, set: (_, value) => ({ cooldown: value }) },
  'count.times': {
    get: ({ count }) => count?.times,
    set: ({ count }, times) => ({ count: count && { ...count, times } }),
  },
  'count.within': {
    get: ({ count }) => count?.within,
    set: ({ count }, within) => ({ count: count && { ...count, within } }),
  },
  'absence.for': {
    get: ({ absence }) => absence?.for,
    set: ({ absence }, value) => ({ absence: absence && { ...absence, for: value } }),
  },
  'then.within': {
    get: ({ then }) => then?.within,
    set: ({ then }, within) => ({ then: then && { ...then, within } }),
  },
};

function isFixed(key: ParameterKey): key is FixedKey {
  return Object.hasOwn(places, key);
}

function named(rule: Tunable, key: ParameterKey): Parameter | undefined {
  return rule.parameters?.[key.slice('parameters.'.length)];
}

/** The value that a rule has there, durations in milliseconds; null if it has none. */
export function valueOf(rule: Tunable, key: ParameterKey): number | null {
  const value = isFixed(key) ? places[key].get(rule) : named(rule, key)?.value;
  return typeof value === 'number' ? value : null;
}

/** Within what the value may be set; null if the rule does not say. */
export function boundsOf(rule: Tunable, key: ParameterKey): { min: number; max: number } | null {
  return (isFixed(key) ? rule.bounds?.[key] : named(rule, key)) ?? null;
}

/** All that may be tuned in a rule. */
export function parameterKeysOf(rule: Tunable): ParameterKey[] {
  const names = Object.keys(rule.parameters ?? {}).map((name) => `parameters.${name}` as const);
  return [...fixedKeys.filter((key) => valueOf(rule, key) !== null), ...names];
}

/** The rule with another value there; unchanged if it has none. */
export function withValue<T extends Tunable>(rule: T, key: ParameterKey, value: number): T {
  if (valueOf(rule, key) === null) return rule;
  if (isFixed(key)) return { ...rule, ...places[key].set(rule, value) };
  const name = key.slice('parameters.'.length);
  const parameters = { ...rule.parameters, [name]: { ...rule.parameters?.[name], value } };
  return { ...rule, parameters };
}
