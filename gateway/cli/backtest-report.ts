import type {
  AlarmLoad,
  BacktestResult,
  BacktestSummary,
  OutcomeCounts,
  RuleTally,
  TuningResult,
} from '../protocol/rule/backtest.ts';
import { isDurationKey } from '../protocol/rule/parameter.ts';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
const barWidth = 32;
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });
const count = new Intl.NumberFormat('en');

/** A backtest for people to read in a terminal. */
export function reportBacktest(result: BacktestResult, timeZone: string): string {
  const { summary, current, homes, residents, events, withheld, tookMs } = result;
  const seconds = fine.format(tookMs / 1_000);
  const lines = [
    `${dateOf(result.from, timeZone)} to ${dateOf(result.to - 1, timeZone)}: ${plural(homes, 'home')}, ${plural(residents, 'resident')}, ${plural(events, 'event')} in ${seconds} s`,
    ...(withheld > 0 ? [`${plural(withheld, 'event')} left out: nobody consents any more`] : []),
    '',
    ...table(
      ['rule', 'version', 'severity', 'alerts', 'per week', 'night', 'day', 'what came of them'],
      result.rules.map(rowOf),
    ),
    '',
    describe('All', summary),
    ...describeLoad(summary.load),
    `Per day       ${sparkline(result.days.map((day) => day.alerts))}`,
  ];
  if (current !== null && result.difference !== null) {
    const { added, lost, earlier, later, same } = result.difference;
    lines.push(
      '',
      describe('Now', current),
      `Per day, now  ${sparkline(result.days.map((day) => day.current ?? 0))}`,
      `Difference    ${added} added, ${lost} lost, ${earlier} earlier, ${later} later, ${same} the same`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What each value would have given, as a table with bars. */
export function reportTuning({ parameter, value, bounds, points }: TuningResult): string {
  const most = Math.max(1, ...points.map(({ alerts }) => alerts));
  const text = (one: number) => (isDurationKey(parameter) ? durationText(one) : fine.format(one));
  const rows = points.map((point) => [
    `${text(point.value)}${point.value === value ? ' (now)' : ''}`,
    count.format(point.alerts),
    fine.format(point.perResidentWeek),
    '█'.repeat(Math.round((point.alerts / most) * barWidth)),
  ]);
  const within = bounds === null ? '' : `, from ${text(bounds.min)} to ${text(bounds.max)}`;
  const lines = table([parameter, 'alerts', 'per week', ''], rows);
  return `Alerts per resident and week by \`${parameter}\`${within}\n\n${lines.join('\n')}\n`;
}

function rowOf(tally: RuleTally): string[] {
  return [
    tally.rule,
    String(tally.version),
    tally.severity,
    count.format(tally.alerts),
    fine.format(tally.perResidentWeek),
    count.format(tally.night),
    count.format(tally.day),
    outcomesOf(tally.outcomes),
  ];
}

function outcomesOf(outcomes: OutcomeCounts): string {
  return Object.entries(outcomes)
    .filter(([outcome, number]) => number > 0 && outcome !== 'none')
    .map(([outcome, number]) => `${number} ${outcome}`)
    .join(', ');
}

function describe(name: string, summary: BacktestSummary): string {
  const { alerts, perDay, perResidentWeek, night, day } = summary;
  return `${name.padEnd(13)} ${plural(alerts, 'alert')}: ${fine.format(perDay)} a day, ${fine.format(perResidentWeek)} a resident and week, ${night} by night, ${day} by day`;
}

function describeLoad(load: AlarmLoad): string[] {
  const { perTenMinutes, mostInTenMinutes, floodShare, chattering } = load;
  return [
    `Load          ${fine.format(perTenMinutes)} in ten minutes for each operator (1 is acceptable), ${fine.format(mostInTenMinutes)} at the most (10), flood ${share.format(floodShare)} of the time (under 1 %), ${chattering} chattering (none)`,
  ];
}

/** A line of bars, one for each number. */
function sparkline(numbers: readonly number[]): string {
  const most = Math.max(1, ...numbers);
  const barOf = (number: number) =>
    number === 0 ? '·' : bars[Math.ceil((number / most) * bars.length) - 1];
  return numbers.map(barOf).join('');
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = heading.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [heading, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function plural(number: number, noun: string): string {
  return `${count.format(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function dateOf(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString();
}

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** As a rule writes it, in the largest unit that leaves no rest. */
function durationText(ms: number): string {
  const [unit, length] = units.find(([, each]) => ms >= each && ms % each === 0) ?? ['ms', 1];
  return `${ms / length}${unit}`;
}
