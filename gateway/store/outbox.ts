import { type Kysely, sql } from 'kysely';

import type { ChannelName, LastSent, Outbox } from '../domain/notification/notification.ts';
import type { Tables } from './tables.ts';

export function createOutbox(reader: Kysely<Tables>, writer: Kysely<Tables>): Outbox {
  return {
    due: async (channel, at, limit) => {
      const rows = await reader
        .selectFrom('outbox')
        .selectAll()
        .where('channel', '=', channel)
        .where('fate', 'is', null)
        .where('due_at', '<=', at)
        .orderBy('due_at')
        .orderBy('at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        municipalityId: row.municipality_id,
        alertId: row.alert_id,
        asking: row.asking,
        kind: row.kind,
        channel: row.channel,
        target: row.target,
        at: row.at,
        attempts: row.attempts,
        dueAt: row.due_at,
      }));
    },
    putOff: async ({ id, at, dueAt, why }) => {
      await writer
        .updateTable('outbox')
        .set((eb) => ({ due_at: dueAt, tried_at: at, why, attempts: eb('attempts', '+', 1) }))
        .where('id', '=', id)
        .where('fate', 'is', null)
        .execute();
    },
    state: (since) => readState(reader, since),
    latest: async (channel, targets) => {
      const found = new Map<string, LastSent>();
      for (const target of targets) {
        const last = await readLastSent(reader, channel, target);
        if (last.deliveredAt !== null || last.failure !== null) found.set(target, last);
      }
      return found;
    },
    forget: async (before) => {
      const { numDeletedRows } = await writer
        .deleteFrom('outbox')
        .where('fate', 'is not', null)
        .where('settled_at', '<', before)
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

async function readState(db: Kysely<Tables>, since: number) {
  // Each half has an index of its own.
  const rows = await db
    .with('recent', (query) =>
      query
        .selectFrom('outbox')
        .select(['municipality_id', 'channel', 'fate', 'at', 'why', 'tried_at'])
        .where('fate', 'is not', null)
        .where('settled_at', '>=', since)
        .unionAll(
          query
            .selectFrom('outbox')
            .select(['municipality_id', 'channel', 'fate', 'at', 'why', 'tried_at'])
            .where('fate', 'is', null),
        ),
    )
    .selectFrom('recent')
    .select(['municipality_id', 'channel'])
    .select(sql<number>`count(*) filter (where fate is null)`.as('waiting'))
    .select(sql<number | null>`min(at) filter (where fate is null)`.as('oldest_at'))
    .select(sql<number>`count(*) filter (where fate = 'failed')`.as('failed'))
    .select(sql<number>`count(*) filter (where fate = 'delivered')`.as('delivered'))
    .select(
      sql<string | null>`(
        select why from recent as failure
        where failure.municipality_id = recent.municipality_id and failure.channel = recent.channel
          and why is not null
        order by tried_at desc limit 1
      )`.as('last_failure'),
    )
    .groupBy(['municipality_id', 'channel'])
    .orderBy('municipality_id')
    .orderBy('channel')
    .execute();
  return rows.map((row) => ({
    municipalityId: row.municipality_id,
    channel: row.channel,
    waiting: row.waiting,
    oldestAt: row.oldest_at,
    failed: row.failed,
    delivered: row.delivered,
    lastFailure: row.last_failure,
  }));
}

async function readLastSent(
  db: Kysely<Tables>,
  channel: ChannelName,
  target: string,
): Promise<LastSent> {
  const tried = db
    .selectFrom('outbox')
    .select(['tried_at', 'why'])
    .where('channel', '=', channel)
    .where('target', '=', target)
    .where('tried_at', 'is not', null)
    .orderBy('tried_at', 'desc')
    .limit(1);
  const delivered = await tried.where('fate', '=', 'delivered').executeTakeFirst();
  // An attempt that failed leaves its reason until another one succeeds.
  const failed = await tried.where('why', 'is not', null).executeTakeFirst();
  return {
    deliveredAt: delivered?.tried_at ?? null,
    failure:
      failed === undefined || failed.tried_at === null
        ? null
        : { at: failed.tried_at, why: failed.why ?? '' },
  };
}
