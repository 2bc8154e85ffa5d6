import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Dice } from '../../simulators/dice.ts';
import { freePort, type ServerProcess, startServer } from '../bench/server-process.ts';
import { readMetrics } from './metric.ts';
import type { Traffic } from './traffic.ts';

export interface AssaultOptions {
  dataDir: string;
  /** How long each life of the server lasts before it is killed. */
  plan: readonly number[];
  traffic: (mqttUrl: string) => Traffic;
  dice: Dice;
  folder?: string;
}

export interface Outcome {
  acknowledged: ReadonlySet<string>;
  counts: Record<string, number>;
  problems: readonly string[];
}

const graceMs = 11_000;
const backlogMs = 6_000;
const quietAfterMs = 1_000;
const settlesWithinMs = 90_000;
/** Between reading what the server has counted and killing it: long enough for several commits. */
const jitterMs = 50;

/** Kills the server again and again under load, and leaves it stopped when all is acknowledged and nothing is due. */
export async function assault(options: AssaultOptions): Promise<Outcome> {
  const { dataDir, plan, dice, folder } = options;
  const ports = { httpPort: await freePort(), mqttPort: await freePort() };
  const open = () =>
    startServer({ dataDir, ...ports, ...(folder === undefined ? {} : { folder }) });
  const counts = { kills: 0, 'kills under load': 0, mended: 0, 'sent again, known already': 0 };
  const problems: string[] = [];
  let server = await open();
  const traffic = options.traffic(server.mqttUrl);

  async function note(): Promise<void> {
    const metrics = await readMetrics(server.httpUrl);
    counts.mended += metrics('vaka_auditor_mended_total');
    counts['sent again, known already'] += metrics('vaka_events_total{result="repeated"}');
    if (server.output().includes('"level":50'))
      problems.push(`The server says: ${lastError(server)}`);
  }

  try {
    for (const lifeMs of plan) {
      await sleep(lifeMs);
      const before = traffic.acknowledged.size;
      await note();
      await sleep(dice() * jitterMs);
      await server.kill();
      counts.kills += 1;
      if (traffic.acknowledged.size > before) counts['kills under load'] += 1;
      server = await open();
    }
    const startedAt = Date.now();
    const { sent, repeated } = await settle(traffic, server);
    await sleep(Math.max(backlogMs, startedAt + graceMs - Date.now()));
    await untilNothingIsDue(join(dataDir, 'vaka.db'));
    await note();
    await traffic.stop();
    if (!(await server.stop())) problems.push('The server did not stop when it was asked to.');
    if (counts.mended > 0) problems.push(`The auditor mended ${counts.mended} deadlines.`);
    const { acknowledged } = traffic;
    return {
      acknowledged,
      counts: { ...counts, sent, 'sent again': repeated, acknowledged: acknowledged.size },
      problems,
    };
  } finally {
    await traffic.stop();
    await server.kill();
  }
}

function lastError(server: ServerProcess): string {
  return (
    server
      .output()
      .split('\n')
      .findLast((line) => line.includes('"level":50')) ?? ''
  );
}

async function settle(
  traffic: Traffic,
  server: ServerProcess,
): Promise<{ sent: number; repeated: number }> {
  const ending = new AbortController();
  const late = sleep(settlesWithinMs, null, { signal: ending.signal }).then(() => {
    const seconds = settlesWithinMs / 1000;
    throw new Error(
      `Unacknowledged ${seconds} s after the last kill: ${traffic.waiting()}. ${lastError(server)}`,
    );
  });
  late.catch(() => {});
  try {
    return await Promise.race([traffic.settle(), late]);
  } finally {
    ending.abort();
  }
}

async function untilNothingIsDue(file: string): Promise<void> {
  const db = new DatabaseSync(file, { readOnly: true });
  const due = db.prepare(
    `select (select count(*) from home_state where due_at <= :now)
       + (select count(*) from alert where state <> 'resolved' and due_at <= :now) as count`,
  );
  try {
    const until = Date.now() + settlesWithinMs;
    let quietSince = Date.now();
    while (Date.now() - quietSince < quietAfterMs) {
      if (Date.now() > until) throw new Error('Something is always due.');
      await sleep(50);
      // What fell due a moment ago may still have its turn of the sweep before it.
      if (due.get({ now: Date.now() - quietAfterMs })?.['count'] !== 0) quietSince = Date.now();
    }
  } finally {
    db.close();
  }
}
