import type { HubLedger } from '../domain/hub-notes.ts';
import type {
  BatteryReading,
  DeviceReading,
  Ledger,
  LogEntry,
  Quarantined,
} from '../domain/ledger.ts';
import {
  liveAlerts,
  liveAlertsOf,
  parseAlert,
  saveAlerts,
  serviceAlerts,
} from './sqlite-alert-ledger.ts';
import type { ArrangementsAtHand } from './sqlite-arrangements.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import type { HomeLedger } from './sqlite-home-ledger.ts';
import { enqueue, settle } from './sqlite-outbox-ledger.ts';
import type { RuleLedger } from './sqlite-rule-ledger.ts';

/**
 * The ledger of an open transaction, in prepared statements: this is the path before every acknowledgement,
 * where building a query costs more than running it.
 */
export function sqliteLedger(
  connection: SqliteConnection,
  {
    homes,
    rules,
    arrangements,
    arrange,
    hubs,
    equipment,
  }: {
    homes: HomeLedger;
    rules: RuleLedger;
    arrangements: ArrangementsAtHand;
    arrange: Ledger['arrange'];
    hubs: HubLedger;
    equipment: Ledger['equipment'];
  },
): Ledger {
  return {
    ...hubs,
    append: async (entries) => append(connection, entries),
    homes: async (homeIds) => homes.load(homeIds),
    saveHomes: async (states) => homes.save(states),
    rulesInForce: async (municipalityIds) => rules.inForce(municipalityIds),
    addRuleVersions: async (versions) => rules.addVersions(versions),
    addHomeOverride: async (override) => rules.addOverride(override),
    rememberKey: async ({ municipalityId, publicKey, name, at }) => {
      connection
        .prepare(
          `insert into known_key(municipality_id, public_key, name, at) values (?, ?, ?, ?)
           on conflict (municipality_id, public_key) do update set name = excluded.name`,
        )
        .run(municipalityId, publicKey, name, at);
    },
    liveAlerts: async (homeIds) => liveAlerts(connection, homeIds),
    serviceAlerts: async (municipalityId) => serviceAlerts(connection, municipalityId),
    liveAlertsOf: async (whose) => liveAlertsOf(connection, whose),
    alert: async (id) => {
      const row = connection.prepare('select body from alert where id = ?').get(id);
      return row === undefined ? null : parseAlert(row);
    },
    saveAlerts: async (changes) => saveAlerts(connection, changes),
    arrangements: async () => arrangements.now(),
    arrange,
    equipment,
    enqueue: async (notifications) => enqueue(connection, notifications),
    settle: async (settled) => settle(connection, settled),
    noteDevices: async (readings) => noteDevices(connection, readings),
    noteBatteryDays: async (readings) => noteBatteryDays(connection, readings),
    forgetConnections: async () => {
      connection.prepare('update device_status set connected = 0 where connected = 1').run();
    },
    quarantine: async (entries) => quarantine(connection, entries),
    dueHomes: async (at, limit) =>
      connection
        .prepare('select home_id from home_state where due_at <= ? order by due_at limit ?')
        .all(at, limit)
        .map((row) => String(row['home_id'])),
    dueAlerts: async (at, limit) =>
      connection
        .prepare(
          `select id from alert where state <> 'resolved' and due_at <= ? order by due_at limit ?`,
        )
        .all(at, limit)
        .map((row) => String(row['id'])),
    postponeHome: async (homeId, until) => {
      connection.prepare('update home_state set due_at = ? where home_id = ?').run(until, homeId);
    },
    postponeAlert: async (alertId, until) => {
      connection.prepare('update alert set due_at = ? where id = ?').run(until, alertId);
    },
    mendDeadlines: async (at, furthest) => mendDeadlines(connection, at, furthest),
  };
}

function append(
  connection: SqliteConnection,
  entries: readonly LogEntry[],
): readonly (number | null)[] {
  const insert = connection.prepare(
    `insert into event(municipality_id, home_id, device_id, id, type, at, received_at, data, skew_ms)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (device_id, id) do nothing`,
  );
  return entries.map((entry) => {
    const { municipalityId, homeId, deviceId, id, type, at, receivedAt } = entry;
    const data = JSON.stringify(entry.data);
    const { changes, lastInsertRowid } = insert.run(
      municipalityId,
      homeId,
      deviceId,
      id,
      type,
      at,
      receivedAt,
      data,
      entry.skewMs ?? null,
    );
    return changes === 1 ? Number(lastInsertRowid) : null;
  });
}

const dayMs = 24 * 3_600_000;

function noteDevices(connection: SqliteConnection, readings: readonly DeviceReading[]): void {
  const upsert = connection.prepare(
    `insert into device_status(device_id, municipality_id, last_seen_at, connected, battery_percent,
       rssi_dbm, lqi, is_reached, skew_ms, dropped_without_consent)
     values (:device, :municipality, :seen, coalesce(:connected, 0), :battery, :rssi, :lqi, :reached,
       :skew, :dropped)
     on conflict (device_id) do update set
       last_seen_at = max(coalesce(last_seen_at, 0), excluded.last_seen_at),
       connected = coalesce(:connected, connected),
       battery_percent = coalesce(excluded.battery_percent, battery_percent),
       rssi_dbm = coalesce(excluded.rssi_dbm, rssi_dbm),
       lqi = coalesce(excluded.lqi, lqi),
       is_reached = coalesce(excluded.is_reached, is_reached),
       skew_ms = coalesce(excluded.skew_ms, skew_ms),
       dropped_without_consent = dropped_without_consent + excluded.dropped_without_consent`,
  );
  for (const reading of readings) {
    upsert.run({
      device: reading.deviceId,
      municipality: reading.municipalityId,
      seen: reading.lastSeenAt,
      connected: asNumber(reading.connected),
      battery: reading.batteryPercent ?? null,
      rssi: reading.rssiDbm ?? null,
      lqi: reading.lqi ?? null,
      reached: asNumber(reading.isReached),
      skew: reading.skewMs ?? null,
      dropped: reading.droppedWithoutConsent ?? 0,
    });
  }
  noteBatteryDays(connection, readings);
}

function noteBatteryDays(connection: SqliteConnection, readings: readonly BatteryReading[]): void {
  const ofDay = connection.prepare(
    `insert into battery_day(device_id, day, percent) values (?, ?, ?)
     on conflict (device_id, day) do update set percent = min(percent, excluded.percent)`,
  );
  for (const { deviceId, batteryPercent, batteryAt } of readings) {
    if (batteryPercent !== undefined && batteryAt !== undefined) {
      ofDay.run(deviceId, Math.floor(batteryAt / dayMs), batteryPercent);
    }
  }
}

function asNumber(truth: boolean | undefined): number | null {
  return truth === undefined ? null : Number(truth);
}

function quarantine(connection: SqliteConnection, entries: readonly Quarantined[]): void {
  const insert = connection.prepare(
    `insert into quarantine(municipality_id, device_id, topic, reason, bytes, at, payload)
     values (?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { municipalityId, deviceId, topic, reason, bytes, at, payload } of entries) {
    insert.run(municipalityId, deviceId, topic, reason, bytes, at, payload);
  }
}

/** How far ahead of now a deadline may have been set, before our clock must have been set back since. */
const clockToleranceMs = 60_000;

function mendDeadlines(connection: SqliteConnection, at: number, furthest: number): number {
  const { changes } = connection
    .prepare(
      `update alert set due_at = :at, body = json_set(body, '$.dueAt', :at, '$.stateDueAt', :at,
         '$.dueSince', :at)
       where state <> 'resolved'
         and (due_at is null or due_at > :furthest or due_at is not body ->> '$.dueAt'
           or body ->> '$.dueSince' > :ahead)`,
    )
    .run({ at, furthest, ahead: at + clockToleranceMs });
  return Number(changes);
}
