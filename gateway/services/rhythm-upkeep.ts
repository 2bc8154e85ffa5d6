import { consentedSince } from '../domain/rhythm/consented-since.ts';
import { addDays, dayHoursOf, dayOfInstant, daysBetween } from '../domain/rhythm/day-hours.ts';
import { basisOf, changedFrom, sinceOf } from '../domain/rhythm/home-basis.ts';
import type { HomeBases, PausedHome, RhythmSource } from '../domain/rhythm/rhythm-source.ts';
import type { HomeDays } from '../domain/series/home-days.ts';
import { takeBreaths } from './breath.ts';

export interface RhythmUpkeepOptions {
  source: Pick<RhythmSource, 'homes' | 'firstEventAt'>;
  homeDays: HomeDays;
  bases: HomeBases;
}

/** Days that a pause of the gateway may have left as they were. */
const lookedThrough = 7;
/** As far back as days are shown. */
const mostDays = 800;

/** What no event tells: that a day has ended, and that people have changed what a home is. */
export function createRhythmUpkeep({ source, homeDays, bases }: RhythmUpkeepOptions) {
  /** The time zones of homes that are followed, null for others; anew at each run. */
  const zones = new Map<string, string | null>();

  async function erase(homeId: string): Promise<void> {
    await homeDays.eraseHome(homeId);
    await bases.forget(homeId);
    zones.set(homeId, null);
  }

  function note(home: PausedHome): number | null {
    const since = consentedSince(home, 'statistics');
    zones.set(home.id, since === null ? null : home.timeZone);
    return since;
  }

  /** Which days a change of the home, or none at all before, makes others. */
  async function changedDays(
    home: PausedHome,
    { known, since, today }: { known: string | undefined; since: number; today: string },
  ): Promise<readonly string[]> {
    const basis = basisOf(home);
    const changed = known === undefined ? -Infinity : changedFrom(known, basis);
    if (changed === null) return [];
    const firstAt = (await source.firstEventAt(home.id)) ?? Infinity;
    const from = Math.max(changed, since, firstAt);
    if (from === Infinity) return [];
    const first = addDays(dayOfInstant(from, home.timeZone), -1);
    const bound = addDays(today, -mostDays);
    return daysBetween(first > bound ? first : bound, today);
  }

  /** Today, which goes on, and the days before it that are not known to be over. */
  async function openDays(home: PausedHome, at: number, today: string): Promise<string[]> {
    const kept = await homeDays.read(home.id, addDays(today, -lookedThrough), today);
    const complete = new Set(kept.filter((day) => day.isComplete).map(({ day }) => day));
    const days = daysBetween(addDays(today, -lookedThrough), today);
    return days.filter((day) => {
      if (day === today) return true;
      const isKept = kept.some((one) => one.day === day);
      const isOver = at >= dayHoursOf(day, home.timeZone).known.to;
      return !complete.has(day) && (isOver || !isKept);
    });
  }

  async function lookThrough(home: PausedHome, known: string | undefined, at: number) {
    const since = note(home);
    if (since === null) return;
    const today = dayOfInstant(at, home.timeZone);
    const isLater = known !== undefined && since > (sinceOf(known) ?? Infinity);
    if (isLater) await erase(home.id);
    const before = isLater ? undefined : known;
    const days = new Set([
      ...(await changedDays(home, { known: before, since, today })),
      ...(await openDays(home, at, today)),
    ]);
    const sinceDay = dayOfInstant(since, home.timeZone);
    const wanted = [...days].filter((day) => day >= sinceDay && day <= today).sort();
    await homeDays.markDirty(
      wanted.map((day) => ({ homeId: home.id, day })),
      await homeDays.eventCursor(),
    );
    zones.set(home.id, home.timeZone);
    const basis = basisOf(home);
    if (known !== basis) await bases.save(home.id, basis);
  }

  return {
    erase,
    /** Looks at all homes. */
    run: async (at: number): Promise<void> => {
      const known = await bases.all();
      const breathe = takeBreaths();
      const homes = await source.homes(null);
      zones.clear();
      for (const home of homes) {
        await lookThrough(home, known.get(home.id), at);
        await breathe();
      }
      const kept = new Set([...known.keys(), ...(await homeDays.homes())]);
      for (const id of kept) if (typeof zones.get(id) !== 'string') await erase(id);
    },
    /** The time zones of those of these homes that are followed. */
    followed: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const unknown = ids.filter((id) => !zones.has(id));
      for (const home of unknown.length === 0 ? [] : await source.homes(unknown)) note(home);
      return new Map(
        ids.flatMap((id) => {
          const timeZone = zones.get(id) ?? null;
          return timeZone === null ? [] : [[id, timeZone] as const];
        }),
      );
    },
  };
}
