import { readFile } from 'node:fs/promises';
import { setImmediate as giveWay } from 'node:timers/promises';

import { type Command, InvalidArgumentError, Option } from 'commander';

import type { LogFormat } from '../../simulators/replay/read-log.ts';
import { readCandidates } from '../domain/backtest/candidate.ts';
import type { Told } from '../domain/backtest/read-homes.ts';
import { AppError } from '../domain/errors.ts';
import type { Span } from '../domain/history.ts';
import { parseDuration } from '../protocol/rule/duration.ts';
import type { ReadRule } from '../protocol/rule/read-rule.ts';
import { readTemplate } from '../protocol/rule/template.ts';
import { readStandardRules } from '../store/template-file.ts';
import { type BacktestSource, openSource, type SourceOptions } from './backtest-source.ts';
import type { CommandContext } from './context.ts';

const dayMs = 24 * 3_600_000;
const shownEveryMs = 200;

/** What every command may be told that looks at what has happened. */
export interface PastOptions extends SourceOptions {
  home: string[];
  from?: string;
  to?: string;
  handledAfter: number | null;
  json?: true;
}

/** Takes those options. */
export function withPastOptions(command: Command): Command {
  return command
    .option('--home <id>', 'only this home; may be given again', collect, [])
    .option('--from <date>', 'such as 2026-10-01, or a time with its zone; by default 30 days ago')
    .option('--to <date>', 'up to and not including; by default now')
    .option('--municipality <id>', 'needed only where there are several')
    .addOption(
      new Option(
        '--handled-after <duration>',
        'when an alert is taken to have been resolved, since nobody answers; or `never`',
      )
        .argParser(handling)
        .default(20 * 60_000, '20m'),
    )
    .option('--log <file>', 'a recorded log instead of the database')
    .option('--format <format>', 'casas or uci', oneFormat)
    .option('--mapping <file>', 'YAML: from sensors to devices and types of events')
    .option('--json', 'print JSON; times in UTC, `late` in seconds');
}

/** Opens what has happened, writes down whose events are about to be read, and closes it after the work. */
export async function withPast(
  context: CommandContext,
  given: PastOptions,
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
    const ids = homes.map(({ id }) => id);
    if ((await source.history.count(ids, { from, to })) === 0)
      throw new AppError('invalid', `Nothing was told in that time. ${source.advice}`);
    await source.disclose(ids);
    await work(source, { from, to });
  } finally {
    await source.close();
  }
}

/** The rules of a file, of a template, or the ones every municipality starts with. */
export async function readRulesOf(rules: string): Promise<readonly ReadRule[]> {
  if (rules === 'standard') return readStandardRules();
  const text = await readFile(rules, 'utf8');
  const template = readTemplate(text);
  return template.ok ? [template.read] : readCandidates(text);
}

/** Shows how far it has come, where somebody watches, and ends it when asked to. */
export function tell({ progress, signal }: CommandContext): Told {
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

/** A date is midnight of the wall clock there. */
function instantOf(text: string, timeZone: string): number {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text))
      return Temporal.PlainDate.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    throw new AppError(
      'invalid',
      `${text} is neither a date nor a time with its zone: write 2026-10-01 or 2026-10-01T22:00Z.`,
    );
  }
}

function handling(text: string): number | null {
  if (text === 'never') return null;
  const ms = parseDuration(text);
  if (ms !== null && ms > 0 && ms <= dayMs) return ms;
  throw new InvalidArgumentError('Write a duration up to 1d such as 20m, or never.');
}

function oneFormat(text: string): LogFormat {
  if (text === 'casas' || text === 'uci') return text;
  throw new InvalidArgumentError('Write casas or uci.');
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
