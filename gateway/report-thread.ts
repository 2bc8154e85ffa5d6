import { Worker } from 'node:worker_threads';

import { AppError } from './domain/errors.ts';
import type { StartReport } from './domain/report/report-work.ts';
import type { FollowUpReport } from './protocol/report/follow-up.ts';
import type { FromReportWorker, ReportWorkerData } from './report-worker.ts';

/**
 * Works each report out in a thread of its own, with a connection of its own to the database.
 * One that needs more memory than that is ended, and the gateway goes on. `broke` is told why a thread broke off.
 */
export function createReportThread(
  file: string,
  broke: (error: unknown) => void,
  { mostMemoryMb = 512 } = {},
): StartReport {
  return (question) => {
    const { promise, resolve, reject } = Promise.withResolvers<FollowUpReport>();
    const workerData: ReportWorkerData = { file, question };
    const worker = new Worker(new URL('./report-worker.ts', import.meta.url), {
      workerData,
      name: 'report',
      resourceLimits: { maxOldGenerationSizeMb: mostMemoryMb },
    });
    worker.on('message', (message: FromReportWorker) => {
      if (message.type === 'done') resolve(message.report);
      else reject(new AppError(message.code, message.reason));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      broke(error);
      reject(explain(error));
    });
    worker.on('exit', () => reject(new AppError('invalid', 'It was ended before it was done.')));
    promise.catch(() => {});
    return { done: promise, cancel: () => void worker.terminate() };
  };
}

/** Only what the reader can do something about is said to them; the rest is our own fault. */
function explain(error: NodeJS.ErrnoException): Error {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? new AppError('invalid', 'It needed too much memory. Choose a shorter time.', { cause: error })
    : new Error('A report broke off.', { cause: error });
}
