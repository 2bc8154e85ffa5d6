import { z } from 'zod';

import { Hours } from '../rule/during.ts';
import { Id, lastInstant, PlainDate, WallDateTime } from './instant.ts';
import { edited, Finding, versioned } from './plan.ts';

/** A planned shift that comes back: every week, or every `everyWeeks` weeks counted from the week of `first`. */
export const WeeklyShift = z.strictObject({
  id: Id,
  personId: Id,
  hours: Hours,
  first: PlainDate,
  last: PlainDate.optional(),
  everyWeeks: z.number().int().min(1).max(12).default(1),
});
export type WeeklyShift = z.infer<typeof WeeklyShift>;

/** A calendar may begin long ago. */
const ShiftInstant = z.number().int().min(-lastInstant).max(lastInstant);

/** A shift that is planned once. In wall-clock time; or, as a calendar may give it, between two instants. */
export const SingleShift = z.union([
  z
    .strictObject({ id: Id, personId: Id, from: WallDateTime, to: WallDateTime })
    .refine(({ from, to }) => from < to, 'A shift must end after it begins.'),
  z
    .strictObject({ id: Id, personId: Id, fromAt: ShiftInstant, toAt: ShiftInstant })
    .refine(({ fromAt, toAt }) => fromAt < toAt, 'A shift must end after it begins.'),
]);
export type SingleShift = z.infer<typeof SingleShift>;

/** What differs on the day on which a weekly shift begins: nobody comes, or somebody else does (a swap is two of these). */
export const ShiftChange = z.strictObject({
  shiftId: Id,
  date: PlainDate,
  /** Who comes instead; null: nobody. */
  personId: Id.nullable(),
});
export type ShiftChange = z.infer<typeof ShiftChange>;

/** Who is planned to be at work in a unit. */
export const Roster = z
  .strictObject({
    weekly: z.array(WeeklyShift).max(1_000),
    single: z.array(SingleShift).max(5_000),
    changes: z.array(ShiftChange).max(5_000),
  })
  .meta({ id: 'Roster' });
export type Roster = z.infer<typeof Roster>;

/** GET /units/{id}/roster */
export const RosterView = versioned(Roster).meta({ id: 'RosterInForce' });
export type RosterView = z.infer<typeof RosterView>;
/** PUT /units/{id}/roster */
export const RosterEdit = edited(Roster);

/** POST /units/{id}/roster/import: reads a file and answers what the roster would be; nothing is kept. */
export const RosterImport = z.strictObject({
  format: z.enum(['csv', 'icalendar']),
  text: z.string().max(1_000_000),
});
export const RosterImported = z
  .object({
    /** The shifts of the file, ready to be added to the roster. */
    roster: Roster,
    /** People are found by e-mail or name; a line that cannot be read is an error with its line number. */
    findings: z.array(Finding),
  })
  .meta({ id: 'RosterImported' });
export type RosterImported = z.infer<typeof RosterImported>;

/** A planned shift as it falls, in instants. */
export const PlannedShift = z.object({
  unitId: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  from: z.number(),
  to: z.number(),
  shiftId: z.string(),
  /** The day on which it begins, by which a change names it. */
  date: z.string(),
  isSwap: z.boolean(),
  /** Whoever is planned does not belong to the unit any more: nobody comes. */
  isVacant: z.boolean(),
});
export type PlannedShift = z.infer<typeof PlannedShift>;

/** Time in which a unit answers for homes, keeps duty by check-in, and has nobody planned. */
export const Gap = z.object({
  unitId: z.string(),
  unitName: z.string(),
  from: z.number(),
  to: z.number(),
  minutes: z.number(),
  /** It touches the hour that comes twice, or the one that never comes, or a shift of fixed length that they moved. */
  isClockChange: z.boolean(),
});
export type Gap = z.infer<typeof Gap>;

/** GET /coverage?from&weeks: shifts and gaps of all own units; without `from` the eight weeks from now. */
export const CoverageQuery = z.object({
  from: z.coerce.number().int().min(0).max(lastInstant).optional(),
  weeks: z.coerce.number().int().min(1).max(12).default(8),
  unitId: Id.optional(),
});
export const Coverage = z
  .object({
    from: z.number(),
    to: z.number(),
    timeZone: z.string(),
    shifts: z.array(PlannedShift),
    gaps: z.array(Gap),
  })
  .meta({ id: 'Coverage' });
export type Coverage = z.infer<typeof Coverage>;
