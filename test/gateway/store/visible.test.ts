import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import { Kysely } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';

import type { Scope } from '../../../gateway/domain/scope.ts';
import { openConnection, sqliteDialect } from '../../../gateway/store/sqlite-connection.ts';
import type { Tables } from '../../../gateway/store/tables.ts';
import { visibleAlerts } from '../../../gateway/store/visible.ts';
import { scopeOf } from './furnish.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

type Rows = ReturnType<typeof visibleAlerts>;

const reads: readonly [what: string, read: (rows: Rows) => Pick<Rows, 'compile'>][] = [
  ['what is live', (rows) => rows.select('body').where('state', '<>', 'resolved')],
  [
    'the newest',
    (rows) =>
      rows.select('body').orderBy('raised_at', 'desc').orderBy('alert.id', 'desc').limit(50),
  ],
  [
    'what was missed',
    (rows) =>
      rows
        .innerJoin('alert_event', 'alert_event.alert_id', 'alert.id')
        .select('alert.body')
        .where('alert_event.seq', '>', 1_000)
        .orderBy('alert_event.seq')
        .limit(50),
  ],
];

const scopes: readonly [string, Scope][] = [
  ['a carer', scopeOf({ userId: 'astrid', units: ['norr-1'] })],
  ['a coordinator', scopeOf({ userId: 'cilla', role: 'coordinator' })],
];

/** How SQLite goes about it: years of alerts that are over must not be gone through for each screen. */
test.each(
  scopes.flatMap(([who, scope]) => reads.map(([what, read]) => ({ who, what, scope, read }))),
)('$what is found for $who without a list of all that ever was', async ({ scope, read }) => {
  const storage = await createSqliteStorage();
  await storage.open();
  const file = join(storage.folder, 'vaka.db');
  const connection = openConnection(file, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: sqliteDialect(connection) });
  onTestFinished(() => db.destroy());
  const { sql, parameters } = read(visibleAlerts(db, scope, 0)).compile();
  const database = new DatabaseSync(file);
  onTestFinished(() => database.close());
  const values = parameters.map((value) => (typeof value === 'number' ? value : String(value)));
  const plan = database.prepare(`explain query plan ${sql}`).all(...values);
  const steps = plan.map((row) => String(row['detail']));
  expect(steps).not.toContainEqual(expect.stringContaining('LIST SUBQUERY'));
  expect(steps).not.toContainEqual(expect.stringContaining('alert_raised'));
  expect(steps).not.toContain('SCAN alert');
  expect(steps).toContainEqual(expect.stringMatching(/alert_asked USING PRIMARY KEY/));
});
