import { catalogue, type EventKind, type EventType, eventTypes } from '../../protocol/catalogue.ts';
import type { Rule } from '../../protocol/rule/rule.ts';
import { emptyingTypes, occupyingTypes } from './emptiness.ts';
import { compileWhere, type Where } from './where.ts';

/** A rule in one of its versions, which never changes. */
export type VersionedRule = Rule & { version: number };

export interface CompiledRule extends VersionedRule {
  matches: Where | null;
  /** What its alerts are about: a call for care, everyday activity, or the equipment. */
  about: EventKind;
  /** What ends a wait for the condition to last, or to come back. */
  endedBy: ReadonlySet<EventType>;
}

/** Rules made ready: for each type of event, the rules in which it plays a part. */
export interface RuleSet {
  /** Differs between any two sets that have held in a home. */
  stamp: number;
  rules: readonly CompiledRule[];
  byId: ReadonlyMap<string, CompiledRule>;
  starting: ReadonlyMap<EventType, readonly CompiledRule[]>;
  clearing: ReadonlyMap<EventType, readonly CompiledRule[]>;
  breaking: ReadonlyMap<EventType, readonly CompiledRule[]>;
  /** Rules about a silence. */
  expecting: readonly CompiledRule[];
  /** Those of them that do not count while nobody is at home. */
  pausing: readonly CompiledRule[];
  /** Types that may end something, and so must be remembered in case they arrive first. */
  traced: ReadonlySet<EventType>;
  /** A version that no longer holds, for what began under it; undefined if there is none such. */
  past: (ruleId: string, version: number) => CompiledRule | undefined;
}

export interface RuleSetOptions {
  stamp?: number;
  past?: RuleSet['past'];
}

/** That a connection was lost is no sign of life. */
const signsOfLife = eventTypes.filter(
  (type) => type !== 'device.disconnected' && type !== 'reach.lost',
);

function absenceOf({ absence }: Rule): readonly EventType[] {
  if (absence === undefined) return [];
  return absence.of === 'any' ? signsOfLife : absence.of;
}

/** @throws AppError `invalid` when the rule's `where` cannot be used. */
export function compileRule(rule: Rule & { version?: number }): CompiledRule {
  const parameters = Object.entries(rule.parameters ?? {}).map(
    ([name, { value }]) => [name, value] as const,
  );
  return {
    ...rule,
    version: rule.version ?? 1,
    about: aboutOf(rule),
    matches:
      rule.where === undefined ? null : compileWhere(rule.where, Object.fromEntries(parameters)),
    endedBy: new Set([...(rule.unless ?? []), ...(rule.clearedBy ?? [])]),
  };
}

function aboutOf({ severity, on = [] }: Rule): EventKind {
  if (severity === 'technical') return 'technical';
  return on.some((type) => catalogue[type].kind === 'care') ? 'care' : 'activity';
}

/** Rules in an order of their own, so that it does not matter in which they are listed. */
export function ruleSetOf(
  compiled: readonly CompiledRule[],
  { stamp = 0, past = () => undefined }: RuleSetOptions = {},
): RuleSet {
  const rules = compiled.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const expecting = rules.filter(({ absence }) => absence !== undefined);
  const pausing = expecting.filter(({ absence }) => absence?.pausedWhenEmpty === true);
  return {
    stamp,
    past,
    rules,
    expecting,
    pausing,
    byId: new Map(rules.map((rule) => [rule.id, rule])),
    starting: byType(rules, (rule) => rule.on ?? []),
    clearing: byType(rules, (rule) => rule.clearedBy ?? []),
    breaking: byType(rules, absenceOf),
    traced: new Set([
      ...rules.flatMap(({ endedBy, then }) => [...endedBy, ...(then?.no ?? [])]),
      ...(pausing.length === 0 ? [] : [...emptyingTypes, ...occupyingTypes]),
    ]),
  };
}

function byType(
  rules: readonly CompiledRule[],
  typesOf: (rule: Rule) => readonly EventType[],
): ReadonlyMap<EventType, readonly CompiledRule[]> {
  const found = new Map<EventType, CompiledRule[]>();
  for (const rule of rules) {
    for (const type of new Set(typesOf(rule))) {
      const others = found.get(type);
      if (others === undefined) found.set(type, [rule]);
      else others.push(rule);
    }
  }
  return found;
}

/** @throws AppError `invalid` when a `where` cannot be used. */
export function compileRules(
  rules: readonly (Rule & { version?: number })[],
  options: RuleSetOptions = {},
): RuleSet {
  return ruleSetOf(rules.map(compileRule), options);
}

/** The rule in the version under which something began, if it is known; else as it is now. */
export function ruleOf(
  rules: RuleSet,
  began: { rule: string; version?: number },
): CompiledRule | undefined {
  const current = rules.byId.get(began.rule);
  const version = began.version ?? current?.version;
  if (version === undefined || current?.version === version) return current;
  return rules.past(began.rule, version) ?? current;
}
