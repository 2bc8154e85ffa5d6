import { mayBeKnown } from '../domain/consent.ts';
import type { Binding, DeviceFile, HomeFile } from '../domain/directory.ts';
import { judgeTime } from '../domain/event-time.ts';
import type { LogEntry } from '../domain/ledger.ts';
import { catalogue } from '../protocol/catalogue.ts';
import type { IdentifiedReading } from './message.ts';

/** What is to become of a reading: kept, for the home it belongs to, or only counted. */
export type Judged =
  | { kept: true; entry: LogEntry; home: HomeFile | null; skewMs: number | null }
  | { kept: false };

/** Decides when and where something happened, and whether we may know it. */
export function judgeReading(
  reading: IdentifiedReading,
  device: DeviceFile,
  homes: ReadonlyMap<string, HomeFile>,
  receivedAt: number,
): Judged {
  const { id, type, data } = reading;
  const isHistory = reading.isHistory === true;
  const time = isHistory
    ? { at: Math.min(reading.time ?? receivedAt, receivedAt), skewMs: null }
    : judgeTime(reading.time, receivedAt);
  const isCall = catalogue[type].latched && !isHistory;
  const { at, binding } = place(device, time.at, receivedAt, isCall);
  const home = binding === null ? null : (homes.get(binding.homeId) ?? null);
  // Whether a call for help may be heard does not hang on our clock, which may be behind.
  const consentedAt = isCall ? 'now' : at;
  if (!mayBeKnown(type, device.profile, home, consentedAt)) return { kept: false };
  const entry: LogEntry = {
    municipalityId: device.municipalityId,
    homeId: home?.context.id ?? null,
    deviceId: device.id,
    id,
    type,
    at,
    receivedAt,
    skewMs: time.skewMs,
    data: marked(data, isHistory),
  };
  return { kept: true, entry, home, skewMs: time.skewMs };
}

/** The mark is ours: a device that wrote it itself could call for nobody to hear. */
function marked(data: LogEntry['data'], isHistory: boolean): LogEntry['data'] {
  if (isHistory) return { ...data, history: true };
  if (!Object.hasOwn(data, 'history')) return data;
  const { history: _, ...rest } = data;
  return rest;
}

/**
 * The home a device was in at the time. A call for help from before it was placed where it is now comes from a wrong
 * clock: it counts as of now and here, where somebody may be pressing.
 */
function place(
  { bindings }: DeviceFile,
  at: number,
  receivedAt: number,
  isCall: boolean,
): { at: number; binding: Binding | null } {
  const current = bindings.find(({ until }) => until === null) ?? null;
  if (isCall && current !== null && at < current.from) return { at: receivedAt, binding: current };
  return { at, binding: bindingAt(bindings, at) };
}

function bindingAt(bindings: readonly Binding[], at: number): Binding | null {
  return bindings.find(({ from, until }) => from <= at && (until === null || at < until)) ?? null;
}
