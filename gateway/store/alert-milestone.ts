import type { AlertMilestones } from '../domain/series/source.ts';
import { readAlert, readAlertEvent } from './alert-body.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** How the alerts fared that lines of their log after one are about, and which lines those are. */
export function readMilestones(
  connection: SqliteConnection,
  after: number,
  limit: number,
): { seqs: readonly number[]; milestones: readonly AlertMilestones[] } {
  const rows = connection
    .prepare('select seq, alert_id from alert_event where seq > ? order by seq limit ?')
    .all(after, limit);
  const ids = new Set(rows.map((row) => String(row['alert_id'])));
  return {
    seqs: rows.map((row) => Number(row['seq'])),
    milestones: [...ids].flatMap((id) => readOne(connection, id)),
  };
}

function readOne(connection: SqliteConnection, alertId: string): AlertMilestones[] {
  const raised = connection
    .prepare(
      `select seq, body from alert_event where alert_id = ? and type = 'raised' order by seq limit 1`,
    )
    .get(alertId);
  const row = connection.prepare('select body from alert where id = ?').get(alertId);
  if (raised === undefined || row === undefined) return [];
  const event = readAlertEvent(String(raised['body']));
  if (event.type !== 'raised') return [];
  const firsts = connection
    .prepare(
      `select
         min(case when type = 'delivered' and body ->> '$.channel' = 'screen' then at end) as screen,
         min(case when type in ('accepted', 'arrived') then at end) as accepted,
         min(case when type = 'arrived' then at end) as arrived,
         min(case when type = 'resolved' then at end) as resolved
       from alert_event where alert_id = ?`,
    )
    .get(alertId);
  const first = (name: string) => {
    const at = firsts?.[name];
    return at === null || at === undefined ? null : Number(at);
  };
  return [
    {
      alertId,
      seq: Number(raised['seq']),
      municipalityId: event.municipalityId,
      unitId: event.unitId,
      rule: event.rule.id,
      severity: event.severity,
      isTest: readAlert(String(row['body'])).isTest,
      raisedAt: event.at,
      screenAt: first('screen'),
      acceptedAt: first('accepted'),
      arrivedAt: first('arrived'),
      resolvedAt: first('resolved'),
      timeZone: event.timeZone,
    },
  ];
}
