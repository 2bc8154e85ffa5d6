import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type LogFormat, readLog } from '../../simulators/replay/read-log.ts';
import type { Skipped } from '../../simulators/replay/reading.ts';
import { readConfig } from '../config.ts';
import { noRules } from '../domain/backtest/candidate.ts';
import { AppError } from '../domain/errors.ts';
import type { History, Span } from '../domain/history.ts';
import type { RulesInForce } from '../domain/rulebook.ts';
import type { Scope } from '../domain/scope.ts';
import { openSqliteHistory } from '../store/sqlite-history.ts';
import { openSqliteStore } from '../store/sqlite-store.ts';
import type { CommandContext } from './context.ts';
import { createLogHistory } from './log-history.ts';
import { readMapping } from './read-mapping.ts';

/** Events to try rules on, and what else is known where they come from. */
export interface BacktestSource {
  history: History;
  scope: Scope;
  timeZone: string;
  /** What to look at when nobody says. */
  span: Span;
  inForce: RulesInForce;
  /** Where to look instead, when there is nothing in the span. */
  advice: string;
  /** Writes down whose events are about to be read. */
  disclose: (homeIds: readonly string[]) => Promise<void>;
  close: () => Promise<void>;
}

export interface SourceOptions {
  log?: string;
  format?: LogFormat;
  mapping?: string;
  municipality?: string;
}

const monthMs = 30 * 24 * 3_600_000;

/** @throws AppError `invalid` or `not-found`, with what is missing. */
export async function openSource(
  context: Pick<CommandContext, 'environment' | 'warn'>,
  options: SourceOptions,
): Promise<BacktestSource> {
  return options.log === undefined
    ? openDatabase(context, options.municipality)
    : openLog(context, options.log, options);
}

async function openLog(
  { warn }: Pick<CommandContext, 'warn'>,
  file: string,
  given: SourceOptions,
): Promise<BacktestSource> {
  const { format, mapping: mappingFile } = given;
  if (format === undefined || mappingFile === undefined)
    throw new AppError('invalid', 'With --log, give --format casas or uci, and --mapping FILE.');
  const mapping = await readMapping(mappingFile);
  const { events, skipped } = readLog(await readFile(file, 'utf8'), format, mapping);
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined)
    throw new AppError(
      'invalid',
      `${file} holds no event that ${mappingFile} knows.\n${leftOut(skipped)}`.trimEnd(),
    );
  if (skipped.length > 0) warn?.(leftOut(skipped));
  return {
    history: createLogHistory(mapping, events),
    scope: scopeOf('log'),
    timeZone: mapping.timeZone,
    span: { from: first.at, to: last.at + 1 },
    inForce: noRules,
    advice: `The log goes from ${dateOf(first.at)} to ${dateOf(last.at)}.`,
    disclose: async () => {},
    close: async () => {},
  };
}

async function openDatabase(
  { environment }: Pick<CommandContext, 'environment'>,
  wanted?: string,
): Promise<BacktestSource> {
  const { dataDir } = readConfig(environment);
  const file = join(dataDir, 'vaka.db');
  if (!existsSync(file))
    throw new AppError(
      'not-found',
      `There is no database in ${dataDir}. Set VAKA_DATA_DIR, or give a recorded log with --log.`,
    );
  const store = await openSqliteStore(file);
  const past = openSqliteHistory(file);
  const { id, timeZone } = choose(await past.municipalities(), wanted);
  const inForce = await store.transaction((ledger) => ledger.rulesInForce([id]));
  const scope = scopeOf(id);
  const now = Date.now();
  return {
    history: past.history,
    scope,
    timeZone,
    span: { from: now - monthMs, to: now },
    inForce: inForce.get(id) ?? noRules,
    advice: 'Choose another with --from and --to.',
    disclose: async (homeIds) => {
      const written = homeIds.map((subjectId) =>
        store.accessLog.write(scope, { action: 'backtest', subjectId, at: now }),
      );
      await Promise.all(written);
    },
    close: async () => {
      past.close();
      await store.close();
    },
  };
}

function choose<Municipality extends { id: string }>(
  municipalities: readonly Municipality[],
  wanted?: string,
): Municipality {
  const [only, ...others] = municipalities.filter(
    ({ id }) => wanted === undefined || id === wanted,
  );
  if (only !== undefined && others.length === 0) return only;
  const ids = municipalities.map(({ id }) => id).join(', ');
  if (ids === '')
    throw new AppError('not-found', 'There is no municipality yet, and nothing to read.');
  if (only === undefined)
    throw new AppError('not-found', `There is no municipality ${wanted}, but: ${ids}.`);
  throw new AppError('invalid', `Say which municipality with --municipality: ${ids}.`);
}

/** Whoever may run commands on this machine may read all it holds; the access log calls them by this name. */
function scopeOf(municipalityId: string): Scope {
  return { userId: 'command-line', municipalityId, role: 'coordinator', units: 'all' };
}

const reasonsTold = 5;

/** How many lines say nothing, and why, the most common reason first. */
function leftOut(skipped: readonly Skipped[]): string {
  const reasons = [...Map.groupBy(skipped, ({ reason }) => reason)]
    .map(([reason, lines]) => ({ reason, times: lines.length }))
    .sort((a, b) => b.times - a.times);
  const told = reasons.slice(0, reasonsTold).map(({ reason, times }) => `  ${times}: ${reason}\n`);
  const more = reasons.length > reasonsTold ? `  and ${reasons.length - reasonsTold} more\n` : '';
  return `${skipped.length} readings are left out:\n${told.join('')}${more}`;
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
