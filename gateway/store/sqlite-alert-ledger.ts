import { audienceOf } from '../domain/alert/alert.ts';
import type { AlertChangeSet } from '../domain/ledger.ts';
import { queueOf } from '../domain/scope.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Keeps what happened to alerts, and the alerts as they are now. */
export function saveAlerts(
  connection: SqliteConnection,
  changes: readonly AlertChangeSet[],
): readonly number[] {
  const insertEvent = connection.prepare(
    'insert into alert_event(municipality_id, alert_id, type, at, body) values (?, ?, ?, ?, ?)',
  );
  const upsert = connection.prepare(
    `insert into alert(id, municipality_id, unit_id, home_id, device_id, need, queue, severity,
       state, audience, due_at, raised_at, seq, body)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set queue = excluded.queue, severity = excluded.severity,
       state = excluded.state, audience = excluded.audience, due_at = excluded.due_at,
       seq = excluded.seq, body = excluded.body`,
  );
  return changes.flatMap(({ alert, events }) => {
    const seqs = events.map((event) => {
      const { municipalityId, id } = alert;
      const body = JSON.stringify(event);
      return Number(
        insertEvent.run(municipalityId, id, event.type, event.at, body).lastInsertRowid,
      );
    });
    upsert.run(
      alert.id,
      alert.municipalityId,
      alert.unitId,
      alert.homeId,
      alert.deviceId,
      alert.need,
      queueOf(alert.severity),
      alert.severity,
      alert.state,
      audienceOf(alert),
      alert.dueAt,
      alert.raisedAt,
      seqs.at(-1) ?? 0,
      JSON.stringify(alert),
    );
    return seqs;
  });
}
