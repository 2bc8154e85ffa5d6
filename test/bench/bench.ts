import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';

import { measureDemoStart } from './demo-start.ts';
import { measureIdle } from './idle.ts';
import { measureLatency } from './latency.ts';
import {
  type Row,
  rowsOfDemoStart,
  rowsOfIdle,
  rowsOfLatency,
  rowsOfSustained,
  rowsOfThroughput,
} from './row.ts';
import { measureSustained } from './sustained.ts';
import { measureThroughput } from './throughput.ts';

/** Whatever happens, nothing of it runs longer. */
const endsWithinMs = 15 * 60_000;

const { values } = parseArgs({
  options: {
    /** One part only: throughput, latency, sustained, idle or demo. */
    only: { type: 'string' },
    /** How long each measurement lasts. */
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '200' },
    idle: { type: 'string', default: '10000' },
    screens: { type: 'string', default: '20' },
    /** A folder for processor profiles of the server, of `sustained`. */
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const order = {
  connections: Number(values.connections),
  screens: Number(values.screens),
  measureMs: Number(values.seconds) * 1000,
};
const nodeArguments =
  values.profile === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', values.profile];

interface Part {
  result: unknown;
  rows: readonly Row[];
}

async function part<T>(measured: Promise<T>, rowsOf: (result: T) => readonly Row[]): Promise<Part> {
  const result = await measured;
  return { result, rows: rowsOf(result) };
}

const parts: Record<string, () => Promise<Part>> = {
  throughput: () =>
    part(measureThroughput({ ...order, rounds: Number(values.rounds) }), rowsOfThroughput),
  latency: () => part(measureLatency(order), rowsOfLatency),
  sustained: () => part(measureSustained({ ...order, nodeArguments }), rowsOfSustained),
  idle: () => part(measureIdle(Number(values.idle)), rowsOfIdle),
  demo: () => part(measureDemoStart(), rowsOfDemoStart),
};

async function bench(): Promise<void> {
  const chosen = Object.entries(parts).filter(([name]) => (values.only ?? name) === name);
  if (chosen.length === 0) throw new Error(`There are: ${Object.keys(parts).join(', ')}.`);
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const results: Record<string, unknown> = { machine };
  if (!values.json) print(`${machine.cpus} × ${machine.model}, Node ${machine.node}\n`);
  for (const [name, measure] of chosen) {
    const loadBefore = loadavg()[0] ?? 0;
    const { result, rows } = await measure();
    const loadAfter = loadavg()[0] ?? 0;
    results[name] = { loadBefore, loadAfter, result };
    if (values.json) continue;
    print(`\n${name} (load of the machine ${loadBefore.toFixed(1)} → ${loadAfter.toFixed(1)})\n`);
    for (const { what, value } of rows) print(`  ${what.padEnd(58)} ${value}\n`);
  }
  if (values.json) print(`${JSON.stringify(results, null, 2)}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

setTimeout(() => {
  print(`It has not ended within ${endsWithinMs / 60_000} minutes.\n`);
  process.exit(1);
}, endsWithinMs).unref();
await bench();
