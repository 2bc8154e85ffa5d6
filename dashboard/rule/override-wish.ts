import type { Hours } from '../../gateway/protocol/rule/during.ts';
import { applyOverride, Override, readValue } from '../../gateway/protocol/rule/override.ts';
import { isDurationKey, type ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { Rule } from '../../gateway/protocol/rule/rule.ts';
import { boundsOf, parameterKeysOf } from '../../gateway/protocol/rule/setting.ts';

/** What a home is to have of its own, as it is being filled in. */
export interface OverrideWish {
  isOff: boolean;
  /** As typed; empty is as the rule has it. */
  values: Readonly<Record<string, string>>;
  window: { from: string; to: string } | null;
}

export type WishProblem =
  | { what: 'nothing' }
  | { what: 'window' }
  | { what: 'unreadable' | 'outside'; key: ParameterKey };

/** What a home has now, to be changed. */
export function wishOf(rule: Rule, override: Override | null): OverrideWish {
  const values = Object.entries(override?.values ?? {}).map(([key, value]) => [key, String(value)]);
  const { during } = override ?? {};
  return {
    isOff: override?.off === true,
    values: Object.fromEntries(values) as Record<string, string>,
    window:
      during === undefined || rule.during === undefined
        ? null
        : { from: during.from, to: during.to },
  };
}

/** The wish as the gateway is asked it, or what is wrong with it. */
export function overrideOf(
  rule: Rule,
  { isOff, values, window }: OverrideWish,
): { ok: true; override: Override } | { ok: false; problem: WishProblem } {
  if (isOff) return { ok: true, override: { off: true } };
  const given = parameterKeysOf(rule).flatMap((key) => {
    const text = values[key]?.trim() ?? '';
    return text === '' ? [] : [{ key, value: valueAs(key, text) }];
  });
  for (const { key, value } of given) {
    const problem = problemOf(rule, key, value);
    if (problem !== null) return { ok: false, problem };
  }
  if (given.length === 0 && window === null) return { ok: false, problem: { what: 'nothing' } };
  const override = Override.safeParse({
    ...(given.length > 0 && {
      values: Object.fromEntries(given.map(({ key, value }) => [key, value])),
    }),
    ...(window !== null && { during: { ...daysOf(rule), ...window } }),
  });
  return override.success && applyOverride(rule, override.data).ok
    ? { ok: true, override: override.data }
    : { ok: false, problem: { what: 'window' } };
}

/** A home's own hours begin on the days of the rule. */
function daysOf({ during }: Rule): Pick<Hours, 'days'> {
  return during?.days === undefined ? {} : { days: during.days };
}

function valueAs(key: ParameterKey, text: string): string | number {
  return isDurationKey(key) ? text : Number(text.replace(',', '.'));
}

function problemOf(rule: Rule, key: ParameterKey, given: string | number): WishProblem | null {
  const value = readValue(key, given);
  if (value === null) return { what: 'unreadable', key };
  const bounds = boundsOf(rule, key);
  const isOutside = bounds !== null && (value < bounds.min || value > bounds.max);
  return isOutside ? { what: 'outside', key } : null;
}
