import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

import { createReportThread } from '../../gateway/report-thread.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import { buildYear, municipalityId } from './report-year.ts';

/** What a year's follow-up of a large municipality costs, made as the gateway makes it: in a thread of its own. */
const { values } = parseArgs({
  options: {
    alerts: { type: 'string', default: '100000' },
    homes: { type: 'string', default: '400' },
    seed: { type: 'string', default: 'vaka' },
    rounds: { type: 'string', default: '3' },
  },
});
const year = {
  seed: values.seed,
  homes: Number(values.homes),
  alerts: Number(values.alerts),
  from: Date.parse('2025-01-01T00:00:00+01:00'),
  to: Date.parse('2026-01-01T00:00:00+01:00'),
};
const sampleMs = 10;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;

async function build(file: string): Promise<void> {
  const began = performance.now();
  const store = await openSqliteStore(file);
  await buildYear(store, year);
  await store.close();
  const { size } = await stat(file);
  say(
    `${year.alerts} alerts in ${year.homes} homes, ${mebibytes(size)}, stored in ${seconds(performance.now() - began)}`,
  );
}

/** Memory is what the process grew by at most; the processor's is that of all threads, and of the main one alone. */
async function measure(file: string): Promise<void> {
  const start = createReportThread(file, (error) => say(String(error)));
  const before = process.memoryUsage().rss;
  let peak = before;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, sampleMs);
  const pauses = monitorEventLoopDelay({ resolution: 1 });
  pauses.enable();
  const cpu = process.cpuUsage();
  const main = process.threadCpuUsage();
  const began = performance.now();
  const report = await start({
    municipalityId,
    from: '2025-01-01',
    to: '2025-12-31',
    at: year.to,
  }).done;
  const wall = performance.now() - began;
  const all = process.cpuUsage(cpu);
  const own = process.threadCpuUsage(main);
  pauses.disable();
  clearInterval(sampling);
  const cpuMs = ({ user, system }: { user: number; system: number }) => (user + system) / 1_000;
  say(
    `${report.alerts.care} calls for care counted: wall ${seconds(wall)}, CPU ${seconds(cpuMs(all))} (main thread ${seconds(cpuMs(own))}), ` +
      `memory +${mebibytes(peak - before)}, longest pause of the main thread ${(pauses.max / 1e6).toFixed(1)} ms`,
  );
}

const folder = await mkdtemp(join(tmpdir(), 'vaka-report-'));
const file = join(folder, 'vaka.db');
try {
  await build(file);
  for (let round = 0; round < Number(values.rounds); round += 1) await measure(file);
} finally {
  await rm(folder, { recursive: true, force: true });
}
