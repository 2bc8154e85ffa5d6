import { join } from 'node:path';

import { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import { createAccessLog } from '../../../gateway/store/access-log.ts';
import { migrate } from '../../../gateway/store/migrate.ts';
import { openConnection, sqliteDialect } from '../../../gateway/store/sqlite-connection.ts';
import type { Tables } from '../../../gateway/store/tables.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { scopeOf, start } from './furnish.ts';

/** An access log on a file of its own, and every statement that it asks for; `fail` refuses one of them. */
async function open() {
  const connection = openConnection(join(await temporaryFolder(), 'vaka.db'), { readOnly: false });
  onTestFinished(connection.close);
  const asked: string[] = [];
  let refused = '';
  const prepare = (sql: string) => {
    asked.push(sql);
    if (refused === sql) throw new Error('disk full');
    return connection.prepare(sql);
  };
  const writer = new Kysely<Tables>({ dialect: sqliteDialect({ ...connection, prepare }) });
  await migrate(writer);
  asked.length = 0;
  const log = createAccessLog(writer);
  const ids = () => connection.prepare('select subject_id from access_log order by seq').all();
  return {
    connection,
    commits: () => asked.filter((sql) => sql === 'commit').length,
    subjects: () => ids().map((row) => row['subject_id']),
    fail: (sql: string) => {
      refused = sql;
    },
    disclose: (subjectId: string) => log.write(scopeOf(), { action: 'home', subjectId, at: start }),
  };
}

test('many who read at once share a commit, and each row is there when its reader is answered', async () => {
  const { disclose, subjects, commits } = await open();
  const names = Array.from({ length: 50 }, (_, number) => `home-${number}`);
  await Promise.all(
    names.map(async (name) => {
      await disclose(name);
      expect(subjects()).toContain(name);
    }),
  );
  expect(subjects()).toEqual(names);
  expect(commits()).toBe(1);
  await disclose('later');
  expect(commits()).toBe(2);
});

test('who reads while somebody else writes joins the row that waits for its turn', async () => {
  const { connection, disclose, subjects, commits } = await open();
  const release = await connection.acquire();
  const first = disclose('first');
  await new Promise((resolve) => setTimeout(resolve, 30));
  const second = disclose('second');
  expect(subjects()).toEqual([]);
  release();
  await Promise.all([first, second]);
  expect(subjects()).toEqual(['first', 'second']);
  expect(commits()).toBe(1);
});

test('nobody is answered whose row could not be written, and those after them are', async () => {
  const { disclose, subjects, fail } = await open();
  for (const step of ['begin immediate', 'commit']) {
    fail(step);
    const asked = await Promise.allSettled([disclose('a'), disclose('b')]);
    expect({ step, ended: asked.map(({ status }) => status) }).toEqual({
      step,
      ended: ['rejected', 'rejected'],
    });
    expect(subjects()).toEqual([]);
  }
  fail('');
  await disclose('c');
  expect(subjects()).toEqual(['c']);
});
