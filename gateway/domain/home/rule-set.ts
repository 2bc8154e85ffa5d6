import { type EventType, eventTypes } from '../../protocol/catalogue.ts';
import type { Rule } from '../../protocol/rule/rule.ts';
import { compileWhere, type Where } from './where.ts';

/** A rule in one of its versions, which never changes. */
export type VersionedRule = Rule & { version: number };

export interface CompiledRule extends VersionedRule {
  matches: Where | null;
}

/** Rules made ready: for each type of event, the rules in which it plays a part. */
export interface RuleSet {
  rules: readonly CompiledRule[];
  byId: ReadonlyMap<string, CompiledRule>;
  starting: ReadonlyMap<EventType, readonly CompiledRule[]>;
  ending: ReadonlyMap<EventType, readonly CompiledRule[]>;
  clearing: ReadonlyMap<EventType, readonly CompiledRule[]>;
  breaking: ReadonlyMap<EventType, readonly CompiledRule[]>;
  /** Types that may end something, and so must be remembered in case they arrive first. */
  traced: ReadonlySet<EventType>;
}

/** What ends a wait of the rule, whether it was to raise an alert or its severity. */
export function endersOf(rule: Rule): readonly EventType[] {
  return [...(rule.unless ?? []), ...(rule.then?.no ?? [])];
}

/** That a connection was lost is no sign of life. */
const signsOfLife = eventTypes.filter((type) => type !== 'device.disconnected');

function absenceOf({ absence }: Rule): readonly EventType[] {
  if (absence === undefined) return [];
  return absence.of === 'any' ? signsOfLife : absence.of;
}

/** @throws AppError `invalid` when a `where` cannot be used. */
export function compileRules(rules: readonly (Rule & { version?: number })[]): RuleSet {
  const compiled = rules.map((rule) => ({
    ...rule,
    version: rule.version ?? 1,
    matches: rule.where === undefined ? null : compileWhere(rule.where),
  }));
  const byType = (typesOf: (rule: Rule) => readonly EventType[]) =>
    new Map(
      eventTypes.map((type) => [type, compiled.filter((rule) => typesOf(rule).includes(type))]),
    );
  return {
    rules: compiled,
    byId: new Map(compiled.map((rule) => [rule.id, rule])),
    starting: byType((rule) => rule.on ?? []),
    ending: byType(endersOf),
    clearing: byType((rule) => rule.clearedBy ?? []),
    breaking: byType(absenceOf),
    traced: new Set(rules.flatMap((rule) => [...endersOf(rule), ...(rule.clearedBy ?? [])])),
  };
}
