import { existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

import { AppError } from '../domain/errors.ts';
import { knownVersion, migrateTelemetry, newestVersion } from './schema.ts';

const busyMs = 5_000;
const retryMs = 10;
const taken = 5;
const damaged: ReadonlySet<number | null> = new Set([11, 26]);

/** A connection to `telemetry.db`. What is asked runs at once, on this thread. */
export interface TelemetryFile {
  /** None while a file that is only read has not been made yet. */
  all: <Row>(sql: string, ...values: SQLInputValue[]) => Row[];
  /** As `all`, of numbers and without names, which is three times as fast. */
  numbers: (sql: string, ...values: SQLInputValue[]) => number[][];
  /** How many rows it changed. */
  run: (sql: string, ...values: SQLInputValue[]) => number;
  /** All of the work or none of it; waits up to five seconds for those who write meanwhile. */
  transaction: <T>(work: () => T) => T;
  close: () => void;
}

/**
 * Opens the file, and makes it unless it is to be read only: then it is looked for at each question until somebody has
 * made it. Throws, with what to do, where it is damaged or a newer release's.
 */
export function openTelemetryFile(path: string, options: { readOnly: boolean }): TelemetryFile {
  const statements = {
    named: new Map<string, StatementSync>(),
    numbers: new Map<string, StatementSync>(),
  };
  let opened = options.readOnly ? null : openWriting(path);
  let isClosed = false;

  const database = (): DatabaseSync | null => {
    if (isClosed) throw new Error('The file of history is closed.');
    opened ??= openReading(path);
    return opened;
  };
  /** Kept for the next time; null where there is no file yet. */
  const statement = (sql: string, rows: 'named' | 'numbers' = 'named'): StatementSync | null => {
    const known = statements[rows].get(sql);
    if (known !== undefined) return known;
    const made = readably(path, () => database()?.prepare(sql) ?? null);
    if (made === null) return null;
    made.setReturnArrays(rows === 'numbers');
    statements[rows].set(sql, made);
    return made;
  };
  const run = (sql: string, ...values: SQLInputValue[]) => {
    const found = statement(sql);
    if (found === null) throw new Error('There is no file of history to write to.');
    return readably(path, () => Number(found.run(...values).changes));
  };

  return {
    all: <Row>(sql: string, ...values: SQLInputValue[]) =>
      readably(path, () => (statement(sql)?.all(...values) ?? []) as Row[]),
    numbers: (sql, ...values) =>
      readably(
        path,
        () => (statement(sql, 'numbers')?.all(...values) ?? []) as unknown[] as number[][],
      ),
    run,
    transaction: (work) => {
      run('begin immediate');
      try {
        const result = work();
        run('commit');
        return result;
      } catch (error) {
        if (opened?.isTransaction === true) opened.exec('rollback');
        throw error;
      }
    },
    close: () => {
      isClosed = true;
      statements.named.clear();
      statements.numbers.clear();
      opened?.close();
      opened = null;
    },
  };
}

function openWriting(path: string): DatabaseSync {
  return readably(path, () =>
    patiently(() => openedBy(new DatabaseSync(path, { timeout: busyMs }), migrateTelemetry)),
  );
}

function openReading(path: string): DatabaseSync | null {
  if (!existsSync(path)) return null;
  return readably(path, () => {
    const database = new DatabaseSync(path, { readOnly: true, timeout: busyMs });
    let version = 0;
    openedBy(database, () => {
      version = patiently(() => knownVersion(database));
    });
    if (version === newestVersion) return database;
    database.close();
    return null;
  });
}

function openedBy(database: DatabaseSync, prepare: (database: DatabaseSync) => void): DatabaseSync {
  try {
    prepare(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** SQLite does not wait of itself while somebody makes the file, or is the last to leave it. */
function patiently<T>(work: () => T): T {
  const until = performance.now() + busyMs;
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (codeOf(error) !== taken || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
    }
  }
}

/** Without what SQLite's extended codes add. */
function codeOf(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return Number(error.errcode) & 0xff;
}

/** Says what to do about a damaged file, whenever that shows. */
function readably<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!damaged.has(codeOf(error))) throw error;
    throw new AppError(
      'conflict',
      `The file of history, ${path}, is damaged. Stop Vaka, remove it together with ${path}-wal and ${path}-shm, and start again: it is made anew from the log.`,
      { cause: error },
    );
  }
}
