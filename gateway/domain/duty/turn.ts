import type { PlanException, PlanLine } from '../../protocol/duty/plan.ts';
import type { Hours } from '../../protocol/rule/during.ts';
import type { Window } from '../home/wall-clock.ts';
import { type Calendar, openCalendar } from '../roster/calendar.ts';
import { difference, unionOf, within } from '../roster/interval.ts';
import type { Arrangements } from './arrangement.ts';
import { rankEntries } from './rank.ts';
import { mayAnswer, type PlannedHome } from './responsibility.ts';

/** One unit's time of answering for a home. */
export interface Turn extends Window {
  unitId: string;
}

/** Answers who is responsible for one home, in turn, without a gap: at each instant as `responsibleFor` does. */
export type Turns = (home: Pick<PlannedHome, 'id' | 'unitId'>) => Turn[];

/**
 * For many homes of a municipality over a stretch of time. The hours of a line are worked out once for all homes and not
 * anew at each edge: twelve weeks of a plan that names every home are a matter of milliseconds.
 */
export function openTurns(
  arrangements: Arrangements,
  { municipalityId, timeZone }: Pick<PlannedHome, 'municipalityId' | 'timeZone'>,
  stretch: Window,
): Turns {
  const { lines = [], exceptions = [] } =
    arrangements.municipalities.get(municipalityId)?.plan ?? {};
  const calendar = openCalendar(stretch.from, stretch.to, timeZone);
  const once = openEntries(exceptions, (entry) => onceIn(entry, calendar));
  const weekly = openEntries(lines, ({ hours }) => hoursIn(hours, calendar));
  const isAble = (unitId: string) => mayAnswer(arrangements, unitId, municipalityId);

  return (home) => {
    const turns: Turn[] = [];
    let free: Window[] = stretch.from < stretch.to ? [{ ...stretch }] : [];
    const claim = ({ unitId, windows }: Claim) => {
      if (free.length === 0 || !isAble(unitId)) return;
      const left = difference(free, windows());
      turns.push(...difference(free, left).map((window) => ({ unitId, ...window })));
      free = left;
    };
    for (const entry of once(home)) claim(entry);
    for (const entry of weekly(home)) claim(entry);
    turns.push(...free.map((window) => ({ unitId: home.unitId, ...window })));
    return joined(turns.toSorted((a, b) => a.from - b.from));
  };
}

/** Who answers at an instant for each of many homes of a municipality, by the id of the home. */
export function answeringAt(
  arrangements: Arrangements,
  place: Pick<PlannedHome, 'municipalityId' | 'timeZone'>,
  homes: readonly { id: string; unitId: string }[],
  at: number,
): ReadonlyMap<string, string> {
  const turnsOf = openTurns(arrangements, place, { from: at, to: at + 1 });
  return new Map(homes.map((home) => [home.id, turnsOf(home)[0]?.unitId ?? home.unitId]));
}

interface Claim {
  unitId: string;
  windows: () => readonly Window[];
}

function openEntries<Entry extends PlanLine | PlanException>(
  entries: readonly Entry[],
  windowsOf: (entry: Entry) => readonly Window[],
): (home: { id: string; unitId: string }) => Claim[] {
  const ranked = rankEntries(entries);
  const claims = entries.map((entry): Claim => {
    let known: readonly Window[] | null = null;
    return { unitId: entry.unitId, windows: () => (known ??= windowsOf(entry)) };
  });
  return (home) => ranked(home).flatMap((place) => claims[place] ?? []);
}

function onceIn({ from, to }: PlanException, calendar: Calendar): Window[] {
  const [date = '', begins = ''] = from.split('T');
  const [lastDate = '', ends = ''] = to.split('T');
  const window = {
    from: calendar.instant(date, begins, 'from'),
    to: calendar.instant(lastDate, ends, 'to'),
  };
  return within([window], calendar);
}

function hoursIn(hours: Hours | undefined, calendar: Calendar): Window[] {
  if (hours === undefined) return [{ from: calendar.from, to: calendar.to }];
  const { from, to, days } = hours;
  const windows = calendar.days
    .filter(({ weekday }) => days?.includes(weekday) ?? true)
    .map(({ date, next }) => ({
      from: calendar.instant(date, from, 'from'),
      to: calendar.instant(to <= from ? next : date, to, 'to'),
    }));
  return unionOf(within(windows, calendar));
}

function joined(turns: readonly Turn[]): Turn[] {
  const all: Turn[] = [];
  for (const turn of turns) {
    const last = all.at(-1);
    if (last?.unitId === turn.unitId) last.to = turn.to;
    else all.push({ ...turn });
  }
  return all;
}
