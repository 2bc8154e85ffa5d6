import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { NewUser } from '../../gateway/domain/registry.ts';
import type { Store } from '../../gateway/domain/store.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';

export interface FleetTown {
  dataDir: string;
  devices: number;
  at: number;
  /** How far back batteries are told; ninety unless fewer will do. */
  batteryDays?: number;
  people: readonly Pick<NewUser, 'id' | 'role' | 'units'>[];
}

const dayMs = 86_400_000;
const minute = 60_000;
const devicesAHome = 8;
const units = ['Nattpatrullen', 'Hemtjänsten norr', 'Hemtjänsten syd', 'Fjällbyn'];
const kinds = [
  ['hub', 'Hemnod', 'other'],
  ['call-button', 'Larmknapp', 'worn'],
  ['door-contact', 'Ytterdörr', 'entrance'],
  ['motion-sensor', 'Rörelse', 'hall'],
  ['smoke-detector', 'Brandvarnare', 'hall'],
  ['bed-sensor', 'Säng', 'bed'],
  ['water-detector', 'Diskbänk', 'kitchen'],
  ['thermometer', 'Temperatur', 'living-room'],
] as const;

/** How many of so many devices are silent: every twentieth. */
export const silentEvery = 20;

/** A municipality with a large fleet, ninety days of battery behind each: every home a hub and seven behind it. */
export async function buildFleetTown(town: FleetTown): Promise<void> {
  const { dataDir, devices, at, people, batteryDays = 90 } = town;
  await mkdir(dataDir, { recursive: true });
  const file = join(dataDir, 'vaka.db');
  const store = await openSqliteStore(file);
  try {
    await addPeople(store, people, at - 100 * dayMs);
  } finally {
    await store.close();
  }
  const database = new DatabaseSync(file);
  try {
    database.exec('begin');
    addFleet(database, { devices, at, batteryDays });
    database.exec('commit');
  } finally {
    database.close();
  }
}

async function addPeople(store: Store, people: FleetTown['people'], at: number): Promise<void> {
  const { registry } = store;
  const municipalityId = 'norr';
  const timeZone = 'Europe/Stockholm';
  await registry.addMunicipality({ id: municipalityId, name: 'Norrköpinge', timeZone, at });
  for (const [index, name] of units.entries()) {
    await registry.addUnit({ id: `unit-${index}`, municipalityId, name, at });
  }
  for (const person of people) {
    const email = `${person.id}@vaka.example`;
    const own = { municipalityId, email, name: person.id, passwordHash: null, at };
    await registry.addUser({ ...person, ...own });
  }
}

function addFleet(
  database: DatabaseSync,
  { devices: count, at, batteryDays }: Required<Pick<FleetTown, 'devices' | 'at' | 'batteryDays'>>,
): void {
  const insert = createInsert(database);
  const since = at - 95 * dayMs;
  const today = Math.floor(at / dayMs);
  for (let index = 0; index < count; index += 1) {
    const one = deviceAt(index, at);
    if (one.address === null) {
      const { number, homeId } = one;
      insert.home(homeId, `unit-${number % units.length}`, `Storgatan ${number + 1}`, since);
    }
    insert.device(one.id, one.name, one.profile, since, one.hubId, one.address);
    insert.binding(one.id, one.homeId, one.where, since);
    const days = one.days.slice(-batteryDays);
    insert.status(one.id, one.lastSeenAt, days.at(-1) ?? null, one.skewMs, one.lqi);
    days.forEach((percent, nth) => insert.battery(one.id, today - days.length + 1 + nth, percent));
    if (index % 400 === 24) insert.quarantine(one.id, `vaka/v1/${one.id}/events`, at - dayMs);
  }
}

function deviceAt(index: number, at: number) {
  const place = index % devicesAHome;
  const number = Math.floor(index / devicesAHome);
  const homeId = `home-${number}`;
  const [profile, name, where] = kinds[place] ?? kinds[0];
  const id = `${homeId}-${profile}`;
  const isSilent = index % silentEvery === silentEvery - 1;
  const own = { id, number, homeId, profile, name, where };
  const told = {
    lastSeenAt: at - (isSilent ? 4 * dayMs : minute),
    skewMs: index % 400 === 13 ? 7 * minute : 200,
  };
  if (place === 0) return { ...own, ...told, hubId: null, address: null, days: [], lqi: null };
  const lqi = index % 90 === 5 ? 12 : 60 + (index % 150);
  return { ...own, ...told, hubId: `${homeId}-hub`, address: id, days: chargeOf(index), lqi };
}

function createInsert(database: DatabaseSync) {
  const prepare = (sql: string) => {
    const statement = database.prepare(sql);
    return (...values: (string | number | null)[]) => void statement.run(...values);
  };
  return {
    home: prepare(
      `insert into home(id, municipality_id, unit_id, label, time_zone, created_at)
       values (?, 'norr', ?, ?, 'Europe/Stockholm', ?)`,
    ),
    device: prepare(
      // No hub of these is ever connected: they only send.
      `insert into device(id, municipality_id, name, profile, created_at, hub_id, address, is_steady)
       values (?, 'norr', ?, ?, ?, ?, ?, 0)`,
    ),
    binding: prepare(
      `insert into binding(municipality_id, device_id, home_id, placement, from_at)
       values ('norr', ?, ?, ?, ?)`,
    ),
    status: prepare(
      `insert into device_status(device_id, municipality_id, last_seen_at, connected,
         battery_percent, rssi_dbm, skew_ms, dropped_without_consent, lqi, firmware)
       values (?, 'norr', ?, 1, ?, null, ?, 0, ?, '1.4.2')`,
    ),
    battery: prepare(`insert into battery_day(device_id, day, percent) values (?, ?, ?)`),
    quarantine: prepare(
      `insert into quarantine(municipality_id, device_id, topic, reason, bytes, at, payload)
       values ('norr', ?, ?, 'This is not JSON.', 12, ?, '{"…":…')`,
    ),
  };
}

/** A fall of its own for each device, with some trembling, the same each time. */
function chargeOf(index: number): number[] {
  const perDay = ((index * 37) % 100) / 100;
  return Array.from({ length: 90 }, (_, day) =>
    Math.max(1, Math.round(100 - perDay * day + ((index * 7 + day * 13) % 3) - 1)),
  );
}
