import type { DatabaseSync } from 'node:sqlite';

import type { LogEntry } from '../../gateway/domain/ledger.ts';
import type { Inspection } from './inspect.ts';

/** What devices told is in the log exactly once, and nothing else is. */
export function inspectLog(db: DatabaseSync, acknowledged: ReadonlySet<string>): Inspection {
  const rows = db
    .prepare(
      `select device_id || ' ' || id as event, count(*) as times from event
       where device_id is not null and type not in ('device.connected', 'device.disconnected')
       group by device_id, id`,
    )
    .all();
  const stored = new Map(rows.map((row) => [String(row['event']), Number(row['times'])]));
  const lost = [...acknowledged].filter((event) => !stored.has(event));
  const doubled = [...stored].filter(([, times]) => times !== 1).map(([event]) => event);
  const invented = [...stored.keys()].filter((event) => !acknowledged.has(event));
  const count = (sql: string) => Number(db.prepare(sql).get()?.['count']);
  return {
    counts: {
      'events stored': stored.size,
      'acknowledged and lost': lost.length,
      'stored twice': doubled.length,
      'stored and never acknowledged': invented.length,
      'times that passed': count(`select count(*) as count from event where type = 'time.passed'`),
    },
    differences: [
      ...lost.map((event) => `${event} was acknowledged and is lost.`),
      ...doubled.map((event) => `${event} is in the log more than once.`),
      ...invented.map((event) => `${event} is in the log and was never acknowledged.`),
    ],
  };
}

/** The log of one home, in its order. */
export function readLog(db: DatabaseSync, homeId: string): LogEntry[] {
  return db
    .prepare('select * from event where home_id = ? order by seq')
    .all(homeId)
    .map((row) => ({
      municipalityId: String(row['municipality_id']),
      homeId,
      deviceId: row['device_id'] === null ? null : String(row['device_id']),
      id: String(row['id']),
      type: String(row['type']) as LogEntry['type'],
      at: Number(row['at']),
      receivedAt: Number(row['received_at']),
      data: JSON.parse(String(row['data'])) as LogEntry['data'],
    }));
}
