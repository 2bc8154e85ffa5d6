import { AppError } from '../domain/errors.ts';
import {
  type CompiledRule,
  compileRule,
  type RuleSet,
  ruleSetOf,
} from '../domain/home/rule-set.ts';
import type { HomeOverride, Rulebook, RulesInForce, RuleVersion } from '../domain/rulebook.ts';
import { applyOverride } from '../protocol/rule/override.ts';
import { readVersion } from './read-version.ts';

/** A version, or a home's own values, that is in force and cannot be used; the other rules hold all the same. */
export interface UnusableRule {
  municipalityId: string;
  ruleId: string;
  /** Null when it is the home's own values that do not fit the rule. */
  version: number | null;
  homeId: string | null;
  reason: string;
}

export interface RulebookOptions {
  /** Told when they are made ready, once for each version; of a home's own values, after every change. */
  unusable: (rule: UnusableRule) => void;
}

/** Makes the rules of a municipality ready once for each change; homes share all that is not their own. */
export function createRulebook(options: RulebookOptions): Rulebook {
  const ready = new WeakMap<RulesInForce, (homeId: string) => RuleSet>();
  const compiled = new WeakMap<RuleVersion, CompiledRule | null>();

  function compile(version: RuleVersion): CompiledRule | null {
    let rule = compiled.get(version);
    if (rule === undefined) {
      rule = compileVersion(version, options.unusable);
      compiled.set(version, rule);
    }
    return rule;
  }

  function readyOf(rules: RulesInForce): (homeId: string) => RuleSet {
    const known = ready.get(rules);
    if (known !== undefined) return known;
    const made = makeReady(rules, compile, options);
    ready.set(rules, made);
    return made;
  }

  return {
    of: async (ledger, homes) => {
      const municipalityIds = new Set(homes.map(({ municipalityId }) => municipalityId));
      const inForce = await ledger.rulesInForce([...municipalityIds]);
      const found = new Map<string, RuleSet>();
      for (const { id, municipalityId } of homes) {
        const rules = inForce.get(municipalityId);
        if (rules !== undefined) found.set(id, readyOf(rules)(id));
      }
      return found;
    },
  };
}

/** The same rules for every home, whatever the ledger says; for those who bring their own. */
export function fixedRulebook(rules: RuleSet): Rulebook {
  return { of: async (_ledger, homes) => new Map(homes.map(({ id }) => [id, rules])) };
}

function makeReady(
  { versions, overrides }: RulesInForce,
  compile: (version: RuleVersion) => CompiledRule | null,
  { unusable }: RulebookOptions,
): (homeId: string) => RuleSet {
  const byRule = Map.groupBy(versions, ({ ruleId }) => ruleId);
  const past: RuleSet['past'] = (ruleId, version) => {
    const found = byRule.get(ruleId)?.find((one) => one.version === version);
    return (found === undefined ? null : compile(found)) ?? undefined;
  };
  const current = [...byRule.values()].flatMap((all) => {
    if (all.at(-1)?.isOn !== true) return [];
    // Rather an older version than nobody who watches.
    return (
      all
        .toReversed()
        .map(compile)
        .find((rule) => rule !== null) ?? []
    );
  });
  // Rises with each change that concerns the home, and not with those that other homes have of their own.
  const stamp = versions.length;
  const shared = ruleSetOf(current, { stamp, past });
  const own = Map.groupBy(overrides, ({ homeId }) => homeId);
  const ofHome = new Map<string, RuleSet>();

  return (homeId) => {
    const changes = own.get(homeId);
    if (changes === undefined) return shared;
    let rules = ofHome.get(homeId);
    if (rules === undefined) {
      const latest = Math.max(...changes.map(({ seq }) => seq));
      const applied = withOverrides(current, changes, unusable);
      rules = ruleSetOf(applied, { stamp: stamp + latest, past });
      ofHome.set(homeId, rules);
    }
    return rules;
  };
}

function compileVersion(
  kept: RuleVersion,
  unusable: RulebookOptions['unusable'],
): CompiledRule | null {
  const { municipalityId, ruleId, version } = kept;
  const leaveOut = (reason: string) => {
    unusable({ municipalityId, ruleId, version, homeId: null, reason });
    return null;
  };
  const read = readVersion(kept);
  if (!read.ok) return leaveOut(read.reason);
  try {
    return compileRule({ ...read.rule, version });
  } catch (cause) {
    if (cause instanceof AppError) return leaveOut(cause.message);
    throw cause;
  }
}

/** A home's own values that do not fit the rule are passed over: then it holds as it does everywhere. */
function withOverrides(
  rules: readonly CompiledRule[],
  changes: readonly HomeOverride[],
  unusable: RulebookOptions['unusable'],
): CompiledRule[] {
  return rules.flatMap((rule) => {
    const change = changes.find(({ ruleId }) => ruleId === rule.id);
    if (change?.override == null) return rule;
    const applied = applyOverride(rule, change.override);
    if (applied.ok) return applied.rule === null ? [] : compileRule(applied.rule);
    const { municipalityId, homeId, ruleId } = change;
    unusable({ municipalityId, ruleId, version: null, homeId, reason: applied.reason });
    return rule;
  });
}
