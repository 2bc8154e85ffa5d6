import { type Kysely, sql } from 'kysely';

const statements = [
  // One that a hub speaks for has an address behind it and no credentials of its own.
  `alter table device add column hub_id text references device(id)`,
  `alter table device add column address text`,
  `alter table device add column serial text`,
  `alter table device add column model_id text`,
  `alter table device add column model text`,
  `alter table device add column is_steady integer not null default 1`,
  `alter table device add column replaces_id text references device(id)`,
  `alter table device add column decommissioned_at integer`,
  `alter table device add column decommissioned_why text`,
  `alter table device add column armed_at integer`,
  `alter table device add column provisioned_by text`,
  `alter table device add column reprovision_until integer`,
  `create unique index device_address on device(hub_id, address)
    where hub_id is not null and decommissioned_at is null`,
  `create unique index device_serial on device(municipality_id, serial)
    where serial is not null and decommissioned_at is null`,
  `create index device_municipality on device(municipality_id, id)`,
  // What a device proves itself by, so that a new secret can come before the old one goes.
  `create table credential (
    id text primary key, municipality_id text not null, device_id text not null references device(id),
    kind text not null, hash blob not null, serial text, created_at integer not null,
    expires_at integer, last_used_at integer, revoked_at integer, revoked_why text
  )`,
  `insert into credential(id, municipality_id, device_id, kind, hash, created_at, revoked_at, revoked_why)
   select 'first-' || id, municipality_id, id, 'secret', secret_hash, created_at, blocked_at,
     case when blocked_at is null then null else 'blocked' end from device`,
  `alter table device drop column secret_hash`,
  `create index credential_device on credential(device_id)`,
  `create unique index credential_serial on credential(serial) where serial is not null`,
  `create table authority (
    municipality_id text primary key references municipality(id), certificate text not null,
    private_key text not null, fingerprint text not null, created_at integer not null,
    expires_at integer not null
  )`,
  `create table provisioning_key (
    id text primary key, municipality_id text not null references municipality(id),
    name text not null, hash blob not null unique, profile text not null, model_id text,
    uses integer not null, used integer not null default 0, expires_at integer not null,
    created_at integer not null, by_id text not null, revoked_at integer
  )`,
  // What a hub speaks for, placed or not.
  `create table found (
    hub_id text not null references device(id), address text not null, municipality_id text not null,
    dialect text not null, label text not null, vendor text, model text, firmware text, profile text,
    first_seen_at integer not null, last_seen_at integer not null, messages integer not null default 0,
    last_type text, battery_percent real, lqi real, rssi_dbm real, gone_at integer,
    primary key (hub_id, address)
  ) without rowid`,
  `create table dialect_memory (
    hub_id text not null, dialect text not null, key text not null, value text not null,
    primary key (hub_id, dialect, key)
  ) without rowid`,
  `create table not_understood (
    municipality_id text not null, device_id text not null, address text not null, what text not null,
    example text not null, count integer not null, first_at integer not null, last_at integer not null,
    primary key (device_id, address, what)
  ) without rowid`,
  `alter table quarantine add column payload text`,
  `alter table device_status add column lqi real`,
  `alter table device_status add column firmware text`,
  // Whether the hub that speaks for it can reach it; null: nothing is said of that.
  `alter table device_status add column is_reached integer`,
  `create table battery_day (
    device_id text not null, day integer not null, percent real not null,
    primary key (device_id, day)
  ) without rowid`,
  `insert into battery_day(device_id, day, percent)
   select device_id, at / 86400000, min(data ->> '$.percent') from event
   where type in ('battery.measured', 'battery.low') and device_id is not null
     and data ->> '$.percent' is not null
   group by device_id, at / 86400000`,
  `create table installation (
    id text primary key, municipality_id text not null, home_id text not null references home(id),
    device_id text references device(id), by_id text not null, state text not null,
    body text not null, started_at integer not null, changed_at integer not null
  )`,
  `create index installation_home on installation(home_id, started_at)`,
  `create index installation_device on installation(device_id)`,
  `create unique index installation_open on installation(device_id) where state = 'open'`,
  `create index event_device on event(device_id, seq)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
