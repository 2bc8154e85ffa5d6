import { readFile } from 'node:fs/promises';
import { setImmediate as giveWay } from 'node:timers/promises';

import { type Command, InvalidArgumentError } from 'commander';

import type { LogFormat } from '../../simulators/replay/read-log.ts';
import { backtest } from '../domain/backtest/backtest.ts';
import { noRules, readCandidates, withCandidates } from '../domain/backtest/candidate.ts';
import type { Found } from '../domain/backtest/found.ts';
import type { Told } from '../domain/backtest/read-homes.ts';
import { tune } from '../domain/backtest/tuning.ts';
import { AppError } from '../domain/errors.ts';
import type { Span } from '../domain/history.ts';
import type { RulesInForce } from '../domain/rulebook.ts';
import type { BacktestResult } from '../protocol/rule/backtest.ts';
import { parseDuration } from '../protocol/rule/duration.ts';
import { isDurationKey, ParameterKey } from '../protocol/rule/parameter.ts';
import type { ReadRule } from '../protocol/rule/read-rule.ts';
import { rulesOf } from '../services/rules-of.ts';
import { readStandardRules } from '../store/template-file.ts';
import { reportBacktest, reportTuning } from './backtest-report.ts';
import { type BacktestSource, openSource, type SourceOptions } from './backtest-source.ts';
import type { CommandContext } from './context.ts';

const dayMs = 24 * 3_600_000;
const shownEveryMs = 200;

interface Given extends SourceOptions {
  home: string[];
  from?: string;
  to?: string;
  handledAfter: number | null;
  json?: true;
}

/** The commands that try rules on what has happened. */
export function backtestCommands(program: Command, context: CommandContext): void {
  withSource(
    program
      .command('backtest')
      .description('What rules would have raised, over what has been stored or a recorded log.')
      .argument('<rules>', 'YAML or JSON file, or `standard`')
      .option(
        '--against <rules>',
        '`current`, `standard` or a file: also tell what differs from those',
      )
      .option('--alone', 'these rules alone, without the others that hold now')
      .option('--operators <n>', 'how many people share the alerts', whole, 1),
  ).action((rules: string, given: Given & BacktestOptions) => runBacktest(context, rules, given));

  withSource(
    program
      .command('tune')
      .description('What each value of one parameter of a rule would have raised.')
      .argument('<rules>', 'YAML or JSON file, or `standard`')
      .requiredOption('--rule <id>', 'the rule in it')
      .requiredOption('--parameter <name>', 'such as for, count.times or absence.for')
      .option('--values <list>', 'such as 1m,2m,5m; by default spread over the rule’s bounds'),
  ).action((rules: string, given: Given & TuneOptions) => runTune(context, rules, given));
}

function withSource(command: Command): Command {
  return command
    .option('--home <id>', 'only this home; may be given again', collect, [])
    .option('--from <date>', 'such as 2026-10-01, or a time with its zone; by default 30 days ago')
    .option('--to <date>', 'up to and not including; by default now')
    .option('--municipality <id>', 'needed only where there are several')
    .option(
      '--handled-after <duration>',
      'when an alert is taken to have been resolved, since nobody answers; or `never`',
      handling,
      20 * 60_000,
    )
    .option('--log <file>', 'a recorded log instead of the database')
    .option('--format <format>', 'casas or uci', oneFormat)
    .option('--mapping <file>', 'YAML: from sensors to devices and types of events')
    .option('--json', 'print JSON');
}

interface BacktestOptions {
  against?: string;
  alone?: true;
  operators: number;
}

async function runBacktest(
  context: CommandContext,
  rules: string,
  given: Given & BacktestOptions,
): Promise<void> {
  const candidates = await readRulesOf(rules);
  await withSourceOf(context, given, async (source, span) => {
    const found: Found[] = [];
    const current = await currentOf(source, given.against);
    const { scope, timeZone, inForce } = source;
    const candidate = withCandidates(inForce, candidates, {
      municipalityId: scope.municipalityId,
      at: span.to,
      alone: given.alone === true,
    });
    const began = performance.now();
    const result = await backtest(
      source.history,
      {
        scope,
        span,
        timeZone,
        homeIds: given.home.length > 0 ? given.home : null,
        candidate: rulesOf(candidate),
        current: current === null ? null : rulesOf(current),
        operators: given.operators,
        handledAfterMs: given.handledAfter,
      },
      {
        occurred: (occurrence) => {
          if (occurrence.change !== 'lost') found.push(occurrence.found);
        },
        told: tell(context),
      },
    );
    const whole_ = { ...result, tookMs: performance.now() - began };
    context.print(
      given.json === true ? `${json(found, whole_)}\n` : reportBacktest(whole_, timeZone),
    );
  });
}

function json(found: readonly Found[], { summary }: BacktestResult): string {
  const alerts = found
    .toSorted((a, b) => a.at - b.at)
    .map(({ rule, version, severity, at, deviceId, lateMs, clearedAt }) => ({
      rule,
      version,
      severity,
      at: isoOf(at),
      device: deviceId,
      late: lateMs === null ? null : lateMs / 1_000,
      cleared: clearedAt === null ? null : isoOf(clearedAt),
    }));
  return JSON.stringify({ alerts, summary });
}

interface TuneOptions {
  rule: string;
  parameter: string;
  values?: string;
}

async function runTune(
  context: CommandContext,
  rules: string,
  given: Given & TuneOptions,
): Promise<void> {
  const candidates = await readRulesOf(rules);
  const rule = candidates.find((each) => each.rule.id === given.rule)?.rule;
  if (rule === undefined) {
    const ids = candidates.map((each) => each.rule.id).join(', ');
    throw new AppError('not-found', `There is no rule ${given.rule} in ${rules}, but: ${ids}.`);
  }
  const parameter = ParameterKey.safeParse(given.parameter);
  if (!parameter.success)
    throw new AppError('invalid', `${given.parameter} is nothing that a rule may have.`);
  await withSourceOf(context, given, async ({ history, scope }, span) => {
    const result = await tune(
      history,
      {
        scope,
        span,
        rule,
        parameter: parameter.data,
        homeIds: given.home.length > 0 ? given.home : null,
        values: given.values?.split(',').map((text) => valueOf(parameter.data, text)),
        handledAfterMs: given.handledAfter,
      },
      tell(context),
    );
    context.print(given.json === true ? `${JSON.stringify(result)}\n` : reportTuning(result));
  });
}

async function withSourceOf(
  context: CommandContext,
  given: Given,
  work: (source: BacktestSource, span: Span) => Promise<void>,
): Promise<void> {
  const source = await openSource(context, given);
  try {
    const { from = source.span.from, to = source.span.to } = {
      ...(given.from === undefined ? {} : { from: instantOf(given.from, source.timeZone) }),
      ...(given.to === undefined ? {} : { to: instantOf(given.to, source.timeZone) }),
    };
    if (from >= to) throw new AppError('invalid', '--from must be before --to.');
    const homeIds = given.home.length > 0 ? given.home : null;
    const homes = await source.history.homes(source.scope, homeIds);
    const missing = given.home.find((id) => !homes.some((home) => home.id === id));
    if (missing !== undefined) throw new AppError('not-found', `There is no home ${missing}.`);
    await source.disclose(homes.map(({ id }) => id));
    await work(source, { from, to });
  } finally {
    await source.close();
  }
}

/** What to compare with: nothing, what holds now, or the rules of a file alone. */
async function currentOf(
  { inForce, scope, span }: BacktestSource,
  against?: string,
): Promise<RulesInForce | null> {
  if (against === undefined) return null;
  if (against === 'current') {
    if (inForce.versions.length > 0) return inForce;
    throw new AppError('invalid', 'A log has no current rules: compare with `standard` or a file.');
  }
  const rules = await readRulesOf(against);
  const { municipalityId } = scope;
  return withCandidates(noRules, rules, { municipalityId, at: span.to, alone: true });
}

/** The rules of a file, or the ones every municipality starts with. */
async function readRulesOf(rules: string): Promise<readonly ReadRule[]> {
  return rules === 'standard' ? readStandardRules() : readCandidates(await readFile(rules, 'utf8'));
}

/** Shows how far it has come, where somebody watches, and ends it when asked to. */
function tell({ progress, signal }: CommandContext): Told {
  let shownAt = -Infinity;
  return async ({ progress: done, events, alerts }) => {
    const now = performance.now();
    if (now - shownAt < shownEveryMs) return;
    shownAt = now;
    progress?.(`${Math.round(done * 100)} %, ${events} events, ${alerts} alerts`);
    await giveWay();
    if (signal.aborted) throw new AppError('conflict', 'It was ended before it was done.');
  };
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

/** A date is midnight of the wall clock there. */
function instantOf(text: string, timeZone: string): number {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text))
      return Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new AppError('invalid', `${text} is neither a date nor a time with its zone.`);
  }
}

function valueOf(parameter: ParameterKey, text: string): number {
  const value = isDurationKey(parameter) ? parseDuration(text) : Number(text);
  if (value !== null && Number.isFinite(value)) return value;
  throw new AppError('invalid', `${text} cannot be \`${parameter}\`.`);
}

function handling(text: string): number | null {
  if (text === 'never') return null;
  const ms = parseDuration(text);
  if (ms !== null && ms > 0 && ms <= dayMs) return ms;
  throw new InvalidArgumentError('Write a duration up to 1d such as 20m, or never.');
}

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Give a whole number above 0.');
}

function oneFormat(text: string): LogFormat {
  if (text === 'casas' || text === 'uci') return text;
  throw new InvalidArgumentError('Write casas or uci.');
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
