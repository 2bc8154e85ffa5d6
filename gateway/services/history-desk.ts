import type { AccessLog } from '../domain/access-log.ts';
import { AppError } from '../domain/errors.ts';
import type { FleetStore } from '../domain/fleet.ts';
import type { HistoryDesk } from '../domain/history-desk.ts';
import type { HistorySight } from '../domain/history-sight.ts';
import type { History, HomeHistory } from '../domain/history.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { HomeDays } from '../domain/series/home-days.ts';
import type { TelemetryQuery } from '../domain/series/query.ts';
import type { TrendList, TrendQuery } from '../protocol/series/series.ts';
import { csvOfHabits } from './habit-csv.ts';
import { csvOfDay, csvOfTrends, csvOfWeeks } from './history-csv.ts';
import { createHomeWeeks } from './home-weeks.ts';
import { createTrends } from './trend.ts';

export interface HistoryDeskOptions {
  history: Pick<History, 'homes'>;
  sight: HistorySight;
  fleet: Pick<FleetStore, 'device'>;
  homeDays: Pick<HomeDays, 'read'>;
  query: TelemetryQuery;
  accessLog: AccessLog;
  clock: () => number;
}

/** How homes' days have been, and how their devices have fared; each disclosure is written down first. */
export function createHistoryDesk(options: HistoryDeskOptions): HistoryDesk {
  const { history, sight, fleet, accessLog, clock } = options;
  const homeWeeks = createHomeWeeks(options);
  const trendsOf = createTrends(options);

  /** Answers about a home in sight, once it is written down who asked. */
  async function about<Answer>(
    scope: Scope,
    homeId: string,
    answer: (home: HomeHistory) => Promise<Answer>,
  ): Promise<Answer | null> {
    if (!permissions[scope.role].residents) {
      throw new AppError('forbidden', 'How somebody lives is shown to those who give care only.');
    }
    const [home] = await history.homes(scope, [homeId]);
    if (home === undefined) return null;
    const answered = await answer(home);
    await disclose(scope, homeId);
    return answered;
  }

  const disclose = (scope: Scope, subjectId: string) =>
    accessLog.write(scope, { action: 'history', subjectId, at: clock() });

  async function trends(
    scope: Scope,
    deviceId: string,
    query: TrendQuery,
  ): Promise<TrendList | null> {
    const found = await fleet.device(scope, deviceId, clock());
    if (found === null) return null;
    const { facts, more } = found;
    const { municipalityId } = scope;
    const [home] = facts.homeId === null ? [] : await history.homes(scope, [facts.homeId]);
    const timeZone = home?.timeZone ?? (await sight.timeZone(municipalityId));
    const known = permissions[scope.role].residents ? (home ?? null) : null;
    const asked = { facts, battery: more.battery, municipalityId, timeZone, home: known };
    const answered = await trendsOf.device(asked, query);
    await disclose(scope, deviceId);
    return answered;
  }

  const weeks: HistoryDesk['weeks'] = (scope, homeId, query) =>
    about(scope, homeId, (home) => homeWeeks.weeks(scope, home, query));
  const day: HistoryDesk['day'] = (scope, homeId, asked) =>
    about(scope, homeId, (home) => homeWeeks.day(scope, home, asked));
  const climate: HistoryDesk['climate'] = (scope, homeId, query) =>
    about(scope, homeId, (home) => trendsOf.climate(home, query));

  return {
    weeks,
    day,
    climate,
    trends,
    weeksCsv: async (scope, homeId, { language, ...query }) => {
      const found = await weeks(scope, homeId, query);
      return found === null ? null : csvOfWeeks(found, { language, now: clock() });
    },
    habitsCsv: async (scope, homeId, { language, to }) => {
      const found = await weeks(scope, homeId, { to });
      return found === null ? null : csvOfHabits(found, language);
    },
    dayCsv: async (scope, homeId, { day: asked, language }) => {
      const found = await day(scope, homeId, asked);
      return found === null ? null : csvOfDay(found, language);
    },
    climateCsv: async (scope, homeId, { language, ...query }) => {
      const found = await climate(scope, homeId, query);
      return found === null ? null : csvOfTrends(found, language);
    },
    trendsCsv: async (scope, deviceId, { language, ...query }) => {
      const found = await trends(scope, deviceId, query);
      return found === null ? null : csvOfTrends(found, language);
    },
  };
}
