import { z } from 'zod';

import { isLasting, parseDuration } from './duration.ts';
import { Hours } from './during.ts';
import { isDurationKey, ParameterKey } from './parameter.ts';
import type { Rule } from './rule.ts';
import { boundsOf, valueOf, withValue } from './setting.ts';

/** What a home has of its own in a rule that is otherwise the municipality's; durations as in a rule, such as `5m`. */
export const Override = z
  .strictObject({
    /** The rule does not hold in this home. */
    off: z.literal(true).optional(),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    during: Hours.optional(),
  })
  .refine((given) => Object.values(given).some((one) => one !== undefined), {
    message: 'Say what is to be different: `off`, `values` or `during`.',
  });
export type Override = z.infer<typeof Override>;

/** The rule as it holds in a home; null when it is off there. What cannot be set is a reason, never thrown. */
export function applyOverride<T extends Rule>(
  rule: T,
  override: Override,
): { ok: true; rule: T | null } | { ok: false; reason: string } {
  if (override.off === true) return { ok: true, rule: null };
  let next = rule;
  if (override.during !== undefined) {
    if (rule.during === undefined) return refuse('The rule holds all day: it has no `during`.');
    next = { ...next, during: { ...rule.during, ...override.during } };
  }
  for (const [name, given] of Object.entries(override.values ?? {})) {
    const key = ParameterKey.safeParse(name);
    if (!key.success || valueOf(rule, key.data) === null)
      return refuse(`The rule has no \`${name}\` to set.`);
    const value = readValue(key.data, given);
    if (value === null) return refuse(`"${given}" cannot be \`${name}\`.`);
    const bounds = boundsOf(rule, key.data);
    if (bounds !== null && (value < bounds.min || value > bounds.max))
      return refuse(`\`${name}\` must lie within the rule’s bounds.`);
    next = withValue(next, key.data, value);
  }
  return { ok: true, rule: next };
}

/** The number that a value as written stands for; null if it is none for that place. */
export function readValue(key: ParameterKey, given: string | number): number | null {
  if (isDurationKey(key)) {
    const ms = typeof given === 'string' ? parseDuration(given) : null;
    return isLasting(ms) ? ms : null;
  }
  if (typeof given !== 'number' || !Number.isFinite(given)) return null;
  if (key === 'count.times') return Number.isInteger(given) && given >= 2 ? given : null;
  return given;
}

function refuse(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
