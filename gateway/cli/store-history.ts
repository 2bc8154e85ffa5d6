import { setImmediate as breath, setTimeout as pass } from 'node:timers/promises';

import type { FleetHome } from '../../simulators/fleet.ts';
import { type HistoryOptions, type PastEvent, tellHistory } from '../../simulators/history.ts';
import type { AlertChangeSet, BatteryReading, LogEntry } from '../domain/ledger.ts';
import type { Store } from '../domain/store.ts';
import { measured } from '../services/read-device.ts';

export interface StoreHistoryOptions extends HistoryOptions {
  municipalityId: string;
  entriesPerCommit?: number;
  /** How long to leave the store to others after each commit. */
  restMs?: number;
  /** Whether it reached anybody; all of it does, without it. */
  isHeard?: (told: PastEvent) => boolean;
  /** What became of alerts by then, to be kept with these entries; without it nothing is raised for them. */
  accompany?: (entries: readonly LogEntry[], isLast: boolean) => readonly AlertChangeSet[];
  /** Ends it early; what is stored stays. */
  signal?: AbortSignal;
}

/** Puts what simulated homes would have told into the log, as if it had come in its time. Nobody is told of anything. */
export async function storeHistory(
  { transaction }: Pick<Store, 'transaction'>,
  homes: readonly FleetHome[],
  options: StoreHistoryOptions,
): Promise<number> {
  const { municipalityId, entriesPerCommit = 10_000, restMs = 0, accompany, signal } = options;
  let entries: LogEntry[] = [];
  let stored = 0;
  for (const told of tellHistory(homes, options)) {
    if (options.isHeard?.(told) === false) continue;
    entries.push(entryOf(told, municipalityId));
    if (entries.length < entriesPerCommit) continue;
    stored += await append(entries, false);
    entries = [];
    if (restMs > 0) await pass(restMs);
    if (signal?.aborted === true) return stored;
  }
  return stored + (await append(entries, true));

  async function append(some: readonly LogEntry[], isLast: boolean): Promise<number> {
    const alerts = accompany?.(some, isLast) ?? [];
    const seqs = await transaction(async (ledger) => {
      const appended = await ledger.append(some);
      await ledger.saveAlerts(alerts);
      return appended;
    });
    return seqs.filter((seq) => seq !== null).length;
  }
}

type BatteryOptions = Pick<
  StoreHistoryOptions,
  'municipalityId' | 'isHeard' | keyof HistoryOptions
>;

const breathEvery = 500;

/**
 * Keeps how full the batteries were in the same history, as `storeHistory` tells it. To be called before: it takes a
 * moment only, and a forecast that somebody has looked at meanwhile stands for the day.
 */
export async function storeBatteryDays(
  { transaction }: Pick<Store, 'transaction'>,
  homes: readonly FleetHome[],
  options: BatteryOptions,
): Promise<void> {
  const readings: BatteryReading[] = [];
  let count = 0;
  for (const told of tellHistory(homes, options)) {
    count += 1;
    if (count % breathEvery === 0) await breath();
    if (options.isHeard?.(told) === false) continue;
    const { batteryPercent, batteryAt } = measured(entryOf(told, options.municipalityId));
    if (batteryPercent === undefined || batteryAt === undefined) continue;
    readings.push({ deviceId: told.deviceId, batteryPercent, batteryAt });
  }
  await transaction((ledger) => ledger.noteBatteryDays(readings));
}

function entryOf({ homeId, deviceId, event }: PastEvent, municipalityId: string): LogEntry {
  const { id, type, at, data = {} } = event;
  return { municipalityId, homeId, deviceId, id, type, at, receivedAt: at, data };
}
