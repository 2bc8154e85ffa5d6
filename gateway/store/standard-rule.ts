import type { Kysely } from 'kysely';

import { startingReason } from '../protocol/rule/rule-api.ts';
import type { Tables } from './tables.ts';

/** The rules that a municipality is to start with. */
export type ReadStandardRules = () => Promise<readonly { rule: { id: string }; source: string }[]>;

/** Gives a municipality the standard rules as version 1, unless it has rules already. */
export async function giveStandardRules(
  trx: Kysely<Tables>,
  municipality: { id: string; created_at: number },
  rules: Awaited<ReturnType<ReadStandardRules>>,
): Promise<void> {
  const stamped = await trx
    .insertInto('rule_stamp')
    .values({ municipality_id: municipality.id, stamp: 1 })
    .onConflict((conflict) => conflict.doNothing())
    .returning('stamp')
    .executeTakeFirst();
  if (stamped === undefined) return;
  for (const { rule, source } of rules) {
    await trx
      .insertInto('rule_version')
      .values({
        municipality_id: municipality.id,
        rule_id: rule.id,
        version: 1,
        is_on: 1,
        source,
        author_id: null,
        at: municipality.created_at,
        reason: startingReason,
        origin: null,
      })
      .execute();
  }
}

/** Gives them to every municipality of a database that was made before rules were kept in it. */
export async function giveMissingRules(
  db: Kysely<Tables>,
  readStandardRules: ReadStandardRules,
): Promise<void> {
  const missing = await db
    .selectFrom('municipality')
    .select(['id', 'created_at'])
    .where('id', 'not in', (stamped) => stamped.selectFrom('rule_stamp').select('municipality_id'))
    .execute();
  if (missing.length === 0) return;
  const rules = await readStandardRules();
  await db.transaction().execute(async (trx) => {
    for (const municipality of missing) await giveStandardRules(trx, municipality, rules);
  });
}
