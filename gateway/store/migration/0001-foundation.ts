import { type Kysely, sql } from 'kysely';

const statements = [
  `create table municipality (
    id text primary key, name text not null, time_zone text not null, created_at integer not null
  )`,
  `create table unit (
    id text primary key, municipality_id text not null references municipality(id),
    name text not null, created_at integer not null
  )`,
  `create table home (
    id text primary key, municipality_id text not null references municipality(id),
    unit_id text not null references unit(id), label text not null, time_zone text not null,
    created_at integer not null
  )`,
  `create table home_state (
    home_id text primary key references home(id), municipality_id text not null,
    state text not null, due_at integer
  )`,
  `create index home_state_due on home_state(due_at) where due_at is not null`,
  `create table resident (
    id text primary key, municipality_id text not null, home_id text not null references home(id),
    name text not null, cohabitant integer not null
  )`,
  `create index resident_home on resident(home_id)`,
  `create table consent (
    municipality_id text not null, resident_id text not null references resident(id),
    purpose text not null, from_at integer not null, until_at integer
  )`,
  `create index consent_resident on consent(resident_id)`,
  `create table device (
    id text primary key, municipality_id text not null references municipality(id),
    name text not null, profile text not null, secret_hash blob not null, blocked_at integer,
    created_at integer not null
  )`,
  `create table device_status (
    device_id text primary key references device(id), municipality_id text not null,
    last_seen_at integer, connected integer not null default 0, battery_percent real,
    rssi_dbm real, skew_ms integer, dropped_without_consent integer not null default 0
  )`,
  `create table binding (
    municipality_id text not null, device_id text not null references device(id),
    home_id text not null references home(id), placement text not null,
    from_at integer not null, until_at integer
  )`,
  `create unique index binding_current on binding(device_id) where until_at is null`,
  `create index binding_device on binding(device_id, from_at)`,
  `create index binding_home on binding(home_id)`,
  `create table event (
    seq integer primary key autoincrement, municipality_id text not null, home_id text,
    device_id text, id text not null, type text not null, at integer not null,
    received_at integer not null, data text not null
  )`,
  `create unique index event_once on event(device_id, id)`,
  `create index event_home on event(home_id, at)`,
  `create table quarantine (
    seq integer primary key autoincrement, municipality_id text not null, device_id text not null,
    topic text not null, reason text not null, bytes integer not null, at integer not null
  )`,
  `create index quarantine_device on quarantine(device_id, at)`,
  `create table alert (
    id text primary key, municipality_id text not null, unit_id text not null,
    home_id text not null references home(id), device_id text, need text not null,
    queue text not null, severity text not null, state text not null, audience text not null,
    due_at integer, raised_at integer not null, seq integer not null, body text not null
  )`,
  `create unique index alert_live_need on alert(home_id, need) where state <> 'resolved'`,
  `create index alert_due on alert(due_at) where state <> 'resolved'`,
  `create index alert_raised on alert(municipality_id, raised_at)`,
  `create index alert_home on alert(home_id, raised_at)`,
  `create table alert_event (
    seq integer primary key autoincrement, municipality_id text not null,
    alert_id text not null, type text not null, at integer not null, body text not null
  )`,
  `create index alert_event_alert on alert_event(alert_id, seq)`,
  `create table person (
    id text primary key, municipality_id text not null references municipality(id),
    email text not null unique, name text not null, role text not null,
    all_units integer not null, password_hash text, created_at integer not null
  )`,
  `create table person_unit (
    municipality_id text not null, person_id text not null references person(id),
    unit_id text not null references unit(id), primary key (person_id, unit_id)
  )`,
  `create table session (
    token_hash blob primary key, municipality_id text not null,
    person_id text not null references person(id), created_at integer not null,
    expires_at integer not null
  )`,
  `create table sign_in_link (
    token_hash blob primary key, municipality_id text not null,
    person_id text not null references person(id), created_at integer not null,
    expires_at integer not null, used_at integer
  )`,
  `create table access_log (
    seq integer primary key autoincrement, municipality_id text not null, person_id text not null,
    action text not null, subject_id text, at integer not null
  )`,
  `create index access_log_subject on access_log(municipality_id, subject_id, at)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
