import { type Kysely, sql } from 'kysely';

/** What the snapshot of all arrangements is made of; a change of any of it, whoever makes it, gives it another stamp. */
const arranged = [
  'municipality',
  'unit',
  'unit_service',
  'arrangement',
  'duty',
  'hold',
  'endpoint',
  'person',
  'person_unit',
];

const stamped = 'begin update arrangement_stamp set stamp = stamp + 1; end';

const stamps = [
  'create table arrangement_stamp (id integer primary key check (id = 1), stamp integer not null)',
  'insert into arrangement_stamp values (1, 1)',
  ...arranged.flatMap((table) =>
    ['insert', 'update', 'delete'].map(
      (change) =>
        `create trigger ${table}_${change}_stamped after ${change} on ${table} ${stamped}`,
    ),
  ),
  // A browser asks again at each load of a page; that is a change only if somebody else sits there now.
  `create trigger push_subscription_insert_stamped after insert on push_subscription ${stamped}`,
  `create trigger push_subscription_delete_stamped after delete on push_subscription ${stamped}`,
  `create trigger push_subscription_update_stamped after update on push_subscription
    when old.person_id <> new.person_id ${stamped}`,
];

const statements = [
  `alter table unit add column kind text not null default 'team'`,
  `alter table unit add column duty text not null default 'always'`,
  `alter table unit add column endpoint_id text`,
  `create table unit_service (
    unit_id text not null references unit(id), municipality_id text not null references municipality(id),
    primary key (unit_id, municipality_id)
  )`,
  `create table arrangement (
    municipality_id text not null references municipality(id), kind text not null,
    subject_id text not null, version integer not null, body text not null,
    author_id text not null, at integer not null, reason text not null,
    primary key (municipality_id, kind, subject_id, version)
  )`,
  `create trigger arrangement_stays before update on arrangement
    begin select raise(abort, 'What held is never changed afterwards.'); end`,
  `create table duty (
    id text primary key, municipality_id text not null, person_id text not null references person(id),
    unit_id text references unit(id), from_at integer not null, until_at integer not null,
    by_id text not null, ended_at integer
  )`,
  `create index duty_current on duty(until_at) where ended_at is null`,
  `create table hold (
    id text primary key, municipality_id text not null, kind text not null,
    home_id text references home(id), matchers text, from_at integer not null,
    until_at integer not null, reason text not null, by_id text not null,
    ended_at integer, ended_by text
  )`,
  `create index hold_current on hold(until_at) where ended_at is null`,
  `create table endpoint (
    id text primary key, municipality_id text not null references municipality(id),
    name text not null, url text not null, secret text not null, created_at integer not null,
    disabled_at integer, disabled_why text
  )`,
  `create table push_subscription (
    endpoint text primary key, municipality_id text not null,
    person_id text not null references person(id), p256dh text not null, auth text not null,
    created_at integer not null
  )`,
  `create index push_subscription_person on push_subscription(person_id)`,
  `create table vapid_key (
    id integer primary key check (id = 1), public_key text not null, private_key text not null
  )`,
  `create table outbox (
    id text primary key, municipality_id text not null, alert_id text not null, asking integer not null,
    urgency integer not null, kind text not null, channel text not null, target text not null, at integer not null,
    due_at integer not null, attempts integer not null default 0, tried_at integer, fate text,
    settled_at integer, why text
  )`,
  `create index outbox_due on outbox(channel, urgency, due_at) where fate is null`,
  `create index outbox_settled on outbox(settled_at) where fate is not null`,
  `create index outbox_target on outbox(channel, target, tried_at)`,
  `create table pulse (id integer primary key check (id = 1), at integer not null)`,
  // When we were last awake is known from what we last heard: else the first start would take our absence for silence.
  `insert into pulse(id, at)
   select 1, max(received_at) from event having max(received_at) is not null`,
  // An alert about the service itself has no home, and who is asked is more than one word.
  `create table alert_next (
    id text primary key, municipality_id text not null, unit_id text, home_id text references home(id),
    home_unit_id text, device_id text, need text not null, queue text not null,
    severity text not null, state text not null, by_id text, due_at integer,
    raised_at integer not null, seq integer not null, body text not null
  )`,
  `insert into alert_next(id, municipality_id, unit_id, home_id, home_unit_id, device_id, need, queue,
     severity, state, by_id, due_at, raised_at, seq, body)
   select alert.id, alert.municipality_id, alert.unit_id, home_id, home.unit_id, device_id, need, queue,
     severity, state, body ->> '$.by', due_at, raised_at, seq, body
   from alert join home on home.id = alert.home_id`,
  `create table alert_asked (
    alert_id text not null, kind text not null, ref text not null, until_at integer,
    primary key (alert_id, kind, ref)
  ) without rowid`,
  `insert into alert_asked(alert_id, kind, ref, until_at)
   select id, 'unit', unit_id, null from alert
   union all
   select id, 'everyone', municipality_id, null from alert where audience = 'municipality'`,
  `drop table alert`,
  `alter table alert_next rename to alert`,
  `create unique index alert_live_need on alert(coalesce(home_id, municipality_id), need) where state <> 'resolved'`,
  `create index alert_due on alert(due_at) where state <> 'resolved'`,
  `create index alert_live_by on alert(by_id) where state <> 'resolved'`,
  `create index alert_raised on alert(municipality_id, raised_at)`,
  `create index alert_newest on alert(raised_at, id)`,
  `create index alert_live on alert(municipality_id, raised_at) where state <> 'resolved'`,
  `create index alert_live_unit on alert(unit_id, raised_at) where state <> 'resolved'`,
  `create index alert_home on alert(home_id, raised_at)`,
  `create index alert_asked_ref on alert_asked(kind, ref)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...statements, ...stamps]) await sql.raw(statement).execute(db);
}
