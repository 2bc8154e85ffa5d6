import { setTimeout as sleep } from 'node:timers/promises';

import type { IdleOrder, IdleReady } from './idle-process.ts';
import { residentBytes } from './process-cost.ts';
import { onStage } from './stage.ts';
import { startTask } from './task.ts';

export interface Idle {
  connections: number;
  acceptedInMs: number;
  /** Resident memory of the server that came with them, shared out. */
  bytesEach: number;
  /** Before the first of them came. */
  bytesBefore: number;
}

const restMs = 3_000;

/** What devices that are only connected cost, and how long it takes to let them all in. */
export async function measureIdle(connections: number): Promise<Idle> {
  return onStage({ connections, screens: 0 }, async ({ server, town }) => {
    await sleep(restMs);
    const bytesBefore = await residentBytes(server.pid);
    const order: IdleOrder = { mqttUrl: server.mqttUrl, devices: town.devices };
    const task = await startTask<IdleReady, null>('./idle-process.ts', order);
    await sleep(restMs);
    const bytesEach = ((await residentBytes(server.pid)) - bytesBefore) / connections;
    await task.finish();
    return { connections, acceptedInMs: task.ready.acceptedInMs, bytesEach, bytesBefore };
  });
}
