import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import { Kysely, sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import type { RuleVersion } from '../../../gateway/domain/rulebook.ts';
import { migrate } from '../../../gateway/store/migrate.ts';
import * as foundation from '../../../gateway/store/migration/0001-foundation.ts';
import * as ruleTables from '../../../gateway/store/migration/0002-rules.ts';
import {
  openConnection,
  type SqliteConnection,
  sqliteDialect,
} from '../../../gateway/store/sqlite-connection.ts';
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

const furnished = [
  `insert into municipality values ('norr', 'Norr', 'Europe/Stockholm', 5)`,
  `insert into unit values ('natt', 'norr', 'Natt', 5)`,
  `insert into home values ('hem', 'norr', 'natt', 'Skogsgatan', 'Europe/Stockholm', 5)`,
  `insert into home_state values ('hem', 'norr', '{"waits":[],"silences":{},"traces":{}}', 99)`,
];

/** A database as an earlier release left it, by its migrations and what was in it. */
async function earlier(
  migrations: Parameters<typeof migrate>[1],
  ...statements: readonly string[]
): Promise<string> {
  const file = join(await temporaryFolder(), 'vaka.db');
  const connection = openConnection(file, { readOnly: false });
  await migrate(new Kysely<unknown>({ dialect: sqliteDialect(connection) }), migrations);
  for (const statement of statements) connection.prepare(statement).run();
  connection.close();
  return file;
}

/** A municipality, a home with a device, and an event of it. */
function firstRelease(): Promise<string> {
  return earlier(
    { '0001-foundation': foundation },
    ...furnished,
    `insert into resident values ('elsa', 'norr', 'hem', 'Elsa', 0)`,
    `insert into device values ('door', 'norr', 'Dörr', 'door-contact', x'00', null, 5)`,
    `insert into binding values ('norr', 'door', 'hem', 'entrance', 5, null)`,
    `insert into event(municipality_id, home_id, device_id, id, type, at, received_at, data)
     values ('norr', 'hem', 'door', 'a', 'door.opened', 6, 6, '{}')`,
  );
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

const alertColumns =
  'id, municipality_id, unit_id, home_id, device_id, need, queue, severity, state, due_at, raised_at, seq, body';

/** An alert as it was stored before duty: each step of its policy asks a unit, or a municipality. */
function alertBefore(
  id: string,
  state: 'firing' | 'accepted' | 'resolved',
  audience: 'unit' | 'municipality',
  by: string | null,
): string {
  const dueAt = state === 'resolved' ? null : 70;
  const steps = [
    { audience: 'unit', waitMs: 60_000 },
    { audience: 'municipality', waitMs: 60_000 },
  ];
  const body = {
    id,
    municipalityId: 'norr',
    unitId: 'natt',
    homeId: 'hem',
    deviceId: null,
    need: id,
    rule: { id: 'help', version: 1, title: { sv: 'Larm', en: 'Alarm' }, action: null },
    severity: 'high',
    policy: { id: 'care-default', steps, arrivalMs: 1_200_000, reminderMs: 1_800_000 },
    leavesWhenCleared: false,
    inhibits: [],
    isTest: false,
    raisedAt: 6,
    since: 6,
    latestSince: 6,
    lateMs: null,
    state,
    step: audience === 'unit' ? 0 : 1,
    repeats: 0,
    dueAt,
    dueSince: 6,
    deliveredStep: null,
    by,
    etaAt: null,
    arrivedAt: null,
    clearedAt: null,
    suppressedUntil: null,
    inhibitedBy: null,
    mustBeHeard: false,
    resolvedAt: state === 'resolved' ? 8 : null,
    outcome: state === 'resolved' ? 'no-action' : null,
  };
  return `insert into alert values ('${id}', 'norr', 'natt', 'hem', null, '${id}', 'care', 'high',
    '${state}', '${audience}', ${dueAt}, 6, 7, '${JSON.stringify(body)}')`;
}

test('a database from before duty comes through with its alerts, and with who was asked of each', async () => {
  const file = await earlier(
    { '0001-foundation': foundation, '0002-rules': ruleTables },
    ...furnished,
    `insert into person values ('astrid', 'norr', 'a@vaka.example', 'Astrid', 'carer', 1, null, 5)`,
    alertBefore('firing', 'firing', 'unit', null),
    alertBefore('wide', 'accepted', 'municipality', 'astrid'),
    alertBefore('over', 'resolved', 'unit', 'astrid'),
    alertBefore('over-wide', 'resolved', 'municipality', null),
    `insert into alert_event(municipality_id, alert_id, type, at, body)
     values ('norr', 'firing', 'raised', 6, '{}'), ('norr', 'over', 'resolved', 7, '{}')`,
  );
  const connection = openConnection(file, { readOnly: false });
  onTestFinished(connection.close);
  const alerts = rowsOf(connection, `select ${alertColumns} from alert order by id`);
  const events = rowsOf(connection, 'select * from alert_event order by seq');
  const homes = rowsOf(connection, 'select * from home_state');
  expect(alerts).toHaveLength(4);
  await migrate(new Kysely<unknown>({ dialect: sqliteDialect(connection) }));

  expect(rowsOf(connection, `select ${alertColumns} from alert order by id`)).toEqual(alerts);
  expect(rowsOf(connection, 'select * from alert_event order by seq')).toEqual(events);
  expect(rowsOf(connection, 'select * from home_state')).toEqual(homes);
  expect(rowsOf(connection, 'select id, home_unit_id, by_id from alert order by id')).toEqual([
    { id: 'firing', home_unit_id: 'natt', by_id: null },
    { id: 'over', home_unit_id: 'natt', by_id: 'astrid' },
    { id: 'over-wide', home_unit_id: 'natt', by_id: null },
    { id: 'wide', home_unit_id: 'natt', by_id: 'astrid' },
  ]);
  const asked = { until_at: null };
  expect(rowsOf(connection, 'select * from alert_asked order by alert_id, kind')).toEqual([
    { alert_id: 'firing', kind: 'unit', ref: 'natt', ...asked },
    { alert_id: 'over', kind: 'unit', ref: 'natt', ...asked },
    { alert_id: 'over-wide', kind: 'everyone', ref: 'norr', ...asked },
    { alert_id: 'over-wide', kind: 'unit', ref: 'natt', ...asked },
    { alert_id: 'wide', kind: 'everyone', ref: 'norr', ...asked },
    { alert_id: 'wide', kind: 'unit', ref: 'natt', ...asked },
  ]);
  expect(rowsOf(connection, 'pragma foreign_key_check')).toEqual([]);
  const raise = connection.prepare(
    `insert into alert(id, municipality_id, home_id, need, queue, severity, state, raised_at, seq, body)
     values (?, 'norr', ?, 'firing', 'care', 'high', 'firing', 8, 9, '{}')`,
  );
  expect(() => raise.run('again', 'hem')).toThrow('alert_live_need');
  // About the service itself, of which there is one for each need of a municipality.
  raise.run('service', null);
  expect(() => raise.run('service-again', null)).toThrow('alert_live_need');
});

test('a database from before duty is opened with its live alerts asking whom they asked, and nothing arranged', async () => {
  const file = await earlier(
    { '0001-foundation': foundation, '0002-rules': ruleTables },
    ...furnished,
    alertBefore('firing', 'firing', 'unit', null),
    alertBefore('over', 'resolved', 'unit', null),
    alertBefore('wide', 'firing', 'municipality', null),
    `insert into event(municipality_id, home_id, device_id, id, type, at, received_at, data)
     values ('norr', 'hem', null, 'first', 'time.passed', 3, 5, '{}'),
       ('norr', 'hem', null, 'last', 'time.passed', 4, 9, '{}')`,
  );
  const store = await openSqliteStore(file);
  onTestFinished(() => store.close());
  const { due, live, arrangements } = await store.transaction(async (ledger) => ({
    due: await ledger.dueAlerts(99, 9),
    live: await ledger.liveAlerts(['hem']),
    arrangements: await ledger.arrangements(),
  }));
  expect(due.toSorted()).toEqual(['firing', 'wide']);
  // Since then we were away: what was silent meanwhile was so for us.
  expect(await store.pulse.last()).toBe(9);
  const unit = { kind: 'unit', ref: 'natt', until: null };
  expect(Object.fromEntries(live.map(({ id, asked }) => [id, asked]))).toEqual({
    firing: [unit],
    wide: [unit, { kind: 'everyone', ref: 'norr', until: null }],
  });
  const plain = { name: 'Natt', kind: 'team', duty: 'always', endpointId: null, serves: [] };
  expect(Object.fromEntries(arrangements.units)).toEqual({
    natt: { id: 'natt', municipalityId: 'norr', ...plain },
  });
  expect(arrangements.municipalities.get('norr')).toMatchObject({
    plan: { lines: [], exceptions: [] },
    policies: [],
  });
});

function rowsOf(connection: SqliteConnection, query: string): Record<string, unknown>[] {
  return connection.prepare(query).all();
}
