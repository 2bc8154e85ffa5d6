import type { DeviceEvent } from './device.ts';
import type { FleetHome } from './fleet.ts';
import { occurrences } from './play.ts';
import { readScenario, type Scenario } from './scenario.ts';

export interface HistoryOptions {
  /** Epoch milliseconds; the end is exclusive. */
  from: number;
  to: number;
  /** The same seed, homes and span always give the same history. */
  seed: string;
  /** Weeks of ordinary life, without it. */
  scenario?: Scenario;
}

/** What a device told, and when. */
export interface PastEvent {
  homeId: string;
  deviceId: string;
  event: DeviceEvent;
}

/** All that the devices of some homes have told in a span of time, in order of time and nothing of it lost or late. */
export function* tellHistory(
  homes: readonly FleetHome[],
  options: HistoryOptions,
): Generator<PastEvent> {
  const { from, to, seed, scenario = readScenario('weeks') } = options;
  const endless: Scenario = { ...scenario, duration: undefined };
  // What hubs would have told is theirs to say; see `gateway/dialects/`.
  const withoutHubs = homes.map((home) => ({ ...home, hubs: [] }));
  for (const occurrence of occurrences(withoutHubs, { scenario: endless, seed, startAt: from })) {
    if (occurrence.at >= to) return;
    if (occurrence.kind !== 'event') continue;
    const { homeId, deviceId, event } = occurrence;
    yield { homeId, deviceId, event };
  }
}
