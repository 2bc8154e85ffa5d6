import type { FleetHome } from '../../simulators/fleet.ts';
import { type HistoryOptions, tellHistory } from '../../simulators/history.ts';
import type { LogEntry } from '../domain/ledger.ts';
import type { Store } from '../domain/store.ts';

const entriesPerCommit = 10_000;

/** Puts what simulated homes would have told into the log, as if it had come in its time; nothing is raised for it. */
export async function storeHistory(
  { transaction }: Pick<Store, 'transaction'>,
  homes: readonly FleetHome[],
  options: HistoryOptions & { municipalityId: string },
): Promise<number> {
  const { municipalityId } = options;
  let entries: LogEntry[] = [];
  let stored = 0;
  for (const { homeId, deviceId, event } of tellHistory(homes, options)) {
    const { id, type, at, data = {} } = event;
    entries.push({ municipalityId, homeId, deviceId, id, type, at, receivedAt: at, data });
    if (entries.length === entriesPerCommit) {
      stored += await append(entries);
      entries = [];
    }
  }
  return stored + (await append(entries));

  async function append(some: readonly LogEntry[]): Promise<number> {
    const seqs = await transaction((ledger) => ledger.append(some));
    return seqs.filter((seq) => seq !== null).length;
  }
}
