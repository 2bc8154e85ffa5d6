import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Text } from '../text.ts';
import { Override } from './override.ts';
import { RuleId } from './rule.ts';

/** Why a municipality has the rules it starts with; every other reason is in its author's words. */
export const startingReason = 'The rules every municipality starts with.';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
const Author = z
  .object({ id: z.string(), name: z.string() })
  .nullable()
  .meta({ description: 'Null: the rule came with the system.' });
const Reason = z.string().trim().min(3, 'Say why, in a few words.').max(500);
/** YAML or JSON of one rule, or of a list. */
const Source = z.string().min(1).max(20_000);

export const RuleProblemView = z.object({
  line: z.number(),
  column: z.number(),
  path: z.string(),
  message: z.string(),
});

/** One version of a rule, as it was put in force; nothing of it ever changes. */
export const RuleVersionView = z
  .object({
    version: z.number(),
    /** False: from then on the rule did not hold. */
    isOn: z.boolean(),
    /** YAML. */
    source: z.string(),
    author: Author,
    at: instant,
    reason: z.string(),
    /** Whose rule it was before, when it was imported. */
    origin: z.string().nullable(),
  })
  .meta({ id: 'RuleVersion' });
export type RuleVersionView = z.infer<typeof RuleVersionView>;

export const RuleView = RuleVersionView.extend({
  id: z.string(),
  title: Text,
  severity: Severity,
  /** How many homes have values of their own. */
  overrides: z.number(),
}).meta({ id: 'Rule' });
export type RuleView = z.infer<typeof RuleView>;

/** GET /rules */
export const RuleList = z.object({ items: z.array(RuleView) }).meta({ id: 'RuleList' });
export type RuleList = z.infer<typeof RuleList>;

/** What a home has of its own; null once that was taken back. */
export const OverrideView = z
  .object({
    home: z.object({ id: z.string(), label: z.string() }),
    override: Override.nullable(),
    author: Author,
    at: instant,
    reason: z.string(),
  })
  .meta({ id: 'Override' });
export type OverrideView = z.infer<typeof OverrideView>;

/** GET /rules/{id} */
export const RuleDetail = RuleView.extend({
  history: z.array(RuleVersionView).meta({ description: 'Newest first.' }),
  homes: z.array(OverrideView).meta({ description: 'Homes with values of their own, now.' }),
}).meta({ id: 'RuleDetail' });
export type RuleDetail = z.infer<typeof RuleDetail>;

/** POST /rules/check: what is wrong in a text of rules, before anybody activates it. */
export const RuleCheckRequest = z.strictObject({ source: Source });
export const RuleCheck = z
  .object({
    problems: z.array(RuleProblemView),
    /** What may be meant, and probably is not. */
    warnings: z.array(RuleProblemView),
  })
  .meta({ id: 'RuleCheck' });
export type RuleCheck = z.infer<typeof RuleCheck>;

/** PUT /rules/{id}: a new version. `basedOn` is the version that was edited, null for a new rule. */
export const RuleActivation = z.strictObject({
  source: Source,
  isOn: z.boolean().default(true),
  reason: Reason,
  basedOn: z.number().int().positive().nullable(),
});
export type RuleActivation = z.infer<typeof RuleActivation>;

/** PUT /rules/{id}/homes/{homeId}; null takes the home's own values back. */
export const OverrideChange = z.strictObject({ override: Override.nullable(), reason: Reason });
export type OverrideChange = z.infer<typeof OverrideChange>;

export const needs = [
  'falls',
  'night',
  'wandering',
  'inactivity',
  'bathroom',
  'medication',
  'environment',
  'safety',
  'technical',
] as const;
export const Need = z.enum(needs);
export type Need = z.infer<typeof Need>;

/** A rule from the library, to start from. */
export const RuleTemplate = z
  .object({
    id: RuleId,
    need: Need,
    title: Text,
    severity: Severity,
    /** What it is for. */
    purpose: Text,
    /** When not to use it. */
    avoid: Text,
    /** Every municipality starts with it. */
    isStandard: z.boolean(),
    /** YAML. */
    source: z.string(),
  })
  .meta({ id: 'RuleTemplate' });
export type RuleTemplate = z.infer<typeof RuleTemplate>;

/** GET /rule-templates */
export const RuleTemplateList = z
  .object({ items: z.array(RuleTemplate) })
  .meta({ id: 'RuleTemplateList' });

/** A signed file of rules, from one municipality to another. */
export const RulePackage = z
  .strictObject({
    format: z.literal('vaka-rules/1'),
    municipality: z.strictObject({ id: z.string().max(64), name: z.string().max(200) }),
    exportedAt: instant,
    rules: z
      .array(
        z.strictObject({
          id: RuleId,
          version: z.number().int().positive(),
          source: Source,
          /** Where it had come from before. */
          origin: z.string().max(200).nullable(),
        }),
      )
      .max(500),
    /** Ed25519 over the rest, as canonical JSON (RFC 8785), in base64url. */
    signature: z.strictObject({
      algorithm: z.literal('Ed25519'),
      publicKey: z.string().max(200),
      value: z.string().max(200),
    }),
  })
  .meta({ id: 'RulePackage' });
export type RulePackage = z.infer<typeof RulePackage>;

/** POST /rules/imports/preview {package} and POST /rules/imports {package, ids, reason}. */
export const RuleImportPreview = z
  .object({
    municipality: z.object({ id: z.string(), name: z.string() }),
    exportedAt: instant,
    /** SHA-256 of the key it is signed with, in groups, to be compared by telephone. */
    fingerprint: z.string(),
    /** Whether rules signed with this key were imported before. */
    isKnownKey: z.boolean(),
    rules: z.array(
      z.object({
        id: z.string(),
        title: Text,
        change: z.enum(['new', 'changed', 'same']),
        /** What holds now, as YAML; null when the rule is new. */
        before: z.string().nullable(),
        after: z.string(),
      }),
    ),
  })
  .meta({ id: 'RuleImportPreview' });
export type RuleImportPreview = z.infer<typeof RuleImportPreview>;

export const RuleImportPreviewRequest = z.strictObject({ package: RulePackage });
export const RuleImport = z.strictObject({
  package: RulePackage,
  ids: z.array(RuleId).min(1),
  reason: Reason,
});
