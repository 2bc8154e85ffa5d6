import type {
  FoundNote,
  HubLedger,
  Memories,
  NotUnderstoodNote,
  Remembered,
} from '../domain/hub-notes.ts';
import type { DialectName } from '../protocol/device/device-profile.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** How many different things of one device are kept that nobody understood. */
const oddestKept = 50;
/** Of how many addresses that a hub speaks for is known; zigbee2mqtt has a thousand devices at most. */
const foundKept = 2_000;

/** `changed` is called at once where the directory has to be read anew after the commit. */
export function sqliteHubLedger(connection: SqliteConnection, changed: () => void): HubLedger {
  return {
    remember: async (entries) => remember(connection, entries),
    noteFound: async (notes) => {
      for (const note of notes) {
        if (note.described?.formerly !== undefined) {
          rename(connection, note, note.described.formerly);
          changed();
        }
        noteFound(connection, note);
      }
    },
    noteNotUnderstood: async (notes) => {
      for (const note of notes) noteNotUnderstood(connection, note);
    },
    toldAs: async (deviceId, prefix, since) => {
      const row = connection
        .prepare(
          `select id from event where device_id = ? and id >= ? and id < ? and received_at >= ?
           order by received_at desc, seq desc limit 1`,
        )
        .get(deviceId, prefix, `${prefix}\u{10ffff}`, since);
      return row === undefined ? null : String(row['id']);
    },
    disarm: async (deviceIds) => {
      const update = connection.prepare('update device set armed_at = null where id = ?');
      for (const id of deviceIds) update.run(id);
      changed();
    },
  };
}

function remember(connection: SqliteConnection, entries: readonly Remembered[]): void {
  const upsert = connection.prepare(
    `insert into dialect_memory(hub_id, dialect, key, value) values (?, ?, ?, ?)
     on conflict (hub_id, dialect, key) do update set value = excluded.value`,
  );
  const remove = connection.prepare(
    'delete from dialect_memory where hub_id = ? and dialect = ? and key = ?',
  );
  for (const { hubId, dialect, key, value } of entries) {
    if (value === null) remove.run(hubId, dialect, key);
    else upsert.run(hubId, dialect, key, JSON.stringify(value));
  }
}

/** Its own address has come to light: whatever was known of the makeshift one is known of it. */
function rename(
  connection: SqliteConnection,
  { hubId, address }: FoundNote,
  formerly: string,
): void {
  const known = connection.prepare('select 1 from found where hub_id = ? and address = ?');
  if (known.get(hubId, address) === undefined) {
    connection
      .prepare('update found set address = ? where hub_id = ? and address = ?')
      .run(address, hubId, formerly);
  } else {
    connection.prepare('delete from found where hub_id = ? and address = ?').run(hubId, formerly);
  }
  connection
    .prepare(
      `update or ignore device set address = :address
       where hub_id = :hub and address = :formerly and decommissioned_at is null`,
    )
    .run({ hub: hubId, address, formerly });
}

function noteFound(connection: SqliteConnection, note: FoundNote): void {
  makeRoom(connection, note);
  connection
    .prepare(
      `insert into found(hub_id, address, municipality_id, dialect, label, vendor, model, firmware,
         profile, first_seen_at, last_seen_at, messages, last_type, battery_percent, lqi, rssi_dbm, gone_at)
       values (:hub, :address, :municipality, :dialect, coalesce(:label, :address), :vendor, :model,
         :firmware, :profile, :at, :at, :messages, :type, :battery, :lqi, :rssi,
         case when :gone = 1 then :at end)
       on conflict (hub_id, address) do update set
         label = coalesce(:label, label), vendor = coalesce(:vendor, vendor),
         model = coalesce(:model, model), firmware = coalesce(:firmware, firmware),
         profile = coalesce(:profile, profile), dialect = :dialect,
         last_seen_at = case when :messages > 0 then :at else last_seen_at end,
         messages = messages + :messages,
         last_type = case when :forget = 1 then null else coalesce(:type, last_type) end,
         battery_percent = coalesce(:battery, battery_percent), lqi = coalesce(:lqi, lqi),
         rssi_dbm = coalesce(:rssi, rssi_dbm),
         gone_at = case when :gone = 1 then :at when :gone = 0 or :messages > 0 then null else gone_at end`,
    )
    .run({
      hub: note.hubId,
      address: note.address,
      municipality: note.municipalityId,
      dialect: note.dialect,
      ...descriptionIn(note),
      at: note.at,
      messages: note.messages,
      type: note.lastType ?? null,
      forget: Number(note.lastType === null),
      battery: note.batteryPercent ?? null,
      lqi: note.lqi ?? null,
      rssi: note.rssiDbm ?? null,
      gone: note.isGone === undefined ? null : Number(note.isGone),
    });
}

function descriptionIn({ described }: FoundNote) {
  if (described === null) {
    return { label: null, vendor: null, model: null, firmware: null, profile: null };
  }
  const { label, vendor, model, firmware = null, profile } = described;
  return { label, vendor, model, firmware, profile: profile && JSON.stringify(profile) };
}

/** Addresses may change daily, as telephones' do, or be noise: those that were heard longest ago and are not placed go. */
function makeRoom(connection: SqliteConnection, { hubId, address }: FoundNote): void {
  const known = connection.prepare('select 1 from found where hub_id = ? and address = ?');
  if (known.get(hubId, address) !== undefined) return;
  const count = connection.prepare('select count(*) as count from found where hub_id = ?');
  if (Number(count.get(hubId)?.['count']) < foundKept) return;
  const gone = connection
    .prepare(
      `delete from found where hub_id = :hub and address in (
         select address from found where hub_id = :hub and not exists (
           select 1 from device where device.hub_id = found.hub_id
             and device.address = found.address and decommissioned_at is null)
         order by last_seen_at limit :some)
       returning address`,
    )
    .all({ hub: hubId, some: foundKept / 10 });
  const forget = connection.prepare(
    'delete from not_understood where device_id = ? and address = ?',
  );
  for (const row of gone) forget.run(hubId, String(row['address']));
}

function noteNotUnderstood(connection: SqliteConnection, note: NotUnderstoodNote): void {
  const { deviceId, source: address = '', what } = note;
  const counted = connection
    .prepare(
      `update not_understood set count = count + 1, example = ?, last_at = ?
       where device_id = ? and address = ? and what = ?`,
    )
    .run(note.example.slice(0, 200), note.at, deviceId, address, what.slice(0, 100));
  if (counted.changes > 0) return;
  connection
    .prepare(
      `insert into not_understood(municipality_id, device_id, address, what, example, count, first_at, last_at)
       select :municipality, :device, :address, :what, :example, 1, :at, :at
       where (select count(*) from not_understood where device_id = :device and address = :address) < :most`,
    )
    .run({
      municipality: note.municipalityId,
      device: deviceId,
      address,
      what: what.slice(0, 100),
      example: note.example.slice(0, 200),
      at: note.at,
      most: oddestKept,
    });
}

export function sqliteMemories(connection: SqliteConnection): Memories {
  return {
    of: async (hubIds) => {
      const select = connection.prepare(
        'select dialect, key, value from dialect_memory where hub_id = ?',
      );
      return hubIds.flatMap((hubId) =>
        select.all(hubId).map((row) => ({
          hubId,
          dialect: String(row['dialect']) as DialectName,
          key: String(row['key']),
          value: JSON.parse(String(row['value'])) as Remembered['value'],
        })),
      );
    },
  };
}
