import type {
  HabitFileQuery,
  HistoryFileQuery,
  TrendFileQuery,
  WeekFileQuery,
} from '../protocol/history/history-file.ts';
import type { HomeDayDetail, HomeWeeks, WeekQuery } from '../protocol/history/home-day.ts';
import type { TrendList, TrendQuery } from '../protocol/series/series.ts';
import type { Scope } from './scope.ts';

/**
 * How homes' days have been, and how their climate and their devices have fared. Each disclosure is in the access log
 * before it is answered. Null: there is none in sight. Throws `forbidden` for those who may not know how somebody lives.
 */
export interface HistoryDesk {
  weeks: (scope: Scope, homeId: string, query: WeekQuery) => Promise<HomeWeeks | null>;
  day: (scope: Scope, homeId: string, day: string) => Promise<HomeDayDetail | null>;
  climate: (scope: Scope, homeId: string, query: TrendQuery) => Promise<TrendList | null>;
  /** Of a device; what tells how somebody lives only to those who may know. */
  trends: (scope: Scope, deviceId: string, query: TrendQuery) => Promise<TrendList | null>;
  /** The same as files for a spreadsheet. */
  weeksCsv: (scope: Scope, homeId: string, query: WeekFileQuery) => Promise<string | null>;
  /** Which habits differ, of the answer about weeks. */
  habitsCsv: (scope: Scope, homeId: string, query: HabitFileQuery) => Promise<string | null>;
  dayCsv: (
    scope: Scope,
    homeId: string,
    query: HistoryFileQuery & { day: string },
  ) => Promise<string | null>;
  climateCsv: (scope: Scope, homeId: string, query: TrendFileQuery) => Promise<string | null>;
  trendsCsv: (scope: Scope, deviceId: string, query: TrendFileQuery) => Promise<string | null>;
}
