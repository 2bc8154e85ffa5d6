import { setTimeout as pass } from 'node:timers/promises';

import type { FleetHome } from '../../simulators/fleet.ts';
import { type HistoryOptions, tellHistory } from '../../simulators/history.ts';
import type { LogEntry } from '../domain/ledger.ts';
import type { Store } from '../domain/store.ts';

export interface StoreHistoryOptions extends HistoryOptions {
  municipalityId: string;
  entriesPerCommit?: number;
  /** How long to leave the store to others after each commit. */
  restMs?: number;
  /** Ends it early; what is stored stays. */
  signal?: AbortSignal;
}

/** Puts what simulated homes would have told into the log, as if it had come in its time; nothing is raised for it. */
export async function storeHistory(
  { transaction }: Pick<Store, 'transaction'>,
  homes: readonly FleetHome[],
  options: StoreHistoryOptions,
): Promise<number> {
  const { municipalityId, entriesPerCommit = 10_000, restMs = 0, signal } = options;
  let entries: LogEntry[] = [];
  let stored = 0;
  for (const { homeId, deviceId, event } of tellHistory(homes, options)) {
    const { id, type, at, data = {} } = event;
    entries.push({ municipalityId, homeId, deviceId, id, type, at, receivedAt: at, data });
    if (entries.length < entriesPerCommit) continue;
    stored += await append(entries);
    entries = [];
    if (restMs > 0) await pass(restMs);
    if (signal?.aborted === true) return stored;
  }
  return stored + (await append(entries));

  async function append(some: readonly LogEntry[]): Promise<number> {
    const seqs = await transaction((ledger) => ledger.append(some));
    return seqs.filter((seq) => seq !== null).length;
  }
}
