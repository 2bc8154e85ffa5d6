import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import { compileRules, type RuleSet } from '../../gateway/domain/home/rule-set.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { readStandardRules } from '../../gateway/store/template-file.ts';
import { compareAlerts } from './alert-check.ts';
import { inspectAlerts } from './deadline-check.ts';
import { compareHome } from './home-check.ts';
import { inspectLog, readLog } from './log-check.ts';

export interface Inspection {
  counts: Record<string, number>;
  differences: readonly string[];
}

/** Opens the database of a stopped server and holds all of it against what was acknowledged, and against the pure evaluator. */
export async function inspect(
  dataDir: string,
  acknowledged: ReadonlySet<string>,
): Promise<Inspection> {
  const file = join(dataDir, 'vaka.db');
  const rules = compileRules((await readStandardRules()).map(({ rule }) => rule));
  const homes = await readHomes(file);
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const log = inspectLog(db, acknowledged);
    const alerts = inspectAlerts(db);
    const folded = foldHomes(db, rules, homes);
    return {
      counts: { ...log.counts, ...alerts.counts, 'homes folded': homes.length },
      differences: [...log.differences, ...alerts.differences, ...folded],
    };
  } finally {
    db.close();
  }
}

function foldHomes(db: DatabaseSync, rules: RuleSet, homes: readonly HomeContext[]): string[] {
  return homes.flatMap((home) => {
    const log = readLog(db, home.id);
    return [...compareAlerts(db, home, rules, log), ...compareHome(db, home, rules, log)];
  });
}

async function readHomes(file: string): Promise<readonly HomeContext[]> {
  const store = await openSqliteStore(file);
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const ids = db.prepare('select id from home order by id').all();
    const files = await store.directory.homes(ids.map((row) => String(row['id'])));
    return [...files.values()].map(({ context }) => context);
  } finally {
    db.close();
    await store.close();
  }
}
