import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { onTestFinished } from 'vitest';

import type { Store } from '../../../gateway/domain/store.ts';
import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import type { Storage } from './storage.ts';

export interface SqliteStorage extends Storage {
  folder: string;
}

let empty: Promise<Buffer> | null = null;

/** A database with all tables and nothing in them, made once for all tests of a worker: they take a while to make. */
async function makeEmpty(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'vaka-test-'));
  const file = join(folder, 'vaka.db');
  const store = await openSqliteStore(file);
  await store.close();
  const database = await readFile(file);
  await rm(folder, { recursive: true });
  return database;
}

/** A database file of the test's own. */
export async function createSqliteStorage(): Promise<SqliteStorage> {
  const folder = await temporaryFolder();
  const file = join(folder, 'vaka.db');
  await writeFile(file, await (empty ??= makeEmpty()));
  return {
    folder,
    open: async () => closedOnce(await openSqliteStore(file)),
    query: async (sql) => {
      const database = new DatabaseSync(file, { timeout: 1_000 });
      try {
        return database.prepare(sql).all();
      } finally {
        database.close();
      }
    },
  };
}

/** Closed when the test ends, unless the test has done so itself. */
function closedOnce(store: Store): Store {
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= store.close());
  onTestFinished(close);
  return { ...store, close };
}
