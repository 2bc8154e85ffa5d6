import { devicesOf, type Mapping } from '../../simulators/replay/mapping.ts';
import type { ReplayEvent } from '../../simulators/replay/read-log.ts';
import type { History, HomeHistory, Span } from '../domain/history.ts';
import type { LogEntry } from '../domain/ledger.ts';
import { profiles } from '../protocol/profile.ts';

const homeId = 'log';
const municipalityId = 'log';
const residentId = 'resident';
const eventsPerPage = 4_096;

/** A recorded log as if it had happened in a home of ours, where one person lives who has agreed to it. */
export function createLogHistory(mapping: Mapping, events: readonly ReplayEvent[]): History {
  const from = events[0]?.at ?? 0;
  const home: HomeHistory = {
    id: homeId,
    municipalityId,
    unitId: '',
    label: homeId,
    timeZone: mapping.timeZone,
    flags: [],
    residents: [{ id: residentId, isCohabitant: false }],
    consents: (['help', 'activity', 'camera'] as const).map((purpose) => ({
      purpose,
      residentId,
      from,
      until: null,
    })),
    placed: devicesOf(mapping).map(({ id, profile, placement }) => ({
      id,
      name: `${profiles[profile].title.en} ${id}`,
      profile,
      placement,
      from,
      until: null,
    })),
  };
  return {
    homes: async (_scope, homeIds) => (homeIds === null || homeIds.includes(homeId) ? [home] : []),
    count: async (_homeIds, span) => within(events, span).length,
    events: (_home, span) => pagesOf(within(events, span)),
    alerts: async () => [],
  };
}

function within(events: readonly ReplayEvent[], { from, to }: Span): readonly ReplayEvent[] {
  return events.filter(({ at }) => at >= from && at < to);
}

async function* pagesOf(events: readonly ReplayEvent[]): AsyncGenerator<readonly LogEntry[]> {
  for (let index = 0; index < events.length; index += eventsPerPage) {
    yield events.slice(index, index + eventsPerPage).map(entryOf);
  }
}

function entryOf({ deviceId, id, type, at, data = {} }: ReplayEvent): LogEntry {
  return { municipalityId, homeId, deviceId, id, type, at, receivedAt: at, data };
}
