import { type Kysely, sql } from 'kysely';

const statements = [
  `create table system_sample (
    seq integer primary key autoincrement, at integer not null, vals text not null
  )`,
  `create table cost_agreement (
    municipality_id text primary key references municipality(id), joined_at integer not null
  )`,
];

/** What the gateway measures of itself, and which municipalities show each other what they use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
