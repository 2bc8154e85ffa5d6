import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import type { RuleVersion } from '../../../gateway/domain/rulebook.ts';
import { migrate } from '../../../gateway/store/migrate.ts';
import * as foundation from '../../../gateway/store/migration/0001-foundation.ts';
import { openConnection, sqliteDialect } from '../../../gateway/store/sqlite-connection.ts';
import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';
import { readStandardRules } from '../../../gateway/store/template-file.ts';
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

/** A database as the first release left it: a municipality, a home with a device, and an event of it. */
async function firstRelease(): Promise<string> {
  const file = join(await temporaryFolder(), 'vaka.db');
  const connection = openConnection(file, { readOnly: false });
  await migrate(new Kysely<unknown>({ dialect: sqliteDialect(connection) }), {
    '0001-foundation': foundation,
  });
  for (const statement of [
    `insert into municipality values ('norr', 'Norr', 'Europe/Stockholm', 5)`,
    `insert into unit values ('natt', 'norr', 'Natt', 5)`,
    `insert into home values ('hem', 'norr', 'natt', 'Skogsgatan', 'Europe/Stockholm', 5)`,
    `insert into home_state values ('hem', 'norr', '{"waits":[],"silences":{},"traces":{}}', 99)`,
    `insert into resident values ('elsa', 'norr', 'hem', 'Elsa', 0)`,
    `insert into device values ('door', 'norr', 'Dörr', 'door-contact', x'00', null, 5)`,
    `insert into binding values ('norr', 'door', 'hem', 'entrance', 5, null)`,
    `insert into event(municipality_id, home_id, device_id, id, type, at, received_at, data)
     values ('norr', 'hem', 'door', 'a', 'door.opened', 6, 6, '{}')`,
  ])
    connection.prepare(statement).run();
  connection.close();
  return file;
}

test('a database of the first release comes up with its data, and its municipalities with the standard rules', async () => {
  const file = await firstRelease();
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  const known = await store.transaction(async (ledger) => ({
    rules: (await ledger.rulesInForce(['norr'])).get('norr'),
    due: await ledger.dueHomes(0, 9),
    state: (await ledger.homes(['hem'])).get('hem'),
    seqs: await ledger.append([
      {
        municipalityId: 'norr',
        homeId: 'hem',
        deviceId: 'door',
        id: 'a',
        type: 'door.opened',
        at: 6,
        receivedAt: 6,
        data: {},
      },
    ]),
  }));
  const first = { municipalityId: 'norr', version: 1, isOn: true, authorId: null, at: 5 } as const;
  const standard = await readStandardRules();
  expect(standard.length).toBeGreaterThan(9);
  expect(known.rules?.versions).toEqual(
    standard
      .map(({ rule, source }): RuleVersion => ({
        ...first,
        ruleId: rule.id,
        source,
        reason: 'The rules every municipality starts with.',
        origin: null,
      }))
      .toSorted((a, b) => (a.ruleId < b.ruleId ? -1 : 1)),
  );
  expect(known).toMatchObject({ rules: { stamp: 1, overrides: [] }, due: ['hem'], seqs: [null] });
  expect(known.state).toEqual({ waits: [], silences: {}, traces: {}, judgedBy: 0 });
  const home = (await store.directory.homes(['hem'])).get('hem');
  expect(home?.context).toMatchObject({ flags: [], devices: [{ id: 'door' }] });
});

test('a municipality that has rules keeps them at the next start', async () => {
  const file = await firstRelease();
  const before = await openSqliteStore(file);
  const change = {
    municipalityId: 'norr',
    ruleId: 'smoke',
    version: 2,
    isOn: false,
    source: 'id: smoke',
    authorId: null,
    at: 7,
    reason: 'Ours are tested on Mondays.',
    origin: null,
  };
  await before.transaction((ledger) => ledger.addRuleVersions([change]));
  await before.close();
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  const rules = await store.transaction((ledger) => ledger.rulesInForce(['norr']));
  expect(rules.get('norr')?.stamp).toBe(2);
  expect(rules.get('norr')?.versions.filter(({ ruleId }) => ruleId === 'smoke')).toMatchObject([
    { version: 1, isOn: true },
    change,
  ]);
});
