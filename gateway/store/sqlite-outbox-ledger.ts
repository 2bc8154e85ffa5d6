import type { Notification, Settled } from '../domain/notification/notification.ts';
import { severities } from '../protocol/alert.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

export function enqueue(
  connection: SqliteConnection,
  notifications: readonly Notification[],
): void {
  const insert = connection.prepare(
    `insert into outbox(id, municipality_id, alert_id, asking, urgency, kind, channel, target, at, due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
  );
  for (const notification of notifications) {
    const { id, municipalityId, alertId, asking, kind, channel, target, at } = notification;
    const urgency = severities.indexOf(notification.severity);
    insert.run(id, municipalityId, alertId, asking, urgency, kind, channel, target, at, at);
  }
}

/** What was overtaken has not been tried once more, and keeps why it failed before. */
export function settle(connection: SqliteConnection, { id, fate, at, why }: Settled): boolean {
  const { changes } = connection
    .prepare(
      `update outbox set fate = :fate, settled_at = :at,
         tried_at = iif(:fate = 'overtaken', tried_at, :at),
         attempts = attempts + iif(:fate = 'overtaken', 0, 1),
         why = iif(:fate = 'overtaken', why, :why)
       where id = :id and fate is null`,
    )
    .run({ id, fate, at, why });
  return changes === 1;
}
