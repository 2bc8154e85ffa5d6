import { Worker } from 'node:worker_threads';

import type { BacktestWorkerData, FromBacktestWorker } from './backtest-worker.ts';
import type { BacktestDone, StartWork } from './domain/backtest/work.ts';
import { AppError } from './domain/errors.ts';

/**
 * Does each piece of work in a thread of its own, with a connection of its own to the database.
 * One that needs more memory than that is ended, and the gateway goes on. `broke` is told why a thread broke off.
 */
export function createBacktestThread(
  file: string,
  broke: (error: unknown) => void,
  { mostMemoryMb = 512 } = {},
): StartWork {
  return (work, told) => {
    const { promise, resolve, reject } = Promise.withResolvers<BacktestDone>();
    const workerData: BacktestWorkerData = { file, work };
    const worker = new Worker(new URL('./backtest-worker.ts', import.meta.url), {
      workerData,
      name: 'backtest',
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    });
    worker.on('message', (message: FromBacktestWorker) => {
      if (message.type === 'progress') told(message.progress);
      else if (message.type === 'done') resolve(message.done);
      else reject(new AppError('invalid', message.reason));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      broke(error);
      reject(new AppError('invalid', explain(error), { cause: error }));
    });
    worker.on('exit', () => reject(new AppError('invalid', 'It was ended before it was done.')));
    promise.catch(() => {});
    return { done: promise, cancel: () => void worker.terminate() };
  };
}

function explain({ code }: NodeJS.ErrnoException): string {
  return code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? 'It needed too much memory. Choose fewer homes, or a shorter time.'
    : 'Something went wrong here. Whoever runs the gateway finds why in its log.';
}
