import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';

const statementsKept = 256;
const busyMs = 5_000;
const retryMs = 5;
/** SQLITE_BUSY, without what the extended codes add. */
const taken = 5;

/**
 * One SQLite connection. Its statements run at once, on this thread; work that spans several takes its turn,
 * so that nothing of anyone else's falls into an open transaction.
 */
export interface SqliteConnection {
  prepare: (sql: string) => StatementSync;
  /** Runs the work when everybody before it is done. */
  exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  acquire: () => Promise<() => void>;
  isInTransaction: () => boolean;
  close: () => void;
}

export function openConnection(file: string, options: { readOnly: boolean }): SqliteConnection {
  const database = new DatabaseSync(file, { readOnly: options.readOnly, timeout: busyMs });
  patiently(() => {
    if (!options.readOnly) database.exec('pragma journal_mode = wal; pragma synchronous = full');
    database.exec('pragma foreign_keys = on; pragma cache_size = -64000; pragma user_version');
  });
  const statements = new Map<string, StatementSync>();
  let last: Promise<void> = Promise.resolve();

  const acquire = async (): Promise<() => void> => {
    const turn = Promise.withResolvers<void>();
    const before = last;
    last = turn.promise;
    await before;
    return turn.resolve;
  };

  return {
    prepare: (text) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      if (statements.size >= statementsKept) statements.clear();
      const statement = database.prepare(text);
      statements.set(text, statement);
      return statement;
    },
    acquire,
    exclusive: async (work) => {
      const release = await acquire();
      try {
        return await work();
      } finally {
        release();
      }
    },
    isInTransaction: () => database.isTransaction,
    close: () => database.close(),
  };
}

/** SQLite does not wait of itself while somebody makes the file, or is the last to leave it. */
function patiently(work: () => void): void {
  const until = performance.now() + busyMs;
  for (;;) {
    try {
      work();
      return;
    } catch (error) {
      const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
      if (code !== taken || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, retryMs);
    }
  }
}

function execute<R>(connection: SqliteConnection, query: CompiledQuery): QueryResult<R> {
  const statement = connection.prepare(query.sql);
  const parameters = query.parameters as SQLInputValue[];
  if (statement.columns().length > 0) return { rows: statement.all(...parameters) as R[] };
  const { changes, lastInsertRowid } = statement.run(...parameters);
  return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
}

class TakenConnection implements DatabaseConnection {
  readonly #connection: SqliteConnection;
  readonly release: () => void;

  constructor(connection: SqliteConnection, release: () => void) {
    this.#connection = connection;
    this.release = release;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return execute<R>(this.#connection, query);
  }

  streamQuery(): never {
    throw new Error('SQLite answers whole results here.');
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<TakenConnection> {
    return new TakenConnection(this.#connection, await this.#connection.acquire());
  }

  /** Immediate, so that another process's write can never make ours fail halfway. */
  async beginTransaction(): Promise<void> {
    this.#connection.prepare('begin immediate').run();
  }

  async commitTransaction(): Promise<void> {
    this.#connection.prepare('commit').run();
  }

  async rollbackTransaction(): Promise<void> {
    this.#connection.prepare('rollback').run();
  }

  async releaseConnection(connection: TakenConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {}
}

/** Kysely's own says that SQLite cannot undo a change of tables; it can, so the migrator may use one transaction. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Lets Kysely speak over the connection, in turn with everybody else. */
export function sqliteDialect(connection: SqliteConnection): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new SqliteDriver(connection),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
