import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Moves the write-ahead log into the database file, beside the thread that everybody waits for. */
const everyMs = 500;

const database = new DatabaseSync(String(workerData), { timeout: 0 });
database.exec('pragma synchronous = full');
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');

const timer = setInterval(() => checkpoint.get(), everyMs);

parentPort?.once('message', () => {
  clearInterval(timer);
  database.close();
});
