import type { Command } from 'commander';

import { tune } from '../domain/backtest/tuning.ts';
import { AppError } from '../domain/errors.ts';
import { parseDuration } from '../protocol/rule/duration.ts';
import { isDurationKey, ParameterKey } from '../protocol/rule/parameter.ts';
import { reportTuning } from './backtest-report.ts';
import type { CommandContext } from './context.ts';
import { type PastOptions, readRulesOf, tell, withPast, withPastOptions } from './past-option.ts';

/** Tries each value of one parameter of a rule on what has happened. */
export function tuneCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('tune')
    .description('What each value of one parameter of a rule would have raised.')
    .argument('<rules>', 'YAML or JSON file, or `standard`')
    .requiredOption('--rule <id>', 'the rule in it')
    .requiredOption('--parameter <name>', 'such as for, count.times or absence.for')
    .option('--values <list>', 'such as 1m,2m,5m; by default spread over the rule’s bounds');
  withPastOptions(command).action((rules: string, given: TuneOptions) =>
    runTune(context, rules, given),
  );
}

interface TuneOptions extends PastOptions {
  rule: string;
  parameter: string;
  values?: string;
}

async function runTune(context: CommandContext, rules: string, given: TuneOptions): Promise<void> {
  const candidates = await readRulesOf(rules);
  const rule = candidates.find((each) => each.rule.id === given.rule)?.rule;
  if (rule === undefined) {
    const ids = candidates.map((each) => each.rule.id).join(', ');
    throw new AppError('not-found', `There is no rule ${given.rule} in ${rules}, but: ${ids}.`);
  }
  const parameter = ParameterKey.safeParse(given.parameter);
  if (!parameter.success)
    throw new AppError('invalid', `${given.parameter} is nothing that a rule may have.`);
  await withPast(context, given, async ({ history, scope }, span) => {
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

function valueOf(parameter: ParameterKey, text: string): number {
  const value = isDurationKey(parameter) ? parseDuration(text) : Number(text);
  if (value !== null && Number.isFinite(value)) return value;
  throw new AppError('invalid', `${text} cannot be \`${parameter}\`.`);
}
