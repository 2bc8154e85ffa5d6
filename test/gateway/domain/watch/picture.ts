import {
  type Arrangements,
  noArrangements,
  type PersonFile,
  type UnitFile,
} from '../../../../gateway/domain/duty/arrangement.ts';
import type { Picture, Watchdog } from '../../../../gateway/domain/watch/picture.ts';
import type { WatchedHome } from '../../../../gateway/domain/watch/sight.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
/** A Saturday noon in Stockholm. */
export const noon = Date.parse('2026-11-21T11:00:00Z');

export function unit(id: string, some: Partial<UnitFile> = {}): UnitFile {
  return {
    id,
    municipalityId: 'norr',
    name: `Lag ${id}`,
    kind: 'team',
    duty: 'check-in',
    serves: [],
    endpointId: null,
    ...some,
  };
}

/** One municipality with these units. */
export function arranged(units: readonly UnitFile[], some: Partial<Arrangements> = {}) {
  const norr = {
    id: 'norr',
    name: 'Norr',
    timeZone: 'Europe/Stockholm',
    plan: { lines: [], exceptions: [] },
    policies: [],
  };
  return {
    ...noArrangements,
    municipalities: new Map([['norr', norr]]),
    units: new Map(units.map((one) => [one.id, one])),
    people: new Map<string, PersonFile>(),
    ...some,
  };
}

export function homeOf(unitId: string): WatchedHome {
  const timeZone = 'Europe/Stockholm';
  const id = `home-of-${unitId}`;
  return { id, municipalityId: 'norr', unitId, timeZone, label: 'Storgatan 1', isConnected: true };
}

export function picture(some: Partial<Picture> = {}): Picture {
  return {
    at: noon,
    startedAt: noon - hour,
    arrangements: arranged([unit('dag')]),
    homes: [homeOf('dag')],
    rosters: new Map(),
    screens: [],
    outbox: [],
    sweepGapMs: 250,
    disk: { freeBytes: 50e9, totalBytes: 100e9 },
    clockAheadMs: 0,
    unusableRules: [],
    externalBroker: null,
    history: { sinks: [], lagMs: 15 * 60_000 },
    raised: [],
    ...some,
  };
}

/** The needs found; null when it cannot tell. */
export function needsOf(dog: Watchdog, some: Partial<Picture> = {}): string[] | null {
  return dog.look(picture(some))?.map(({ need }) => need) ?? null;
}
