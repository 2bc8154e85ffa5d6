import { Outcome, severities, type Severity } from '../../protocol/alert.ts';
import type {
  BacktestResult,
  BacktestSummary,
  OutcomeCounts,
  RuleTally,
} from '../../protocol/rule/backtest.ts';
import { During } from '../../protocol/rule/during.ts';
import type { RealAlert, Span } from '../history.ts';
import { isDuring } from '../home/wall-clock.ts';
import type { Found } from './found.ts';
import { countChattering, loadOf } from './load.ts';
import { outcomeOf } from './outcome.ts';

const dayMs = 24 * 3_600_000;
const weekMs = 7 * dayMs;
const night = During.parse({ from: '22:00', to: '06:00' });

export interface TallyOptions {
  span: Span;
  /** The municipality's; days are counted by it. */
  timeZone: string;
  operators: number;
  /** What a rule calls with; what an alert worsened to is the alert's. */
  severityOf?: (rule: string) => Severity | undefined;
}

/** Counts what rules give, home by home. */
export interface Tally {
  /** A home's alerts, oldest first, and the real alert that each was matched with. */
  add: (
    home: { timeZone: string; residents: number },
    alerts: readonly Found[],
    real: readonly (RealAlert | null)[],
  ) => void;
  summary: () => BacktestSummary;
  /** Those that raised something, by id. */
  rules: () => RuleTally[];
  /** By date, none left out. */
  days: () => readonly { date: string; alerts: number }[];
}

export function createTally(options: TallyOptions): Tally {
  const { span, timeZone, operators, severityOf } = options;
  const times: number[] = [];
  const bySeverity = zeros(severities);
  const outcomes = noOutcomes();
  const byRule = new Map<string, RuleTally>();
  const byDate = new Map(datesOf(span, timeZone).map((date) => [date, 0]));
  let residents = 0;
  let chattering = 0;
  let atNight = 0;

  function add(found: Found, real: RealAlert | null, zone: string): void {
    const isNight = isDuring(night, found.at, zone);
    const outcome = outcomeOf(real);
    const date = dateOf(found.at, timeZone);
    times.push(found.at);
    bySeverity[found.severity] += 1;
    outcomes[outcome] += 1;
    atNight += isNight ? 1 : 0;
    byDate.set(date, (byDate.get(date) ?? 0) + 1);
    const tally = byRule.get(found.rule) ?? noneOf(found, severityOf?.(found.rule));
    byRule.set(found.rule, tally);
    tally.alerts += 1;
    tally[isNight ? 'night' : 'day'] += 1;
    tally.outcomes[outcome] += 1;
  }

  const perResidentWeek = (alerts: number) => rate(alerts, (residents * length(span)) / weekMs);

  return {
    add: (home, alerts, real) => {
      residents += home.residents;
      chattering += countChattering(alerts);
      for (const [index, found] of alerts.entries()) add(found, real[index] ?? null, home.timeZone);
    },
    summary: () => ({
      alerts: times.length,
      perDay: rate(times.length, length(span) / dayMs),
      perResidentWeek: perResidentWeek(times.length),
      night: atNight,
      day: times.length - atNight,
      bySeverity,
      load: { ...loadOf(times, span, operators), chattering },
      outcomes,
    }),
    rules: () =>
      [...byRule.values()]
        .map((tally) => ({ ...tally, perResidentWeek: perResidentWeek(tally.alerts) }))
        .sort((a, b) => (a.rule < b.rule ? -1 : 1)),
    days: () => [...byDate].map(([date, alerts]) => ({ date, alerts })),
  };
}

/** The two sides of a comparison, day by day. */
export function joinDays(candidate: Tally, current: Tally | null): BacktestResult['days'] {
  const currents = current?.days();
  return candidate
    .days()
    .map((day, index) => ({ ...day, current: currents?.[index]?.alerts ?? null }));
}

function noneOf({ rule, version, severity }: Found, own = severity): RuleTally {
  const counts = { alerts: 0, perResidentWeek: 0, night: 0, day: 0 };
  return { rule, version, severity: own, ...counts, outcomes: noOutcomes() };
}

function noOutcomes(): OutcomeCounts {
  return zeros([...Outcome.options, 'unanswered', 'none'] as const);
}

function zeros<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>;
}

function rate(count: number, per: number): number {
  return per > 0 ? count / per : 0;
}

function length({ from, to }: Span): number {
  return to - from;
}

function plainDate(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

function dateOf(at: number, timeZone: string): string {
  return plainDate(at, timeZone).toString();
}

function datesOf({ from, to }: Span, timeZone: string): string[] {
  const dates: string[] = [];
  const last = plainDate(to - 1, timeZone);
  let date = plainDate(from, timeZone);
  while (Temporal.PlainDate.compare(date, last) <= 0) {
    dates.push(date.toString());
    date = date.add({ days: 1 });
  }
  return dates;
}
