import { parentPort, workerData } from 'node:worker_threads';

import { backtest } from './domain/backtest/backtest.ts';
import { occurrenceOf, packOccurrences } from './domain/backtest/occurrence.ts';
import type { Told } from './domain/backtest/read-homes.ts';
import { tune } from './domain/backtest/tuning.ts';
import type { BacktestDone, BacktestWork } from './domain/backtest/work.ts';
import { AppError } from './domain/errors.ts';
import type { History } from './domain/history.ts';
import type { Occurrence } from './protocol/rule/backtest.ts';
import { rulesOf } from './services/rules-of.ts';
import { openSqliteHistory } from './store/sqlite-history.ts';

/** How many occurrences can be opened afterwards; all are counted. */
const occurrencesKept = 50_000;
const toldEveryMs = 200;

/** What the thread says to whoever started it. */
export type FromBacktestWorker =
  | { type: 'progress'; progress: Parameters<Told>[0] }
  | { type: 'done'; done: BacktestDone }
  | { type: 'refused'; reason: string };

/** What it is started with. */
export interface BacktestWorkerData {
  /** The database. */
  file: string;
  work: BacktestWork;
}

function say(message: FromBacktestWorker, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, [...transfer]);
}

function createTold(): Told {
  let toldAt = performance.now();
  return (progress) => {
    if (performance.now() - toldAt < toldEveryMs) return;
    toldAt = performance.now();
    say({ type: 'progress', progress });
  };
}

async function run(history: History, work: BacktestWork): Promise<void> {
  const { task, ...terms } = work;
  const told = createTold();
  if (task.kind === 'tuning') {
    const tuning = await tune(history, { ...terms, ...task }, told);
    say({ type: 'done', done: { kind: 'tuning', tuning } });
    return;
  }
  const began = performance.now();
  const kept: Occurrence[] = [];
  const result = await backtest(
    history,
    {
      ...terms,
      timeZone: task.timeZone,
      candidate: rulesOf(task.candidate),
      current: task.current === null ? null : rulesOf(task.current),
      operators: task.operators,
    },
    {
      occurred: (occurrence) => {
        if (kept.length < occurrencesKept) kept.push(occurrenceOf(occurrence));
      },
      told,
    },
  );
  const occurrences = packOccurrences(kept);
  const tookMs = Math.round(performance.now() - began);
  const { json, ends, ruleOf, changeOf } = occurrences;
  say(
    { type: 'done', done: { kind: 'backtest', result: { ...result, tookMs }, occurrences } },
    [json, ends, ruleOf, changeOf].map(({ buffer }) => buffer),
  );
}

const { file, work: given } = workerData as BacktestWorkerData;
const past = openSqliteHistory(file);
try {
  await run(past.history, given);
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  say({ type: 'refused', reason: error.message });
} finally {
  past.close();
}
