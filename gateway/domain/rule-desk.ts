import type { z } from 'zod';

import type { Override } from '../protocol/rule/override.ts';
import type {
  RuleActivation,
  RuleCheck,
  RuleDetail,
  RuleImport,
  RuleImportPreview,
  RuleList,
  RulePackage,
  RuleTemplate,
} from '../protocol/rule/rule-api.ts';
import type { Scope } from './scope.ts';

/** Who works with the rules; nobody by name when it is done on the machine itself. */
export type RuleEditor = Omit<Scope, 'userId'> & { userId: string | null };

/**
 * What people do with the rules of their municipality. Every change is a new version with author, time and reason.
 * A role that has no right to it is AppError `forbidden`; a rule or a home outside the scope is `not-found`.
 */
export interface RuleDesk {
  list: (scope: RuleEditor) => Promise<RuleList>;
  rule: (scope: RuleEditor, id: string) => Promise<RuleDetail>;
  /** What is wrong in a text of rules, and what in it is probably not meant. */
  check: (scope: RuleEditor, source: string) => Promise<RuleCheck>;
  /**
   * Puts a rule in force, or out of it. What holds already leads to no new version.
   * A source that cannot be used is `invalid`; a rule that somebody has changed since `basedOn` is `conflict`.
   */
  activate: (
    scope: RuleEditor,
    id: string,
    activation: z.infer<typeof RuleActivation>,
  ) => Promise<RuleDetail>;
  /** What a home has of its own in a rule; null takes it back. What does not fit the rule is `invalid`. */
  override: (
    scope: RuleEditor,
    place: { ruleId: string; homeId: string },
    change: { override: Override | null; reason: string },
  ) => Promise<RuleDetail>;
  /** The rules one may start from. */
  templates: (scope: RuleEditor) => Promise<readonly RuleTemplate[]>;
  /** Signs these rules, or all that are on, with the key of the municipality. */
  exportRules: (scope: RuleEditor, ids: readonly string[] | null) => Promise<RulePackage>;
  /** What importing would change. A package that is not as it was signed is `invalid`. */
  previewImport: (scope: RuleEditor, rules: RulePackage) => Promise<RuleImportPreview>;
  /** Puts the chosen rules in force, all or none, and answers all rules as they are then. */
  importRules: (scope: RuleEditor, chosen: z.infer<typeof RuleImport>) => Promise<RuleList>;
}
