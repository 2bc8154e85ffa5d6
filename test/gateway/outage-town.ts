import { randomUUID } from 'node:crypto';

import { Registry } from 'prom-client';

import type { Store } from '../../gateway/domain/store.ts';
import { createMetrics } from '../../gateway/services/metrics.ts';
import { createWatch, type Watch } from '../../gateway/services/watch.ts';
import { type Core, createTestClock, openCore, termsFor } from './services/core.ts';
import { addDevice, addHome, addMunicipality, start } from './store/furnish.ts';
import { createSqliteStorage, type SqliteStorage } from './store/sqlite-storage.ts';

const second = 1_000;
const minute = 60 * second;
const stepMs = 30 * second;
const heartbeatMs = 5 * minute;

/** Homes with a hub each: it is supervised for a quarter of an hour and speaks every five minutes. */
async function furnishTown(storage: SqliteStorage, homes: Readonly<Record<string, number>>) {
  const store = await storage.open();
  for (const [municipalityId, count] of Object.entries(homes)) {
    await addMunicipality(store, municipalityId);
    await store.registry.addUnit({
      id: `unit-${municipalityId}`,
      municipalityId,
      name: `Lag ${municipalityId}`,
      at: start,
    });
    await addFirst(store, municipalityId);
    await multiply(storage, municipalityId, count);
  }
  await store.close();
}

async function addFirst(store: Store, municipalityId: string): Promise<void> {
  const id = `${municipalityId}-0`;
  await addHome(store, { id, municipalityId, unitId: `unit-${municipalityId}` });
  await addDevice(store, { id: `hub-${id}`, homeId: id, profile: 'hub', placement: 'other' });
}

/** The first home as many times; thousands of homes one by one would take longer than the test. */
async function multiply(storage: SqliteStorage, of: string, count: number): Promise<void> {
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i + 1 < ${count})`;
  const id = `'${of}-' || i`;
  const copies: readonly [table: string, columns: Readonly<Record<string, string>>][] = [
    ['home', { id }],
    ['resident', { id: `'resident-' || ${id}`, home_id: id }],
    ['consent', { resident_id: `'resident-' || ${id}` }],
    ['device', { id: `'hub-' || ${id}` }],
    ['binding', { device_id: `'hub-' || ${id}`, home_id: id }],
  ];
  for (const [table, changed] of copies) {
    const rows = await storage.query(`select name from pragma_table_info('${table}')`);
    const names = rows.map(({ name }) => String(name));
    const values = names.map((name) => changed[name] ?? `${table}.${name}`);
    await storage.query(
      `insert into ${table}(${names.join()}) ${numbers} select ${values.join()}
       from ${table}, n where ${table}.municipality_id = '${of}'`,
    );
  }
}

/** A gateway that may be stopped and started, and the hubs that speak to it while the network carries them. */
export async function openTown(homes: Readonly<Record<string, number>>) {
  const storage = await createSqliteStorage();
  await furnishTown(storage, homes);
  const clock = createTestClock();
  const hubs = Object.entries(homes).flatMap(([id, count]) =>
    Array.from({ length: count }, (_, index) => ({ id: `hub-${id}-${index}`, phase: index % 10 })),
  );
  const dead = new Set<string>();
  const connected = new Set<string>();
  let running: { core: Core; watch: Watch } | null = null;
  let isNetUp = true;
  let netChangedAt = clock.now();

  async function startUp(): Promise<void> {
    const core = await openCore({ storage, clock });
    const watch = createWatch({
      store: core.store,
      termsFor,
      hub: core.hub,
      metrics: createMetrics(new Registry()),
      clock: clock.now,
      newId: randomUUID,
      screens: () =>
        Object.keys(homes).map((municipalityId) => ({
          userId: 'astrid',
          municipalityId,
          role: 'carer',
          units: 'all',
        })),
      sweepGapMs: () => 0,
      clockAheadMs: () => 0,
      disk: async () => null,
      externalBroker: () => null,
      history: () => ({ sinks: [], lagMs: Infinity }),
      failed: (error) => {
        throw error;
      },
    });
    await watch.begin();
    running = { core, watch };
    netChangedAt = clock.now();
  }

  /** A hub notices within two minutes that the network came or went; those that spoke last notice first. */
  function carries(phase: number): boolean {
    const hasNoticed = clock.now() - netChangedAt >= (9 - phase) * 12 * second;
    return hasNoticed ? isNetUp : !isNetUp;
  }

  async function live({ core, watch }: { core: Core; watch: Watch }): Promise<void> {
    const at = clock.now();
    for (const { id, phase } of hubs) {
      const isThere = !dead.has(id) && (isNetUp || connected.has(id)) && carries(phase);
      if (isThere !== connected.has(id)) {
        core.ingest.presence({ deviceId: id, connected: isThere, at });
        if (isThere) connected.add(id);
        else connected.delete(id);
      }
    }
    await core.ingest.drain();
    const speaking = hubs.filter(
      ({ id, phase }) =>
        isNetUp && connected.has(id) && (at - start) % heartbeatMs === phase * stepMs,
    );
    await Promise.all(speaking.map(({ id }) => core.send(id, { type: 'device.heartbeat' })));
    await watch.run();
    await core.sweep.run();
  }

  await startUp();
  return {
    clock,
    storage,
    start: startUp,
    /** As a power cut would. */
    stop: async () => {
      await running?.core.close();
      running = null;
      connected.clear();
    },
    netFails: () => {
      isNetUp = false;
      netChangedAt = clock.now();
    },
    netReturns: () => {
      isNetUp = true;
      netChangedAt = clock.now();
    },
    dies: (id: string) => void dead.add(id),
    /** Lets time pass, for the gateway too if it runs. */
    pass: async (ms: number) => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        clock.pass(stepMs);
        if (running !== null) await live(running);
      }
    },
    failures: () => running?.core.failures ?? [],
    /** `municipality need state` of every alert there ever was, by when it was raised. */
    alerts: async () => {
      const rows = await storage.query(
        `select municipality_id, need, state, raised_at from alert order by raised_at, rowid`,
      );
      return rows.map((row) => ({
        what: `${String(row['municipality_id'])} ${String(row['need'])} ${String(row['state'])}`,
        at: Number(row['raised_at']),
      }));
    },
  };
}
