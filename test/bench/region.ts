import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';

import { readConfig } from '../../gateway/config.ts';
import type { LogEntry } from '../../gateway/domain/ledger.ts';
import type { SinkStatus } from '../../gateway/domain/series/telemetry.ts';
import type { Store } from '../../gateway/domain/store.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { createTelemetryThread } from '../../gateway/telemetry-thread.ts';
import { writeInfluxdConfiguration } from '../support/influxd-configuration.ts';
import { pathOf } from '../support/program.ts';
import { quantile } from './quantile.ts';
import { freePort } from './server-process.ts';

/**
 * A region for a minute: fifteen municipalities, 20,000 devices, 2,000 readings a second, stored as ingest stores them and
 * written to each time-series store by the thread that does it for people. How far behind is it?
 */
const municipalities = 15;
const homesEach = 267;
const devicesEach = 5;
const perSecond = 2_000;
const batchesPerSecond = 20;
const seconds = 45;
const sampleEveryMs = 250;

const kinds = [
  'motion-sensor',
  'door-contact',
  'thermometer',
  'bed-sensor',
  'call-button',
] as const;

interface Device {
  id: string;
  homeId: string;
  municipalityId: string;
  kind: (typeof kinds)[number];
}

async function furnish(store: Store): Promise<readonly Device[]> {
  const { registry } = store;
  const at = Date.now() - 3_600_000;
  const devices: Device[] = [];
  for (let number = 0; number < municipalities; number += 1) {
    const municipalityId = `kommun-${number}`;
    const unitId = `${municipalityId}-natt`;
    await registry.addMunicipality({
      id: municipalityId,
      name: municipalityId,
      timeZone: 'Europe/Stockholm',
      at,
    });
    await registry.addUnit({ id: unitId, municipalityId, name: 'Natt', at });
    for (let home = 0; home < homesEach; home += 1) {
      const homeId = `${municipalityId}-${home}`;
      await registry.addHome({
        id: homeId,
        municipalityId,
        unitId,
        label: homeId,
        timeZone: 'Europe/Stockholm',
        residents: [{ id: `${homeId}-r`, name: homeId, cohabitant: false }],
        consents: ['help', 'activity', 'statistics'],
        at,
      });
      for (const kind of kinds.slice(0, devicesEach)) {
        const id = `${homeId}-${kind}`;
        await registry.addDevice({
          id,
          homeId,
          name: kind,
          profile: kind,
          placement: kind === 'bed-sensor' ? 'bed' : 'hall',
          secretHash: Buffer.alloc(32),
          at,
        });
        devices.push({ id, homeId, municipalityId, kind });
      }
    }
  }
  return devices;
}

const tells = {
  'motion-sensor': ['motion.detected', 'illuminance.measured', 'battery.measured'],
  'door-contact': ['door.opened', 'door.closed', 'link.measured'],
  thermometer: ['temperature.measured', 'humidity.measured', 'link.measured'],
  'bed-sensor': ['bed.entered', 'bed.left', 'device.heartbeat'],
  'call-button': ['battery.measured', 'link.measured', 'device.heartbeat'],
} as const;

function readingOf(device: Device, turn: number, at: number): LogEntry {
  const { id: deviceId, homeId, municipalityId, kind } = device;
  const type = tells[kind][turn % 3] ?? 'device.heartbeat';
  const data = { percent: 50 + (turn % 40), celsius: 20, rssiDbm: -60, lux: turn % 500 };
  return { municipalityId, homeId, deviceId, id: randomUUID(), type, at, receivedAt: at, data };
}

/** Stores readings at the pace of a region until the time is up; answers how many. */
async function feed(store: Store, devices: readonly Device[]): Promise<number> {
  const began = performance.now();
  let stored = 0;
  while (performance.now() - began < seconds * 1_000) {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    const at = Date.now();
    const entries: LogEntry[] = [];
    for (; stored < due; stored += 1) {
      // A stride that has no part in common with how many there are: every device in turn, neighbours far apart.
      const device = devices[(stored * 7_919) % devices.length];
      if (device !== undefined)
        entries.push(readingOf(device, Math.floor(stored / devices.length), at));
    }
    await store.transaction((ledger) => ledger.append(entries));
    await pass(1_000 / batchesPerSecond);
  }
  return stored;
}

interface Round {
  what: string;
  environment: Record<string, string>;
}

async function measure(
  { what, environment }: Round,
  { folder, devices }: { folder: string; devices: readonly Device[] },
): Promise<string> {
  const dataDir = join(folder, what.replaceAll(/\W+/g, '-'));
  await mkdir(dataDir);
  const database = join(dataDir, 'vaka.db');
  await copyFile(join(folder, 'region.db'), database);
  const store = await openSqliteStore(database);
  const { telemetry: config } = readConfig({ VAKA_DATA_DIR: dataDir, ...environment });
  const statuses = new Map<string, SinkStatus>();
  const historyFile = join(dataDir, 'telemetry.db');
  const thread = createTelemetryThread({
    database,
    historyFile,
    config,
    clock: Date.now,
    told: (status) => statuses.set(status.name, status),
    leftBehind: () => {},
    removed: () => {},
    failed: (error) => process.stderr.write(`${String(error)}\n`),
  });
  await thread.settle();
  const lags: number[] = [];
  const sampling = setInterval(() => {
    const at = Date.now();
    const waits = [...statuses.values()].map(({ waitingSince }) => waitingSince ?? at);
    lags.push(Math.max(0, at - Math.min(at, ...waits)) / 1_000);
  }, sampleEveryMs);
  const stored = await feed(store, devices);
  clearInterval(sampling);
  const settling = performance.now();
  await thread.settle();
  const tailMs = performance.now() - settling;
  const written = [...statuses.values()].map(({ name, written: points }) => `${name} ${points}`);
  await thread.stop();
  await store.close();
  const sorted = lags.toSorted((a, b) => a - b);
  const size = (await stat(historyFile)).size / 2 ** 20;
  return [
    what.padEnd(26),
    `${Math.round(stored / seconds)}/s stored`,
    `lag p50 ${quantile(sorted, 0.5).toFixed(1)} s, p99 ${quantile(sorted, 0.99).toFixed(1)} s, most ${(sorted.at(-1) ?? 0).toFixed(1)} s`,
    `settled ${tailMs.toFixed(0)} ms after the end`,
    `points ${written.join(', ')}`,
    `telemetry.db ${size.toFixed(0)} MiB`,
  ].join(' · ');
}

const servers: ChildProcess[] = [];

async function influxd(folder: string): Promise<string> {
  const port = await freePort();
  const file = await writeInfluxdConfiguration(folder, port);
  servers.push(spawn(pathOf('influxd'), ['-config', file], { stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/ping`);
  await fetch(`${url}/query`, {
    method: 'POST',
    body: new URLSearchParams({ q: 'create database vaka' }),
  });
  return url;
}

async function victoriaMetrics(folder: string): Promise<string> {
  const port = await freePort();
  const words = [
    `-storageDataPath=${join(folder, 'victoria')}`,
    `-httpListenAddr=127.0.0.1:${port}`,
  ];
  servers.push(spawn(pathOf('victoria-metrics'), words, { stdio: 'ignore' }));
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/health`);
  return url;
}

async function answering(url: string): Promise<void> {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok === true) return;
    await pass(20);
  }
  throw new Error(`Nothing answers at ${url}.`);
}

// Whoever breaks it off leaves no server behind.
process.once('exit', () => servers.forEach((server) => server.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

const folder = await mkdtemp(join(tmpdir(), 'vaka-region-'));
try {
  const one = { VAKA_INFLUX1_URL: await influxd(folder) };
  const two = { VAKA_INFLUX2_URL: await victoriaMetrics(folder), VAKA_INFLUX2_TOKEN: 'none' };
  const rounds: Round[] = [
    { what: 'embedded', environment: {} },
    { what: 'influx-1 (InfluxDB 1.6)', environment: { ...one, VAKA_TELEMETRY: 'influx-1' } },
    { what: 'influx-2 (VictoriaMetrics)', environment: { ...two, VAKA_TELEMETRY: 'influx-2' } },
    {
      what: 'all three at once',
      environment: { ...one, ...two, VAKA_TELEMETRY: 'embedded,influx-1,influx-2' },
    },
  ];
  const region = await openSqliteStore(join(folder, 'region.db'));
  const devices = await furnish(region);
  await region.close();
  for (const round of rounds) {
    process.stdout.write(`${await measure(round, { folder, devices })}\n`);
  }
} finally {
  for (const server of servers) server.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
