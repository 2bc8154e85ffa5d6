import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';

import { readConfig } from '../../gateway/config.ts';
import { createGateway } from '../../gateway/gateway.ts';
import { FleetPage } from '../../gateway/protocol/device/fleet.ts';
import { createSignIn } from '../../gateway/services/sign-in.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { buildFleetTown } from '../support/fleet-town.ts';
import { quantile } from './quantile.ts';

/** How soon the fleet page is answered over HTTP, by the gateway as it is run, with ten thousand devices in its store. */
const devices = 10_000;
const rounds = 40;
const promisedMs = 200;

const queries = {
  'first page': '',
  'filter by fault': '?fault=silent',
  'search and unit': '?search=storgatan%2077&unitId=unit-0',
  'sort by battery, far down': '?sort=battery&offset=9500',
} as const;

async function signIn(dataDir: string): Promise<string> {
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  try {
    const desk = createSignIn({ accounts: store.accounts, clock: Date.now, random: randomBytes });
    const { token } = await desk.withLink((await desk.createLink('tore')).token);
    return `vaka=${token}`;
  } finally {
    await store.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const dataDir = await mkdtemp(join(tmpdir(), 'vaka-fleet-'));
await buildFleetTown({
  dataDir,
  devices,
  at: Date.now(),
  people: [{ id: 'tore', role: 'technician', units: [] }],
});
const cookie = await signIn(dataDir);
const config = { ...readConfig({ VAKA_DATA_DIR: dataDir }), httpPort: 0, mqttPort: 0 };
const gateway = createGateway(config, { log: pino({ level: 'silent' }) });
const { publicUrl } = await gateway.start();

async function ask(path: string): Promise<{ ms: number; text: string }> {
  const before = performance.now();
  const response = await fetch(`${publicUrl}/api/v1${path}`, { headers: { cookie } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  return { ms: performance.now() - before, text };
}

const cold = await ask('/fleet');
const { total, faults } = FleetPage.parse(JSON.parse(cold.text));
say(
  `${total} devices, ${faults.silent} silent; the first look of all takes ${cold.ms.toFixed(0)} ms`,
);
for (const [name, query] of Object.entries(queries)) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push((await ask(`/fleet${query}`)).ms);
  const [p50, p95] = [0.5, 0.95].map((share) => quantile(times, share));
  say(`${name}: p50 ${p50?.toFixed(0)} ms, p95 ${p95?.toFixed(0)} ms`);
  if ((p95 ?? Infinity) > promisedMs) process.exitCode = 1;
}
const csv = await ask('/fleet/export.csv');
say(`the file: ${csv.text.split('\r\n').length - 2} devices in ${csv.ms.toFixed(0)} ms`);
const visits = await ask('/fleet/visits');
say(`the visits of the week: ${visits.ms.toFixed(0)} ms`);
await gateway.stop();
await rm(dataDir, { recursive: true });
