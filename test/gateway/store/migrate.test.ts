import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import { migrate } from '../../../gateway/store/migrate.ts';
import * as foundation from '../../../gateway/store/migration/0001-foundation.ts';
import { openConnection, sqliteDialect } from '../../../gateway/store/sqlite-connection.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const atOnce = 4;

test('several who open a fresh file at once all find it ready', async () => {
  const file = join(await temporaryFolder(), 'vaka.db');
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const program = new URL('./open-at-once.ts', import.meta.url);
  const ends = Array.from({ length: atOnce }, async () => {
    const worker = new Worker(program, { workerData: { file, gate, count: atOnce } });
    onTestFinished(async () => void (await worker.terminate()));
    const [said] = (await once(worker, 'message')) as [string];
    return said;
  });
  expect(await Promise.all(ends)).toEqual(Array(atOnce).fill('opened'));
});

test('a migration that fails halfway leaves nothing, and the next start goes on from there', async () => {
  const connection = openConnection(join(await temporaryFolder(), 'vaka.db'), { readOnly: false });
  onTestFinished(connection.close);
  const db = new Kysely<unknown>({ dialect: sqliteDialect(connection) });
  const tables = () =>
    connection
      .prepare("select name from sqlite_schema where type = 'table' and name not like 'kysely%'")
      .all()
      .map(({ name }) => name);
  const broken = {
    up: async (trx: Kysely<unknown>) => {
      await sql`create table half (id integer)`.execute(trx);
      await sql`create table municipality (id integer)`.execute(trx);
    },
  };
  const both = { '0001-foundation': foundation, '0002-broken': broken };
  await expect(migrate(db, both)).rejects.toMatchObject({
    message: 'The database could not be brought up to date.',
    cause: { message: expect.stringContaining('municipality already exists') },
  });
  expect(tables()).toEqual([]);
  await migrate(db);
  expect(tables()).toContain('municipality');
});
