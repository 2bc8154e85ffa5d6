import { parentPort, workerData } from 'node:worker_threads';

import { openSqliteStore } from '../../../gateway/store/sqlite-store.ts';

const { file, gate, count } = workerData as { file: string; gate: Int32Array; count: number };

// Nobody opens before all are here: what takes long is to be loaded.
Atomics.add(gate, 0, 1);
Atomics.notify(gate, 0);
for (let here = Atomics.load(gate, 0); here < count; here = Atomics.load(gate, 0)) {
  Atomics.wait(gate, 0, here, 1_000);
}
try {
  const store = await openSqliteStore(file);
  await store.close();
  parentPort?.postMessage('opened');
} catch (error) {
  parentPort?.postMessage(String(error instanceof Error ? (error.cause ?? error) : error));
}
