import { type Kysely, sql } from 'kysely';

import type { ChannelName, LastSent, Outbox } from '../domain/notification/notification.ts';
import { longestWaitMs } from '../domain/notification/retry.ts';
import { severities } from '../protocol/alert.ts';
import type { Tables } from './tables.ts';

export function createOutbox(reader: Kysely<Tables>, writer: Kysely<Tables>): Outbox {
  return {
    due: async (channel, at, limit) => {
      const waiting = reader
        .selectFrom('outbox')
        .selectAll()
        .where('channel', '=', channel)
        .where('fate', 'is', null)
        .orderBy('urgency')
        .orderBy('due_at')
        .orderBy('at')
        .orderBy('id')
        .limit(limit);
      const rows = await waiting.where('due_at', '<=', at).execute();
      if (rows.length < limit) {
        // Only a clock that was ahead can have put it off for so long.
        const ahead = waiting.where('due_at', '>', at + longestWaitMs);
        rows.push(...(await ahead.limit(limit - rows.length).execute()));
      }
      return rows.map((row) => ({
        id: row.id,
        municipalityId: row.municipality_id,
        alertId: row.alert_id,
        asking: row.asking,
        severity: severities[row.urgency] ?? 'technical',
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
        .select(['municipality_id', 'channel', 'target', 'fate', 'at', 'due_at', 'why', 'tried_at'])
        .where('fate', 'is not', null)
        .where('settled_at', '>=', since)
        .unionAll(
          query
            .selectFrom('outbox')
            .select([
              'municipality_id',
              'channel',
              'target',
              'fate',
              'at',
              'due_at',
              'why',
              'tried_at',
            ])
            .where('fate', 'is', null),
        ),
    )
    .with('by_target', (query) =>
      query
        .selectFrom('recent')
        .select(['municipality_id', 'channel'])
        .select(sql<number>`count(*) filter (where fate is null)`.as('waiting'))
        .select(sql<number | null>`min(at) filter (where fate is null)`.as('oldest_at'))
        .select(sql<number | null>`min(due_at) filter (where fate is null)`.as('due_at'))
        // What was overtaken keeps why it had failed until then.
        .select(
          sql<number>`count(*) filter (where fate in ('failed', 'overtaken') and why is not null)`.as(
            'failed',
          ),
        )
        .select(sql<number>`count(*) filter (where fate = 'delivered')`.as('delivered'))
        .groupBy(['municipality_id', 'channel', 'target']),
    )
    .selectFrom('by_target')
    .select(['municipality_id', 'channel'])
    .select(({ fn }) => [
      fn.sum<number>('waiting').as('waiting'),
      fn.min('oldest_at').as('oldest_at'),
      fn.min('due_at').as('due_at'),
      fn.sum<number>('failed').as('failed'),
      fn.sum<number>('delivered').as('delivered'),
    ])
    .select(sql<number | null>`max(failed) filter (where delivered = 0)`.as('failed_at_one'))
    .select(
      sql<string | null>`(
        select why from recent as failure
        where failure.municipality_id = by_target.municipality_id
          and failure.channel = by_target.channel and why is not null
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
    dueAt: row.due_at,
    failed: row.failed,
    delivered: row.delivered,
    failedAtOne: row.failed_at_one ?? 0,
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
