import { type Command, InvalidArgumentError } from 'commander';

import { backtest } from '../domain/backtest/backtest.ts';
import { noRules, withCandidates } from '../domain/backtest/candidate.ts';
import type { Found } from '../domain/backtest/found.ts';
import { AppError } from '../domain/errors.ts';
import type { RulesInForce } from '../domain/rulebook.ts';
import type { BacktestResult } from '../protocol/rule/backtest.ts';
import { rulesOf } from '../services/rules-of.ts';
import { reportBacktest } from './backtest-report.ts';
import type { BacktestSource } from './backtest-source.ts';
import type { CommandContext } from './context.ts';
import { type PastOptions, readRulesOf, tell, withPast, withPastOptions } from './past-option.ts';

/** Tries rules on what has happened. */
export function backtestCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('backtest')
    .description('What rules would have raised, over what has been stored or a recorded log.')
    .argument('<rules>', 'YAML or JSON file, or `standard`')
    .option(
      '--against <rules>',
      '`current`, `standard` or a file: also tell what differs from those',
    )
    .option('--alone', 'these rules alone, without the others that hold now')
    .option('--operators <n>', 'how many people share the alerts', whole, 1);
  withPastOptions(command).action((rules: string, given: BacktestOptions) =>
    runBacktest(context, rules, given),
  );
}

interface BacktestOptions extends PastOptions {
  against?: string;
  alone?: true;
  operators: number;
}

async function runBacktest(
  context: CommandContext,
  rules: string,
  given: BacktestOptions,
): Promise<void> {
  const candidates = await readRulesOf(rules);
  await withPast(context, given, async (source, span) => {
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
    const complete = { ...result, tookMs: performance.now() - began };
    context.print(
      given.json === true ? `${json(found, complete)}\n` : reportBacktest(complete, timeZone),
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

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

function whole(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new InvalidArgumentError('Give a whole number above 0.');
}
