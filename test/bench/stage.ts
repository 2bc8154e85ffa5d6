import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ProfileId } from '../../gateway/protocol/profile.ts';
import { epochOffset } from './clock.ts';
import type { LoadOrder, LoadReport } from './load-process.ts';
import { cpuMs } from './process-cost.ts';
import type { ScreensOrder, ScreensReport } from './screens-process.ts';
import { type ServerProcess, startServer } from './server-process.ts';
import { startTask } from './task.ts';
import { buildTown, type Town } from './town.ts';

/** A real server with a town of devices, and screens that watch it. */
export interface Stage {
  server: ServerProcess;
  town: Town;
  clockOffset: number;
}

export interface StageOptions {
  connections: number;
  connectionsPerHome?: number;
  screens: number;
  /** Given to Node, for a profile of the server. */
  nodeArguments?: readonly string[];
}

/** How long the screens may take to be told of the last event. */
const lastFrameMs = 500;

const profiles: readonly ProfileId[] = [
  'call-button',
  'motion-sensor',
  'door-contact',
  'thermometer',
  'bed-sensor',
];

/** Runs the work against a server of its own; nothing of it is left afterwards. */
export async function onStage<T>(
  options: StageOptions,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vaka-bench-'));
  try {
    const town = await buildTown({ dataDir, homes: homesOf(options), screens: options.screens });
    const { nodeArguments = [] } = options;
    const server = await startServer({ dataDir, nodeArguments });
    try {
      return await work({ server, town, clockOffset: epochOffset() });
    } finally {
      await server.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function homesOf({ connections, connectionsPerHome = 5 }: StageOptions): ProfileId[][] {
  return Array.from({ length: Math.ceil(connections / connectionsPerHome) }, (_, home) =>
    Array.from(
      { length: Math.min(connectionsPerHome, connections - home * connectionsPerHome) },
      (__, place) => profiles[place % profiles.length] ?? 'event-only',
    ),
  );
}

export type LoadTerms = Pick<LoadOrder, 'rate' | 'window' | 'callShare' | 'warmUpMs' | 'measureMs'>;

/** Runs the screens and the load to their end; screens are given time to be told of the last event. */
export async function runLoad(
  { server, town, clockOffset }: Stage,
  terms: LoadTerms,
): Promise<{ load: LoadReport; screens: ScreensReport; serverMicroseconds: number }> {
  const watch: ScreensOrder = { httpUrl: server.httpUrl, cookies: town.cookies, clockOffset };
  const screens = await startTask<null, ScreensReport>('./screens-process.ts', watch);
  const target = { mqttUrl: server.mqttUrl, pid: server.pid, devices: town.devices, clockOffset };
  const report = await loadOnly(target, terms);
  await sleep(lastFrameMs);
  return { ...report, screens: await screens.finish() };
}

export interface Target {
  mqttUrl: string;
  /** Of the server, whose processor time is measured. */
  pid: number;
  devices: Town['devices'];
  clockOffset: number;
}

/** Runs the load alone, against whatever listens there; tells what an event costs the server in processor time. */
export async function loadOnly(
  { mqttUrl, pid, devices, clockOffset }: Target,
  terms: LoadTerms,
): Promise<{ load: LoadReport; serverMicroseconds: number }> {
  const seed = crypto.randomUUID().slice(0, 18);
  const order: LoadOrder = { mqttUrl, devices, clockOffset, seed, ...terms };
  const task = await startTask<null, LoadReport>('./load-process.ts', order);
  await sleep(terms.warmUpMs);
  const before = await cpuMs(pid);
  await sleep(terms.measureMs);
  const used = (await cpuMs(pid)) - before;
  const load = await task.result;
  await task.finish();
  return { load, serverMicroseconds: (used * 1000) / load.acknowledged };
}
