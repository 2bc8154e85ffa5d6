import { parentPort, workerData } from 'node:worker_threads';

import { AppError, type ErrorCode } from './domain/errors.ts';
import { makeReport, type ReportQuestion } from './domain/report/report-work.ts';
import type { FollowUpReport } from './protocol/report/follow-up.ts';
import { openSqliteReportSource } from './store/sqlite-report-source.ts';

/** What the thread says to whoever started it. */
export type FromReportWorker =
  | { type: 'done'; report: FollowUpReport }
  | { type: 'refused'; code: ErrorCode; reason: string };

/** What it is started with. */
export interface ReportWorkerData {
  /** The database. */
  file: string;
  question: ReportQuestion;
}

function say(message: FromReportWorker): void {
  parentPort?.postMessage(message);
}

const { file, question } = workerData as ReportWorkerData;
const past = openSqliteReportSource(file);
try {
  say({ type: 'done', report: await makeReport(past.source, question) });
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  say({ type: 'refused', code: error.code, reason: error.message });
} finally {
  past.close();
}
