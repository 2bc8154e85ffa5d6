import { type Kysely, sql } from 'kysely';

const statements = [
  `create table rule_version (
    municipality_id text not null references municipality(id), rule_id text not null,
    version integer not null, is_on integer not null, source text not null,
    author_id text, at integer not null, reason text not null, origin text,
    primary key (municipality_id, rule_id, version)
  )`,
  `create table rule_override (
    seq integer primary key autoincrement, municipality_id text not null,
    home_id text not null references home(id), rule_id text not null, override text,
    author_id text not null, at integer not null, reason text not null
  )`,
  `create index rule_override_home on rule_override(municipality_id, home_id, rule_id, seq)`,
  ...['rule_version', 'rule_override'].map(
    (table) => `create trigger ${table}_stays before update on ${table}
      begin select raise(abort, 'What held is never changed afterwards.'); end`,
  ),
  `create table rule_stamp (
    municipality_id text primary key references municipality(id), stamp integer not null
  )`,
  `create table signing_key (
    municipality_id text primary key references municipality(id), public_key text not null,
    private_key blob not null, created_at integer not null
  )`,
  `create table known_key (
    municipality_id text not null references municipality(id), public_key text not null,
    name text not null, at integer not null, primary key (municipality_id, public_key)
  )`,
  `alter table event add column skew_ms integer`,
  // By none that has a number yet: so each home is looked at by the rules that hold now.
  `update home_state set due_at = 0, state = json_set(state, '$.judgedBy', 0)`,
  `alter table resident add column flags text not null default '[]'`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
