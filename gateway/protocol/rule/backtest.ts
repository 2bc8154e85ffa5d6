import { z } from 'zod';

import { Outcome, Severity } from '../alert.ts';
import { ParameterKey } from './parameter.ts';
import { RuleId } from './rule.ts';

const instant = z.number().meta({ description: 'Epoch milliseconds.' });
/** The end of the year 9999, the last that calendars write in four digits. */
const lastInstant = 253_402_300_799_999;
const askedInstant = instant.int().min(0).max(lastInstant);

/** What happened to alerts that really were raised; `unanswered` are resolved by nobody, `none` never were raised. */
export const OutcomeCounts = z.record(
  z.enum([...Outcome.options, 'unanswered', 'none']),
  z.number(),
);
export type OutcomeCounts = z.infer<typeof OutcomeCounts>;

/** POST /backtests */
export const BacktestRequest = z.strictObject({
  /** YAML or JSON of the candidate rules. */
  source: z.string().min(1).max(100_000),
  /** True: the candidates alone; false: what holds now, with the candidates in place of rules of the same id. */
  alone: z.boolean().default(false),
  /** All homes one works with, if left out. */
  homeIds: z.array(z.string().max(64)).min(1).max(1_000).optional(),
  from: askedInstant,
  to: askedInstant,
  /** Compare with the rules that hold now. */
  compare: z.boolean().default(true),
  /** How many people share the alerts. */
  operators: z.number().int().min(1).max(1_000).default(1),
  /** When an alert is taken to have been resolved, since nobody answers in a backtest. */
  handledAfterMinutes: z.number().int().min(1).max(1_440).default(20),
});
export type BacktestRequest = z.infer<typeof BacktestRequest>;

/** POST /tunings: what each value of one parameter would have given. */
export const TuningRequest = z.strictObject({
  source: z.string().min(1).max(100_000),
  parameter: ParameterKey,
  /** In milliseconds for durations; up to 24 values. Spread over the bounds if left out. */
  values: z.array(z.number()).min(2).max(24).optional(),
  homeIds: z.array(z.string().max(64)).min(1).max(1_000).optional(),
  from: askedInstant,
  to: askedInstant,
  handledAfterMinutes: z.number().int().min(1).max(1_440).default(20),
});
export type TuningRequest = z.infer<typeof TuningRequest>;

/** Alarm load of one operator, as ISA-18.2 judges it. */
export const AlarmLoad = z.object({
  /** Alerts in ten minutes, on average over the whole time, and at the most. */
  perTenMinutes: z.number(),
  mostInTenMinutes: z.number(),
  /** Share of the ten-minute periods with more than ten. */
  floodShare: z.number(),
  /** Alerts that were the third of the same need within 60 s. */
  chattering: z.number(),
});
export type AlarmLoad = z.infer<typeof AlarmLoad>;

export const BacktestSummary = z
  .object({
    alerts: z.number(),
    perDay: z.number(),
    perResidentWeek: z.number(),
    /** From 22:00 to 06:00 of the home's wall clock, and the rest. */
    night: z.number(),
    day: z.number(),
    bySeverity: z.record(Severity, z.number()),
    load: AlarmLoad,
    outcomes: OutcomeCounts,
  })
  .meta({ id: 'BacktestSummary' });
export type BacktestSummary = z.infer<typeof BacktestSummary>;

export const RuleTally = z.object({
  rule: z.string(),
  version: z.number(),
  severity: Severity,
  alerts: z.number(),
  perResidentWeek: z.number(),
  night: z.number(),
  day: z.number(),
  outcomes: OutcomeCounts,
});
export type RuleTally = z.infer<typeof RuleTally>;

export const BacktestResult = z
  .object({
    from: instant,
    to: instant,
    homes: z.number(),
    residents: z.number(),
    events: z.number(),
    /** Events left out because nobody consents to their purpose any more. */
    withheld: z.number(),
    tookMs: z.number(),
    summary: BacktestSummary,
    /** What the rules that hold now give; null without comparison. */
    current: BacktestSummary.nullable(),
    rules: z.array(RuleTally),
    currentRules: z.array(RuleTally),
    /** By date of the municipality's wall clock, none left out. */
    days: z.array(
      z.object({ date: z.string(), alerts: z.number(), current: z.number().nullable() }),
    ),
    difference: z
      .object({
        added: z.number(),
        lost: z.number(),
        earlier: z.number(),
        later: z.number(),
        same: z.number(),
      })
      .nullable(),
  })
  .meta({ id: 'BacktestResult' });
export type BacktestResult = z.infer<typeof BacktestResult>;

export const TuningResult = z
  .object({
    parameter: z.string(),
    /** The value that the rule has now. */
    value: z.number(),
    bounds: z.object({ min: z.number(), max: z.number() }).nullable(),
    homes: z.number(),
    events: z.number(),
    points: z.array(
      z.object({ value: z.number(), alerts: z.number(), perResidentWeek: z.number() }),
    ),
  })
  .meta({ id: 'TuningResult' });
export type TuningResult = z.infer<typeof TuningResult>;

export const BacktestState = z.enum(['waiting', 'running', 'done', 'cancelled', 'failed']);
export type BacktestState = z.infer<typeof BacktestState>;

export const BacktestProgress = z.object({
  id: z.string(),
  state: BacktestState,
  /** From 0 to 1. */
  progress: z.number(),
  events: z.number(),
  alerts: z.number(),
});
export type BacktestProgress = z.infer<typeof BacktestProgress>;

/** GET /backtests/{id}; DELETE cancels it. */
export const Backtest = BacktestProgress.extend({
  kind: z.enum(['backtest', 'tuning']),
  startedAt: instant,
  result: BacktestResult.nullable(),
  tuning: TuningResult.nullable(),
  /** Why it failed. */
  problem: z.string().nullable(),
}).meta({ id: 'Backtest' });
export type Backtest = z.infer<typeof Backtest>;

export const changes = ['added', 'lost', 'earlier', 'later', 'same'] as const;

/** An alert that would have been, or, when `lost`, one that the rules of now would have given. */
export const Occurrence = z
  .object({
    rule: z.string(),
    version: z.number(),
    severity: Severity,
    home: z.object({ id: z.string(), label: z.string() }),
    device: z.object({ id: z.string(), name: z.string() }).nullable(),
    /** When it would have been raised. */
    at: instant,
    /** When it happened in the home. */
    since: instant,
    late: z.number().nullable().meta({ description: 'Milliseconds late; null if in time.' }),
    clearedAt: instant.nullable(),
    change: z.enum(changes).nullable(),
    /** How much later than now, in milliseconds; negative is earlier. */
    shiftMs: z.number().nullable(),
    /** The alert that really was raised then, and what came of it. */
    alert: z.object({ id: z.string(), outcome: Outcome.nullable() }).nullable(),
  })
  .meta({ id: 'Occurrence' });
export type Occurrence = z.infer<typeof Occurrence>;

/** GET /backtests/{id}/occurrences, oldest first. */
export const OccurrenceQuery = z.object({
  rule: RuleId.optional(),
  change: z.enum(changes).optional(),
  cursor: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type OccurrenceQuery = z.infer<typeof OccurrenceQuery>;
export const OccurrencePage = z
  .object({ items: z.array(Occurrence), next: z.string().nullable(), total: z.number() })
  .meta({ id: 'OccurrencePage' });
export type OccurrencePage = z.infer<typeof OccurrencePage>;
