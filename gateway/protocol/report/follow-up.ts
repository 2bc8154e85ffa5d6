import { z } from 'zod';

import { Severity } from '../alert.ts';
import { Text } from '../text.ts';
import { asPeriod, reportDays } from './period.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
const share = z.number().min(0).max(1);

/** Groups of fewer homes than this are never shown by themselves: what is said of them would say who they are. */
export const smallestGroup = 5;

/** Acceptance is held to these, in seconds. */
export const acceptanceTargets = [30, 60, 180] as const;

const asked = { ...reportDays, unitId: z.string().max(64).optional() };

/** GET /reports/follow-up: whole days of the municipality's wall clock, both included. */
export const ReportQuery = asPeriod(z.object(asked));
export type ReportQuery = z.infer<typeof ReportQuery>;
export const ReportExportQuery = asPeriod(
  z.object({ ...asked, language: z.enum(['sv', 'en']).default('sv') }),
);
export type ReportExportQuery = z.infer<typeof ReportExportQuery>;

/** Seconds by nearest rank, so that each is a time that really occurred; null where `count` is 0. */
export const Percentiles = z.object({
  count: z.number().int(),
  p50: z.number().nullable(),
  p90: z.number().nullable(),
  p95: z.number().nullable(),
  p99: z.number().nullable(),
  max: z.number().nullable(),
});
export type Percentiles = z.infer<typeof Percentiles>;

const Response = z.object({
  /** Null: all of them. */
  severity: Severity.nullable(),
  /** Those that asked somebody: what was held back from its beginning to its end is left out. */
  alerts: z.number().int(),
  /**
   * From when it asked (raised, or what held it back had ended) to the first screen that showed it, to somebody's
   * acceptance, to arrival, to the end that a person gave it.
   */
  screen: Percentiles,
  acceptance: Percentiles,
  arrival: Percentiles,
  resolution: Percentiles,
  /**
   * Of all that had to be answered, how many were accepted within each target; also those never accepted count, save for
   * what left by itself, was held back, or is too young, before the target had passed.
   */
  within: z.array(z.object({ seconds: z.number(), share: share.nullable() })),
  /** Resolved or still live without anybody having accepted them. */
  neverAccepted: z.number().int(),
});

/** How often care alerts were false. Groups that are too small are gathered in one row whose `key` is null. */
const FalseAlarms = z.object({
  key: z.string().nullable(),
  title: Text.nullable(),
  /** How many small groups it is made of; 0: it is a group by itself. */
  gathered: z.number().int(),
  alerts: z.number().int(),
  /** Those of which a person has said how they ended. Null, as what follows: gathered, the row is still too small. */
  resolved: z.number().int().nullable(),
  falseAlarms: z.number().int().nullable(),
  /** Of those resolved; null also where none is. */
  share: share.nullable(),
});

/** Alarm load of a unit as ISA-18.2 and EEMUA 191 judge it, shared by those on duty. */
const Load = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** Care alerts of this municipality that asked while the unit answered, by the unit that they asked first. */
  alerts: z.number().int(),
  /** People on duty at a time, on average over the time when anybody was; null where duty is not kept. */
  operators: z.number().nullable(),
  perTenMinutes: z.number(),
  mostInTenMinutes: z.number(),
  floodShare: share,
  /** Periods of ten minutes with more than ten alerts for each on duty; the hundred worst, oldest first. */
  floods: z.array(z.object({ from: instant, to: instant, alerts: z.number().int() })),
  chattering: z.number().int(),
  /** Live for more than 24 hours. */
  stale: z.number().int(),
  /** How much of it the ten most frequent combinations of home and rule gave. */
  topTenShare: share.nullable(),
  /** Those of too few homes left out. */
  bySeverity: z.array(z.object({ severity: Severity, alerts: z.number().int() })),
});

const Staffing = z.object({
  unit: z.object({ id: z.string(), name: z.string() }),
  /** Minutes in which it answered for homes. */
  responsibleMinutes: z.number().int(),
  /** Of them, those in which nobody was checked in; null where its people never check in. */
  uncoveredMinutes: z.number().int().nullable(),
  /** The longest first, ten at the most. */
  gaps: z.array(z.object({ from: instant, to: instant })),
});

const Uptime = z.object({
  /** The kind of device; null: those kinds gathered that are too few. */
  kind: z.string().nullable(),
  gathered: z.number().int(),
  devices: z.number().int(),
  /** Of the time in a home, how much it could be heard; null where the row is still too small to be shown. */
  share: share.nullable(),
  silentMinutes: z.number().int().nullable(),
});

/** A device whose alerts were false more often than not; for those who may know whose home it is in. */
const NoisyDevice = z.object({
  id: z.string(),
  name: z.string(),
  homeLabel: z.string().nullable(),
  alerts: z.number().int(),
  falseAlarms: z.number().int(),
});

const Week = z.object({
  from: instant,
  alerts: z.number().int(),
  /** Null, as the share, also where the week's alerts came from too few homes. */
  acceptanceP95: z.number().nullable(),
  falseShare: share.nullable(),
});

export const FollowUpReport = z
  .object({
    municipality: z.object({ id: z.string(), name: z.string() }),
    unit: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** Those that a report can be asked for: none whose homes are too few, or could be told from the others' reports. */
    units: z.array(z.object({ id: z.string(), name: z.string() })),
    from: instant,
    to: instant,
    timeZone: z.string(),
    madeAt: instant,
    /**
     * Whole calendar months, all of them over when it was made. Two reports that overlap otherwise may be subtracted, and
     * what is left may be of a day with few homes.
     */
    isWholeMonths: z.boolean(),
    /** True: fewer homes than may be told apart, so nothing but this and how many homes there are is said. */
    isTooSmall: z.boolean(),
    homes: z.number().int(),
    residents: z.number().int(),
    /** Days in which a resident had supervision, summed over residents. */
    residentDays: z.number(),
    alerts: z.object({
      care: z.number().int(),
      technical: z.number().int(),
      test: z.number().int(),
      carePerResidentDay: z.number().nullable(),
    }),
    /** All, then by severity, most urgent first; care alerts, tests left out, and severities of too few homes. */
    responses: z.array(Response),
    byRule: z.array(FalseAlarms),
    byKind: z.array(FalseAlarms),
    /** Empty for those who may not know who lives where; never in a file or on paper. */
    noisyDevices: z.array(NoisyDevice),
    loads: z.array(Load),
    staffing: z.array(Staffing),
    uptime: z.array(Uptime),
    /** Oldest first; the first and the last may be part of a week. */
    weeks: z.array(Week),
  })
  .meta({ id: 'FollowUpReport' });
export type FollowUpReport = z.infer<typeof FollowUpReport>;
