import type { LogEntry } from '../domain/ledger.ts';
import { consentedSince } from '../domain/rhythm/consented-since.ts';
import { addDays, dayHoursOf, dayOfInstant } from '../domain/rhythm/day-hours.ts';
import { homeDayOf } from '../domain/rhythm/home-day.ts';
import type { HomeBases, PausedHome, RhythmSource } from '../domain/rhythm/rhythm-source.ts';
import { createDaysTouched } from '../domain/rhythm/touched-day.ts';
import type { HomeDays, KeptDay } from '../domain/series/home-days.ts';
import { takeBreaths } from './breath.ts';
import { createRhythmUpkeep } from './rhythm-upkeep.ts';

export interface RhythmOptions {
  source: RhythmSource;
  homeDays: HomeDays;
  bases: HomeBases;
  /** Lines of the log looked through in one go. */
  linesAtOnce?: number;
  /** Days worked out in one go; each takes some milliseconds. */
  daysAtOnce?: number;
}

/** Works out what homes' days have been like, as the log grows. */
export interface Rhythm {
  /** Does one piece of what is to be done; `isMore`: there is more to do at once. */
  run: (at: number) => Promise<{ isMore: boolean }>;
}

const dayMs = 86_400_000;
const upkeepEveryMs = 15 * 60_000;
/** A day that goes on is not worked out more often than this for a home. */
const todayEveryMs = 5 * 60_000;
const lateMs = 60 * 60_000;
/** How long before a quiet evening somebody may have left. */
const lookBackMs = 31 * dayMs;

/**
 * Reads the log from its own cursor, notes which days it touches, and works those out anew from all that is known of them.
 * What people change in a home is found by comparing; after a withdrawn consent nothing is kept.
 */
export function createRhythm(options: RhythmOptions): Rhythm {
  const { source, homeDays, bases, linesAtOnce = 20_000, daysAtOnce = 20 } = options;
  const daysTouched = createDaysTouched();
  const workedAt = new Map<string, number>();
  const upkeep = createRhythmUpkeep({ source, homeDays, bases });
  let keptUpAt = -Infinity;

  async function readLog(at: number): Promise<boolean> {
    const { touched, cursor, isMore } = await source.touched(
      await homeDays.eventCursor(),
      linesAtOnce,
    );
    const zones = await upkeep.followed([...new Set(touched.map(({ homeId }) => homeId))]);
    const days = new Map<string, { homeId: string; day: string }>();
    for (const { homeId, ...span } of touched) {
      const timeZone = zones.get(homeId);
      if (timeZone === undefined) continue;
      // What comes late may change the day from end to end: such a day is not left for later.
      if (at - span.from > lateMs) workedAt.delete(homeId);
      for (const day of daysTouched(span, timeZone, dayOfInstant(at, timeZone))) {
        days.set(`${homeId} ${day}`, { homeId, day });
      }
    }
    await homeDays.markDirty([...days.values()], cursor);
    return isMore;
  }

  /** Homes whose day was worked out a moment ago. */
  function restingAt(at: number): ReadonlySet<string> {
    for (const [homeId, last] of workedAt) {
      if (at - last >= todayEveryMs) workedAt.delete(homeId);
    }
    return new Set(workedAt.keys());
  }

  async function workOut(at: number): Promise<boolean> {
    const resting = restingAt(at);
    const limit = daysAtOnce + resting.size;
    const dirty = await homeDays.dirty(limit);
    const zones = await upkeep.followed([...new Set(dirty.map(({ homeId }) => homeId))]);
    const due = dirty.filter(({ homeId, day }) => {
      if (!resting.has(homeId)) return true;
      return day !== dayOfInstant(at, zones.get(homeId) ?? 'UTC');
    });
    const daysOf = Map.groupBy(due.slice(0, daysAtOnce), (one) => one.homeId);
    const homes = new Map((await source.homes([...daysOf.keys()])).map((home) => [home.id, home]));
    let hasSpread = false;
    for (const [homeId, days] of daysOf) {
      const home = homes.get(homeId);
      const since = home === undefined ? null : consentedSince(home, 'statistics');
      if (home === undefined || since === null) await upkeep.erase(homeId);
      else {
        const wanted = days.map(({ day }) => day).sort();
        hasSpread = (await workOutDays(home, wanted, { at, since })) || hasSpread;
      }
    }
    return hasSpread || dirty.length === limit;
  }

  async function workOutDays(
    home: PausedHome,
    days: readonly string[],
    when: { at: number; since: number },
  ): Promise<boolean> {
    const hours = [days[0], days.at(-1)].flatMap((day) =>
      day === undefined ? [] : [dayHoursOf(day, home.timeZone).known],
    );
    const aways = await source.aways(home, {
      from: Math.min(...hours.map(({ from }) => from)) - lookBackMs,
      to: Math.max(...hours.map(({ to }) => to)) + lookBackMs,
    });
    const breathe = takeBreaths();
    let hasSpread = false;
    for (const day of days) {
      hasSpread = (await workOutDay(home, day, { ...when, aways })) || hasSpread;
      await breathe();
    }
    return hasSpread;
  }

  /** Answers whether the day after it has to be worked out too: what goes on at midnight has changed. */
  async function workOutDay(
    home: PausedHome,
    day: string,
    { at, since, aways }: { at: number; since: number; aways: readonly LogEntry[] },
  ): Promise<boolean> {
    const today = dayOfInstant(at, home.timeZone);
    if (day < dayOfInstant(since, home.timeZone) || day > today) {
      await homeDays.clean(home.id, day);
      return false;
    }
    const [before] = await homeDays.read(home.id, day, day);
    const entries = [...(await signsFor(home, day)), ...aways];
    const made = homeDayOf({ home, day, now: at, entries });
    await homeDays.save(home.id, [made]);
    if (day === today) workedAt.set(home.id, at);
    const next = addDays(day, 1);
    const spreads = before !== undefined && next <= today && endOf(before) !== endOf(made);
    if (spreads) {
      await homeDays.markDirty([{ homeId: home.id, day: next }], await homeDays.eventCursor());
    }
    await homeDays.clean(home.id, day);
    return spreads;
  }

  async function signsFor(home: PausedHome, day: string): Promise<readonly LogEntry[]> {
    const { from, known } = dayHoursOf(day, home.timeZone);
    const signs = await source.signs(home, known);
    if (signs.some(({ at }) => at < from)) return signs;
    const earlier = { from: known.from - lookBackMs, to: known.from };
    return [...(await source.signs(home, earlier)), ...signs];
  }

  return {
    run: async (at) => {
      if (at - keptUpAt >= upkeepEveryMs) {
        await upkeep.run(at);
        keptUpAt = at;
      }
      // All lines first: a day is then worked out once, however many of them touch it.
      if (await readLog(at)) return { isMore: true };
      return { isMore: await workOut(at) };
    },
  };
}

/** What goes on at midnight, and so may be part of the day after. */
function endOf({ bands, to }: KeptDay): string {
  return bands
    .filter((band) => band.to === to)
    .map(({ kind, isEstimated }) => `${kind} ${isEstimated}`)
    .join();
}
