import type { AskedParty } from '../domain/alert/alert-event.ts';
import type { Alert } from '../domain/alert/alert.ts';
import type { AlertChangeSet } from '../domain/ledger.ts';
import { queueOf } from '../domain/scope.ts';
import { readAlert } from './alert-body.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Keeps what happened to alerts, the alerts as they are now, and who may see them. */
export function saveAlerts(
  connection: SqliteConnection,
  changes: readonly AlertChangeSet[],
): readonly number[] {
  const insertEvent = connection.prepare(
    'insert into alert_event(municipality_id, alert_id, type, at, body) values (?, ?, ?, ?, ?)',
  );
  const upsert = connection.prepare(
    `insert into alert(id, municipality_id, unit_id, home_id, home_unit_id, device_id, need, queue,
       severity, state, by_id, due_at, raised_at, seq, body)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (id) do update set unit_id = excluded.unit_id, queue = excluded.queue,
       severity = excluded.severity, state = excluded.state, by_id = excluded.by_id,
       due_at = excluded.due_at, seq = excluded.seq, body = excluded.body`,
  );
  return changes.flatMap(({ alert, before, events }) => {
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
      alert.homeUnitId,
      alert.deviceId,
      alert.need,
      queueOf(alert),
      alert.severity,
      alert.state,
      alert.by,
      alert.dueAt,
      alert.raisedAt,
      seqs.at(-1) ?? 0,
      JSON.stringify(alert),
    );
    if (alert.asked !== before?.asked) saveAsked(connection, alert.id, alert.asked);
    return seqs;
  });
}

function saveAsked(
  connection: SqliteConnection,
  alertId: string,
  asked: readonly AskedParty[],
): void {
  const upsert = connection.prepare(
    `insert into alert_asked(alert_id, kind, ref, until_at) values (?, ?, ?, ?)
     on conflict (alert_id, kind, ref) do update set until_at = excluded.until_at`,
  );
  for (const { kind, ref, until } of asked) upsert.run(alertId, kind, ref, until);
}

/** Live alerts of these homes, oldest first. */
export function liveAlerts(
  connection: SqliteConnection,
  homeIds: readonly string[],
): readonly Alert[] {
  const select = connection.prepare(
    `select body from alert where home_id = ? and state <> 'resolved' order by raised_at`,
  );
  return homeIds.flatMap((homeId) => select.all(homeId).map(parseAlert));
}

/** Live alerts about the service itself, oldest first. */
export function serviceAlerts(
  connection: SqliteConnection,
  municipalityId: string,
): readonly Alert[] {
  return connection
    .prepare(
      `select body from alert
       where coalesce(home_id, municipality_id) = ? and home_id is null and state <> 'resolved'
       order by raised_at`,
    )
    .all(municipalityId)
    .map(parseAlert);
}

/** Live alerts that somebody has, that a unit answers for, or of a whole municipality, oldest first. */
export function liveAlertsOf(
  connection: SqliteConnection,
  whose: { personId: string } | { unitId: string } | { municipalityId: string },
): readonly Alert[] {
  const live = `select body from alert where state <> 'resolved' and`;
  const rows =
    'personId' in whose
      ? connection.prepare(`${live} by_id = ? order by raised_at`).all(whose.personId)
      : 'unitId' in whose
        ? connection.prepare(`${live} unit_id = ? order by raised_at`).all(whose.unitId)
        : connection
            .prepare(`${live} municipality_id = ? order by raised_at`)
            .all(whose.municipalityId);
  return rows.map(parseAlert);
}

export function parseAlert(row: Record<string, unknown>): Alert {
  return readAlert(String(row['body']));
}
