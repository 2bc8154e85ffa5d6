import type { Override } from '../protocol/rule/override.ts';
import type { HomeContext } from './home/home-context.ts';
import type { RuleSet } from './home/rule-set.ts';
import type { Ledger } from './ledger.ts';

/** A rule as somebody put it in force, or out of it; never changed afterwards. */
export interface RuleVersion {
  municipalityId: string;
  ruleId: string;
  version: number;
  isOn: boolean;
  /** YAML of the rule alone. */
  source: string;
  /** Null when it came with the system. */
  authorId: string | null;
  at: number;
  reason: string;
  /** Whose rule it was before, when it was imported. */
  origin: string | null;
}

/** What a home has of its own in a rule from then on; null takes it back. */
export interface HomeOverride {
  municipalityId: string;
  homeId: string;
  ruleId: string;
  override: Override | null;
  authorId: string;
  at: number;
  reason: string;
}

/** Of two that a home has had, the later has the higher `seq`. */
export interface KeptOverride extends HomeOverride {
  seq: number;
}

/** All that decides which rules hold in the homes of a municipality now. The same object until something changes. */
export interface RulesInForce {
  /** Rises with every change. */
  stamp: number;
  /** Every version there has been, oldest first: what began under one ends under it. */
  versions: readonly RuleVersion[];
  /** The latest of each home and rule, also where it took back what was before. */
  overrides: readonly KeptOverride[];
}

/** Tells which rules hold in each home, as of the open transaction: a change lies between two events, never within one. */
export interface Rulebook {
  of: (
    ledger: Pick<Ledger, 'rulesInForce'>,
    homes: readonly Pick<HomeContext, 'id' | 'municipalityId'>[],
  ) => Promise<ReadonlyMap<string, RuleSet>>;
}
