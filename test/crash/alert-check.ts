import type { DatabaseSync } from 'node:sqlite';

import type { Alert } from '../../gateway/domain/alert/alert.ts';
import { staffedTerms } from '../../gateway/domain/duty/terms.ts';
import { evaluate } from '../../gateway/domain/evaluate.ts';
import type { HomeContext } from '../../gateway/domain/home/home-context.ts';
import type { RuleSet } from '../../gateway/domain/home/rule-set.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';

/** The alerts of a home are those, and only those, that its log gives. */
export function compareAlerts(
  db: DatabaseSync,
  home: HomeContext,
  rules: RuleSet,
  log: readonly LogEntry[],
): string[] {
  let given = 0;
  const expected = evaluate(
    home,
    rules,
    log,
    staffedTerms(() => `alert-${(given += 1)}`),
  );
  const stored = db
    .prepare('select body from alert where home_id = ?')
    .all(home.id)
    .map((row) => JSON.parse(String(row['body'])) as Alert);
  const missing = without(expected.map(describe), stored.map(describe));
  const surplus = without(stored.map(describe), expected.map(describe));
  return [
    ...missing.map((alert) => `${home.id}: an alert is missing: ${alert}`),
    ...surplus.map((alert) => `${home.id}: an alert is not what the log gives: ${alert}`),
  ];
}

/** Everything that does not depend on its id, or on when the sweep asked the next people. */
function describe(alert: Alert): string {
  const { need, rule, severity, deviceId, since, raisedAt, lateMs, repeats } = alert;
  const { state, clearedAt, resolvedAt, outcome } = alert;
  const facts = { need, rule: `${rule.id} ${rule.version}`, severity, deviceId, since, raisedAt };
  return JSON.stringify({ ...facts, lateMs, repeats, state, clearedAt, resolvedAt, outcome });
}

/** The first list less the second, each as often as it occurs. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const item of taken) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}
