import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type LogFormat, readLog } from '../../simulators/replay/read-log.ts';
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
  context: Pick<CommandContext, 'environment' | 'print'>,
  options: SourceOptions,
): Promise<BacktestSource> {
  return options.log === undefined
    ? openDatabase(context, options.municipality)
    : openLog(options.log, options);
}

async function openLog(file: string, given: SourceOptions): Promise<BacktestSource> {
  const { format, mapping: mappingFile } = given;
  if (format === undefined || mappingFile === undefined)
    throw new AppError('invalid', 'With --log, give --format casas or uci, and --mapping FILE.');
  const mapping = await readMapping(mappingFile);
  const { events } = readLog(await readFile(file, 'utf8'), format, mapping);
  const first = events[0];
  const last = events.at(-1);
  if (first === undefined || last === undefined)
    throw new AppError('invalid', `${file} holds no event that ${mappingFile} knows.`);
  return {
    history: createLogHistory(mapping, events),
    scope: scopeOf('log'),
    timeZone: mapping.timeZone,
    span: { from: first.at, to: last.at + 1 },
    inForce: noRules,
    disclose: async () => {},
    close: async () => {},
  };
}

async function openDatabase(
  { environment }: Pick<CommandContext, 'environment'>,
  wanted?: string,
): Promise<BacktestSource> {
  const config = readConfig(environment);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const file = join(config.dataDir, 'vaka.db');
  const store = await openSqliteStore(file);
  const past = openSqliteHistory(file);
  const municipality = choose(await past.municipalities(), wanted);
  const { id, timeZone } = municipality;
  const inForce = await store.transaction((ledger) => ledger.rulesInForce([id]));
  const scope = scopeOf(id);
  const now = Date.now();
  return {
    history: past.history,
    scope,
    timeZone,
    span: { from: now - monthMs, to: now },
    inForce: inForce.get(id) ?? noRules,
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
  if (only === undefined) throw new AppError('not-found', 'There is no such municipality.');
  const ids = municipalities.map(({ id }) => id).join(', ');
  throw new AppError('invalid', `Say which municipality with --municipality: ${ids}.`);
}

/** Whoever may run commands on this machine may read all it holds; the access log calls them by this name. */
function scopeOf(municipalityId: string): Scope {
  return { userId: 'command-line', municipalityId, role: 'coordinator', units: 'all' };
}
