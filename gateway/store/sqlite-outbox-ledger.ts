import type { Notification, Settled } from '../domain/notification/notification.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

export function enqueue(
  connection: SqliteConnection,
  notifications: readonly Notification[],
): void {
  const insert = connection.prepare(
    `insert into outbox(id, municipality_id, alert_id, asking, kind, channel, target, at, due_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing`,
  );
  for (const { id, municipalityId, alertId, asking, kind, channel, target, at } of notifications) {
    insert.run(id, municipalityId, alertId, asking, kind, channel, target, at, at);
  }
}

export function settle(connection: SqliteConnection, { id, fate, at, why }: Settled): boolean {
  const { changes } = connection
    .prepare('update outbox set fate = ?, settled_at = ?, why = ? where id = ? and fate is null')
    .run(fate, at, why, id);
  return changes === 1;
}
