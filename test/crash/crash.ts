import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { createDice } from '../../simulators/dice.ts';
import { buildTown } from '../bench/town.ts';
import { assault } from './assault.ts';
import { crashHomes } from './crash-home.ts';
import { inspect } from './inspect.ts';
import { planKills } from './kill-plan.ts';
import { startTraffic } from './traffic.ts';

/** Whatever happens, nothing of it runs longer. */
const endsWithinMs = 300_000;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    devices: { type: 'string', default: '50' },
    /** How long the server is up in all while it is being killed. */
    seconds: { type: 'string', default: '45' },
    seed: { type: 'string', default: String(Date.now()) },
    /** Another checkout whose server to test. */
    server: { type: 'string' },
  },
});

async function crash(): Promise<boolean> {
  const { seed } = values;
  const kills = Number(values.kills);
  const seconds = Number(values.seconds);
  const dataDir = await mkdtemp(join(tmpdir(), 'vaka-crash-'));
  print(`seed ${seed}, ${kills} kills, ${values.devices} devices, ${seconds} s up\n`);
  try {
    const homes = crashHomes(Number(values.devices));
    const { devices } = await buildTown({ dataDir, homes, screens: 0 });
    const outcome = await assault({
      dataDir,
      dice: createDice(seed, 'moments'),
      plan: planKills(kills, seconds * 1000, seed),
      traffic: (mqttUrl) =>
        startTraffic({ mqttUrl, devices, seed, upForMs: seconds * 1000, kills }),
      ...(values.server === undefined ? {} : { folder: values.server }),
    });
    const { counts, differences } = await inspect(dataDir, outcome.acknowledged);
    printTable({ ...outcome.counts, ...counts, differences: differences.length });
    const problems = [...outcome.problems, ...differences];
    for (const problem of problems.slice(0, 40)) print(`DIFFERS  ${problem}\n`);
    return problems.length === 0;
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function printTable(rows: Record<string, number | string>): void {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  for (const [name, value] of Object.entries(rows)) print(`${name.padEnd(width)}  ${value}\n`);
}

function print(text: string): void {
  process.stdout.write(text);
}

setTimeout(() => {
  print(`It has not ended within ${endsWithinMs / 1000} s.\n`);
  process.exit(1);
}, endsWithinMs).unref();
const isWhole = await crash();
print(isWhole ? 'Nothing was lost, and nothing counted twice.\n' : 'The promise is broken.\n');
process.exit(isWhole ? 0 : 1);
