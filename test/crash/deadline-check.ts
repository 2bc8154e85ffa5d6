import type { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';

import type { AlertEvent } from '../../gateway/domain/alert/alert-event.ts';
import { type Alert, isLive } from '../../gateway/domain/alert/alert.ts';
import { fold } from '../../gateway/domain/alert/evolve.ts';
import type { Inspection } from './inspect.ts';

/** Each alert is the sum of its events, has a deadline while it lives, and is alone with its need. */
export function inspectAlerts(db: DatabaseSync): Inspection {
  const events = db.prepare('select body from alert_event where alert_id = ? order by seq');
  const askedOf = db.prepare(
    'select kind, ref, until_at as until from alert_asked where alert_id = ?',
  );
  const rows = db.prepare('select * from alert').all();
  const differences: string[] = [];
  const live = new Set<string>();
  for (const row of rows) {
    const alert = JSON.parse(String(row['body'])) as Alert;
    const history = events.all(alert.id).map(({ body }) => JSON.parse(String(body)) as AlertEvent);
    const stored = { row, asked: askedOf.all(alert.id) };
    differences.push(...faultsOf(alert, stored, history).map((fault) => `${alert.need}: ${fault}`));
    const need = `${alert.homeId} ${alert.need}`;
    if (isLive(alert) && live.has(need)) differences.push(`${need} has two live alerts.`);
    if (isLive(alert)) live.add(need);
  }
  const count = (sql: string) => Number(db.prepare(sql).get()?.['count']);
  const orphans = count(
    'select count(*) as count from alert_event where alert_id not in (select id from alert)',
  );
  if (orphans > 0) differences.push(`${orphans} events belong to no alert.`);
  return {
    counts: {
      alerts: rows.length,
      'rules that called': new Set(rows.map((row) => String(row['need']).split('/')[0])).size,
      'alerts made worse by time': count(
        `select count(*) as count from alert_event
         where type = 'escalated' and json_extract(body, '$.reason') = 'worse'`,
      ),
      'alerts that left by themselves': rows.length - live.size,
      'alerts that live': live.size,
      'alert events': count('select count(*) as count from alert_event'),
    },
    differences,
  };
}

function faultsOf(
  alert: Alert,
  { row, asked }: { row: Record<string, unknown>; asked: readonly Record<string, unknown>[] },
  history: readonly AlertEvent[],
): string[] {
  const columns = {
    state: alert.state,
    severity: alert.severity,
    unit_id: alert.unitId,
    by_id: alert.by,
    due_at: alert.dueAt,
    raised_at: alert.raisedAt,
  };
  const odd = Object.entries(columns).filter(([name, value]) => row[name] !== value);
  return [
    ...(isDeepStrictEqual(fold(history), alert) ? [] : ['it is not the sum of its events.']),
    ...(isLive(alert) && alert.dueAt === null ? ['it lives and has no deadline.'] : []),
    ...odd.map(([name]) => `its column ${name} is not what its body says.`),
    ...(isDeepStrictEqual(keysOf(asked), keysOf(alert.asked))
      ? []
      : ['its asked parties are not those of its body.']),
  ];
}

function keysOf(parties: readonly object[]): string[] {
  return parties.map((party) => JSON.stringify(party, ['kind', 'ref', 'until'])).toSorted();
}
