import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { expect, onTestFinished, test, vi } from 'vitest';

import type { LogEntry } from '../../../gateway/domain/ledger.ts';
import type { SinkName } from '../../../gateway/domain/series/sink.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';
import { createSqliteProgress } from '../../../gateway/telemetry/sqlite-progress.ts';
import { openTelemetryFile } from '../../../gateway/telemetry/telemetry-file.ts';
import { startInfluxd } from '../../support/influxd.ts';
import { startProgram } from '../../support/run.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { startVictoriaMetrics } from '../../support/victoria-metrics.ts';
import { addDevice, addHome, addMunicipality, hour, minute } from '../store/furnish.ts';

// Each starts our own process four times, and a database twice.
vi.setConfig({ testTimeout: 120_000 });

const homes = 8;
const day = 24 * hour;

/** What a series holds, as `count sum`. */
type Totals = Readonly<Record<string, string>>;

/** Eight homes that agree to everything, each with a thermometer that tells something every ten seconds, and a sensor of motion. */
async function openTown(begin: number) {
  const dataDir = await temporaryFolder();
  const store = await openSqliteStore(join(dataDir, 'vaka.db'));
  onTestFinished(() => store.close());
  await addMunicipality(store, 'norr');
  await store.registry.addUnit({ id: 'norr-1', municipalityId: 'norr', name: 'Lag', at: begin });
  const consents = ['help', 'activity', 'statistics'] as const;
  for (let home = 0; home < homes; home += 1) {
    const homeId = `home-${home}`;
    await addHome(store, {
      id: homeId,
      municipalityId: 'norr',
      unitId: 'norr-1',
      consents,
      at: begin,
    });
    // Neither is missed when it is silent: nothing but history is tried here.
    const kind = { homeId, profile: 'event-only', at: begin } as const;
    await addDevice(store, { ...kind, id: `warm-${home}`, placement: 'kitchen' });
    await addDevice(store, { ...kind, id: `moves-${home}`, placement: 'hall' });
  }
  return { dataDir, store };
}

function told(home: number, at: number, some: Pick<LogEntry, 'type' | 'data'>): LogEntry {
  const deviceId = `${some.type === 'motion.detected' ? 'moves' : 'warm'}-${home}`;
  const where = { municipalityId: 'norr', homeId: `home-${home}`, deviceId };
  return { ...where, id: `${some.type} ${at}`, at, receivedAt: at, ...some };
}

/** What all homes tell in so long; sums of it are exact, for every value is a multiple of a quarter. */
function living({ from, to }: { from: number; to: number }): LogEntry[] {
  const entries: LogEntry[] = [];
  for (let at = from; at < to; at += 10_000) {
    const home = (at / 10_000) % homes;
    const celsius = 18 + ((at / 10_000) % 29) / 4;
    entries.push(told(home, at, { type: 'temperature.measured', data: { celsius } }));
    if (at % 70_000 === 0) entries.push(told(home, at, { type: 'motion.detected', data: {} }));
    if (at % minute === 0) {
      entries.push(told(home, at + 1, { type: 'battery.measured', data: { percent: 50 + home } }));
    }
  }
  return entries;
}

/** What the log comes to, without any of the code that is tried. */
function totalsOf(entries: readonly LogEntry[]): Totals {
  const sums = new Map<string, [count: number, sum: number]>();
  const add = (series: string, count: number, value: number) => {
    const [knownCount, knownSum] = sums.get(series) ?? [0, 0];
    sums.set(series, [knownCount + count, knownSum + value]);
  };
  const quarters = new Set<string>();
  for (const { type, deviceId, homeId, at, data } of entries) {
    if (type === 'temperature.measured') add(`temperature ${deviceId}`, 1, Number(data['celsius']));
    if (type === 'battery.measured') add(`battery ${deviceId}`, 1, Number(data['percent']));
    if (type !== 'motion.detected') continue;
    // A point for each quarter of an hour, that says how much moved.
    const quarter = `${homeId} ${Math.floor(at / (15 * minute))}`;
    add(`activity ${homeId}`, quarters.has(quarter) ? 0 : 1, 1);
    quarters.add(quarter);
  }
  return Object.fromEntries([...sums].map(([series, [count, sum]]) => [series, `${count} ${sum}`]));
}

async function append(store: Store, entries: readonly LogEntry[]): Promise<void> {
  for (let first = 0; first < entries.length; first += 1_000) {
    await store.transaction((ledger) => ledger.append(entries.slice(first, first + 1_000)));
  }
}

interface Server {
  environment: Readonly<Record<string, string>>;
  sink: SinkName;
  start: () => Promise<void>;
  /** Ends it as a power cut does, or as near to it as it bears. */
  cut: () => Promise<void>;
  totals: () => Promise<Totals>;
}

async function influx1(): Promise<Server> {
  const influxd = await startInfluxd({ keeps: '30d' });
  return {
    sink: 'influx-1',
    environment: { VAKA_TELEMETRY: 'influx-1', VAKA_INFLUX1_URL: influxd.url },
    start: influxd.start,
    cut: influxd.kill,
    totals: async () => {
      const series = await influxd.ask(
        `select count(/celsius|percent|count/), sum(/celsius|percent|count/)
         from temperature, battery, activity group by device, home`,
      );
      return Object.fromEntries(
        series.map(({ name, tags, values: [values = []] }) => {
          const numbers = values.slice(1).filter((value) => value !== null);
          const whose = name === 'activity' ? tags?.['home'] : tags?.['device'];
          return [`${name} ${whose}`, `${Number(numbers[0])} ${Number(numbers[1])}`];
        }),
      );
    },
  };
}

/**
 * VictoriaMetrics refuses no point, so what stands before it does that as InfluxDB 2 says it in its API: for what is older
 * than the bucket keeps. It acknowledges what is not on disk yet, so it is asked to put that away before it is cut off.
 */
async function influx2(): Promise<Server> {
  const victoria = await startVictoriaMetrics();
  const oldest = Date.now() - 30 * day;
  const front = createServer((request, response) => void pass(request, response));
  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    const isOld = (line: string) => Number(line.slice(line.lastIndexOf(' ') + 1)) / 1e6 < oldest;
    const lines = body
      .toString()
      .split('\n')
      .filter((line) => line !== '');
    if (lines.some(isOld)) {
      const message =
        'failure writing points to database: partial write: points beyond retention policy dropped=1';
      response.writeHead(422, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 'unprocessable entity', message }));
      return;
    }
    const answer = await fetch(`${victoria.url}${request.url}`, { method: 'POST', body }).catch(
      () => null,
    );
    response.writeHead(answer?.status ?? 503);
    response.end(answer === null ? '' : await answer.text());
  }
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    front.close();
    front.closeAllConnections();
  });
  const address = front.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    sink: 'influx-2',
    environment: {
      VAKA_TELEMETRY: 'influx-2',
      VAKA_INFLUX2_URL: `http://127.0.0.1:${port}`,
      VAKA_INFLUX2_TOKEN: 'not asked for here',
    },
    start: victoria.start,
    cut: async () => {
      await victoria.putAway();
      await victoria.kill();
    },
    totals: async () => {
      const series = await victoria.exported('{__name__=~"(temperature|battery|activity)_.*"}');
      return Object.fromEntries(
        series.map(({ metric, values }) => {
          const [name = ''] = (metric['__name__'] ?? '').split('_');
          const whose = name === 'activity' ? metric['home'] : metric['device'];
          const sum = values.reduce((total, value) => total + value, 0);
          return [`${name} ${whose}`, `${values.length} ${sum}`];
        }),
      );
    },
  };
}

/** Our own process, as it is run. */
function openProcess(dataDir: string, environment: Readonly<Record<string, string>>) {
  const given = {
    ...environment,
    VAKA_DATA_DIR: dataDir,
    VAKA_HTTP_PORT: '0',
    VAKA_MQTT_PORT: '0',
  };
  const run = () =>
    startProgram(process.execPath, ['gateway/main.ts', 'serve'], {
      environment: { ...given, VAKA_LOG_LEVEL: 'error' },
    });
  let running = run();
  const kill = async () => {
    running.child.kill('SIGKILL');
    await running.ended;
  };
  onTestFinished(kill);
  return {
    kill,
    start: () => {
      running = run();
    },
    /** What it holds of memory, in MiB. */
    memory: async () => {
      const status = await readFile(`/proc/${running.child.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
    },
  };
}

const soon = { timeout: 60_000, interval: 10 };

test.for([
  ['InfluxDB 1', influx1],
  ['InfluxDB 2', influx2],
] as const)('a day without %s, and two deaths of ours, cost no point', async ([, open]) => {
  const server = await open();
  const now = Math.floor(Date.now() / day) * day;
  const began = now - 2 * day;
  const { dataDir, store } = await openTown(began - 60 * day);
  const file = openTelemetryFile(join(dataDir, 'telemetry.db'), { readOnly: true });
  onTestFinished(() => file.close());
  const progress = createSqliteProgress(file);
  const reached = async () => (await progress.cursor(server.sink)).event;
  const lastEvent = async () => {
    const [row] = await store.transaction((ledger) =>
      ledger.append([told(0, Date.now(), { type: 'device.heartbeat', data: {} })]),
    );
    return row ?? NaN;
  };

  const before = living({ from: began, to: began + 6 * hour });
  await append(store, before);
  const ours = openProcess(dataDir, server.environment);
  let end = await lastEvent();
  await expect.poll(reached, soon).toBeGreaterThanOrEqual(end);
  const calmMemory = await ours.memory();

  await server.cut();
  const gone = await reached();
  const first = living({ from: began + 6 * hour, to: began + 18 * hour });
  await append(store, first);
  await ours.kill();
  ours.start();
  const second = living({ from: began + 18 * hour, to: began + 30 * hour });
  const malformed = told(1, began + 18 * hour + 5, {
    type: 'temperature.measured',
    data: { celsius: 'warm' },
  });
  const tooOld = told(2, now - 50 * day, { type: 'temperature.measured', data: { celsius: 20 } });
  await append(store, [malformed, ...second, tooOld]);
  end = await lastEvent();
  expect(await reached()).toBe(gone);

  await server.start();
  let mostMemory = 0;
  const seen = async () => {
    mostMemory = Math.max(mostMemory, await ours.memory());
    return reached();
  };
  await expect.poll(seen, soon).toBeGreaterThan(gone);
  await ours.kill();
  const killedAt = await reached();
  expect(killedAt).toBeLessThan(end);
  ours.start();
  await expect.poll(seen, soon).toBeGreaterThanOrEqual(end);

  const all = [...before, ...first, ...second];
  expect(await server.totals()).toEqual(totalsOf(all));
  const refused = await progress.refused({ municipalityId: 'norr', before: null, limit: 100 });
  expect(refused.map(({ point: { at, tags } }) => [at, tags.device])).toEqual(
    expect.arrayContaining([
      [malformed.at, 'warm-1'],
      [tooOld.at, 'warm-2'],
    ]),
  );
  expect(refused).toHaveLength(2);
  // A page of the log is in memory at a time, however long the outage was.
  expect(mostMemory - calmMemory).toBeLessThan(100);
});
