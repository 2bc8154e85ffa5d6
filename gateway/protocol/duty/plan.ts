import { z } from 'zod';

import { Hours } from '../rule/during.ts';
import { Id, Instant, Reason, WallDateTime } from './instant.ts';

/** Which homes a line is about; more specific wins. */
const homes = {
  /** These homes; left out: see `ofUnit`. */
  homeIds: z.array(Id).min(1).max(500).optional(),
  /** The homes that belong to this unit; both left out: all homes. */
  ofUnit: Id.optional(),
};

/** A unit answers for homes at these hours of every week; without hours always. */
export const PlanLine = z.strictObject({ unitId: Id, ...homes, hours: Hours.optional() });
export type PlanLine = z.infer<typeof PlanLine>;

/** From one time on the wall clock to another, once: a holiday, a course. Wins over every line. */
export const PlanException = z
  .strictObject({ unitId: Id, ...homes, from: WallDateTime, to: WallDateTime })
  .refine(({ from, to }) => from < to, 'An exception must end after it begins.');
export type PlanException = z.infer<typeof PlanException>;

/**
 * Which unit answers for a home at which hours, in wall-clock time. Exceptions win over lines, named homes over a unit's
 * homes over all homes, earlier over later. What nothing names is answered for by the home's own unit: never by nobody.
 */
export const Plan = z
  .strictObject({
    lines: z.array(PlanLine).max(200),
    exceptions: z.array(PlanException).max(200),
  })
  .meta({ id: 'Plan' });
export type Plan = z.infer<typeof Plan>;

/** A document as it holds now; `version` 0: nobody has written one yet. */
function versioned<T extends z.ZodType>(document: T) {
  return z.object({
    version: z.number().int(),
    document,
    author: z.object({ id: z.string(), name: z.string() }).nullable(),
    at: z.number().nullable(),
    reason: z.string().nullable(),
  });
}

/** PUT …: `version` is the one that was edited; another one in force meanwhile is a conflict. */
function edited<T extends z.ZodType>(document: T) {
  return z.strictObject({ version: z.number().int().min(0), document, reason: Reason });
}

/** What a document says that will not work (`error`, refused) or that one should know (`warning`). */
export const Finding = z.object({
  severity: z.enum(['error', 'warning']),
  /** Where in the document, such as `["lines", 2, "unitId"]`. */
  path: z.array(z.union([z.string(), z.number()])),
  text: z.object({ sv: z.string(), en: z.string() }),
});
export type Finding = z.infer<typeof Finding>;

/** GET /plan */
export const PlanView = versioned(Plan).meta({ id: 'PlanInForce' });
export type PlanView = z.infer<typeof PlanView>;
/** PUT /plan */
export const PlanEdit = edited(Plan);

/** A stretch of time in which one unit answers for some homes. */
export const Stretch = z.object({
  from: z.number(),
  to: z.number(),
  unitId: z.string(),
  unitName: z.string(),
  homes: z.number(),
  /** Which of the groups; the stretches of a group follow one another and never overlap. */
  group: z.number().int().default(0),
});
export type Stretch = z.infer<typeof Stretch>;

/** POST /plan/check: what is wrong with it, and who would answer in the week from `from`. */
export const PlanCheck = z.strictObject({ document: Plan, from: Instant.optional() });
export const PlanChecked = z
  .object({
    findings: z.array(Finding),
    week: z.array(Stretch),
    /** Homes that are answered for by the same units all week. */
    groups: z.array(z.object({ homeIds: z.array(z.string()) })).default([]),
  })
  .meta({ id: 'PlanChecked' });
export type PlanChecked = z.infer<typeof PlanChecked>;

export { edited, versioned };
