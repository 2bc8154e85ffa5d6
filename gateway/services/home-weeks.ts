import type { HistorySight } from '../domain/history-sight.ts';
import type { HomeHistory } from '../domain/history.ts';
import { comparedFrom, compareHabits } from '../domain/rhythm/compare-habits.ts';
import { consentedSince, shownSince } from '../domain/rhythm/consented-since.ts';
import { addDays, dayHoursOf, dayOfInstant, daysBetween } from '../domain/rhythm/day-hours.ts';
import type { Scope } from '../domain/scope.ts';
import type { HomeDays, KeptDay } from '../domain/series/home-days.ts';
import { quarterMs } from '../domain/series/lane.ts';
import type { TelemetryQuery } from '../domain/series/query.ts';
import type { HomeDay, HomeDayDetail, HomeWeeks, WeekQuery } from '../protocol/history/home-day.ts';

export interface HomeWeeksOptions {
  sight: Pick<HistorySight, 'marks'>;
  homeDays: Pick<HomeDays, 'read'>;
  query: TelemetryQuery;
  clock: () => number;
}

/** A home's days as they are shown: what was worked out, and the alerts that the reader may see. */
export function createHomeWeeks({ sight, homeDays, query, clock }: HomeWeeksOptions) {
  /** Days from before the consent are not read, whatever is kept. */
  async function read(home: HomeHistory, first: string, last: string) {
    const since = shownSince(home);
    if (since === null) return [];
    const sinceDay = dayOfInstant(since, home.timeZone);
    return homeDays.read(home.id, first > sinceDay ? first : sinceDay, last);
  }

  async function show(
    scope: Scope,
    home: HomeHistory,
    kept: readonly KeptDay[],
    days: readonly string[],
  ): Promise<HomeDay[]> {
    const known = new Map(kept.map((day) => [day.day, day]));
    const since = consentedSince(home, 'statistics') ?? Infinity;
    const shown = days.map((day) => known.get(day) ?? emptyDay(day, home.timeZone));
    const first = shown[0];
    const last = shown.at(-1);
    if (first === undefined || last === undefined) return [];
    const span = { from: Math.max(first.from, since), to: last.to };
    const marks = await sight.marks(scope, home.id, span, clock());
    return shown.map((day) => ({
      ...day,
      alerts: marks.filter(({ at }) => at >= day.from && at < day.to),
    }));
  }

  return {
    weeks: async (scope: Scope, home: HomeHistory, asked: WeekQuery): Promise<HomeWeeks> => {
      const { id, label, timeZone } = home;
      const since = consentedSince(home, 'statistics');
      const to = asked.to ?? dayOfInstant(clock(), timeZone);
      const about = { home: { id, label, timeZone }, consentedSince: since };
      if (since === null) {
        const week = { days: [] };
        return { ...about, isConsented: false, week, compared: null, habits: [] };
      }
      const kept = await read(home, comparedFrom(to), to);
      const { compare } = asked;
      const others = compare === undefined ? [] : await read(home, addDays(compare, -6), compare);
      const weekOf = (last: string) => daysBetween(addDays(last, -6), last);
      return {
        ...about,
        isConsented: true,
        week: { days: await show(scope, home, kept, weekOf(to)) },
        compared:
          compare === undefined ? null : { days: await show(scope, home, others, weekOf(compare)) },
        habits: compareHabits(kept, { to, timeZone }),
      };
    },
    day: async (scope: Scope, home: HomeHistory, day: string): Promise<HomeDayDetail> => {
      const { id, label, timeZone, municipalityId } = home;
      const since = consentedSince(home, 'statistics');
      const about = { home: { id, label, timeZone }, bucketMs: quarterMs };
      if (since === null) {
        const nothing = { ...emptyDay(day, timeZone), alerts: [], rows: [] };
        return { ...about, ...nothing, isConsented: false };
      }
      const [shown] = await show(scope, home, await read(home, day, day), [day]);
      const { from, to } = dayHoursOf(day, timeZone);
      const series = await query.series({
        municipalityId,
        measurement: 'activity',
        field: 'count',
        where: { home: id },
        by: ['room', 'lane'],
        step: 'quarter',
        from,
        to,
        timeZone,
      });
      const shownFrom = shownSince(home) ?? Infinity;
      const rows = series.map(({ tags, points }) => {
        const counts = Array.from({ length: Math.ceil((to - from) / quarterMs) }, () => 0);
        for (const { at, sum } of points) {
          if (at < shownFrom) continue;
          const index = Math.floor((at - from) / quarterMs);
          if (counts[index] !== undefined) counts[index] += sum;
        }
        return { room: tags.room ?? '', lane: tags.lane ?? '', counts };
      });
      const all = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
      return {
        ...about,
        ...(shown ?? { ...emptyDay(day, timeZone), alerts: [] }),
        isConsented: true,
        rows: rows
          .filter(({ counts }) => all(counts) > 0)
          .sort((a, b) => all(b.counts) - all(a.counts) || (a.room < b.room ? -1 : 1)),
      };
    },
  };
}

/** A day of which nothing is known. */
function emptyDay(day: string, timeZone: string): KeptDay {
  const { from, to } = dayHoursOf(day, timeZone);
  return {
    day,
    from,
    to,
    isComplete: false,
    bands: [],
    roseAt: null,
    wentToBedAt: null,
    nightsUp: null,
    upMinutes: null,
    restMinutes: null,
    awayMinutes: null,
    rooms: null,
    bathroom: null,
    activity: 0,
  };
}
