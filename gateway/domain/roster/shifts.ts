import type { Roster, SingleShift, WeeklyShift } from '../../protocol/duty/roster.ts';
import type { Window } from '../home/wall-clock.ts';
import { type Calendar, type Day, weekOf } from './calendar.ts';

/** Somebody's planned shift as it falls, in instants. */
export interface Shift extends Window {
  shiftId: string;
  personId: string;
  /** The day on which it begins, by which a change names it. */
  date: string;
  /** Somebody comes instead of whoever usually does. */
  isSwap: boolean;
  /** It was planned between two instants, whatever the wall clock shows. */
  isExact: boolean;
}

/** The planned shifts of which something falls within the calendar, in the order in which they begin. */
export function shiftsOf(roster: Roster, calendar: Calendar): Shift[] {
  const changes = new Map(
    roster.changes.map(({ shiftId, date, personId }) => [`${date} ${shiftId}`, personId]),
  );
  const weekly = roster.weekly.flatMap((shift) => weeklyOf(shift, changes, calendar));
  const single = roster.single.map((shift) => singleOf(shift, calendar));
  return [...weekly, ...single].filter((shift) => isWithin(shift, calendar)).sort(compare);
}

function weeklyOf(
  shift: WeeklyShift,
  changes: ReadonlyMap<string, string | null>,
  calendar: Calendar,
): Shift[] {
  const { id: shiftId, hours } = shift;
  const falls = fallsOn(shift);
  return calendar.days.filter(falls).flatMap(({ date, next }) => {
    const change = changes.get(`${date} ${shiftId}`);
    if (change === null) return [];
    const personId = change ?? shift.personId;
    const from = calendar.instant(date, hours.from, 'from');
    const to = calendar.instant(hours.to <= hours.from ? next : date, hours.to, 'to');
    const isSwap = personId !== shift.personId;
    return [{ shiftId, personId, date, from, to, isSwap, isExact: false }];
  });
}

/** Weeks are counted from the week of the first day, in Mondays. */
function fallsOn({ hours, first, last, everyWeeks }: WeeklyShift): (day: Day) => boolean {
  const since = weekOf(Temporal.PlainDate.from(first));
  return ({ date, weekday, week }) =>
    date >= first &&
    (last === undefined || date <= last) &&
    (week - since) % everyWeeks === 0 &&
    (hours.days === undefined || hours.days.includes(weekday));
}

function singleOf(shift: SingleShift, calendar: Calendar): Shift {
  const { id: shiftId, personId } = shift;
  if ('fromAt' in shift) {
    const { fromAt: from, toAt: to } = shift;
    const date = Temporal.Instant.fromEpochMilliseconds(from)
      .toZonedDateTimeISO(calendar.timeZone)
      .toPlainDate()
      .toString();
    return { shiftId, personId, date, from, to, isSwap: false, isExact: true };
  }
  const [date = '', begins = ''] = shift.from.split('T');
  const [lastDate = '', ends = ''] = shift.to.split('T');
  const from = calendar.instant(date, begins, 'from');
  const to = calendar.instant(lastDate, ends, 'to');
  return { shiftId, personId, date, from, to, isSwap: false, isExact: false };
}

/** Not where the clocks leap over all of it, either. */
function isWithin({ from, to }: Window, calendar: Calendar): boolean {
  return from < to && from < calendar.to && to > calendar.from;
}

function compare(a: Shift, b: Shift): number {
  return a.from - b.from || a.to - b.to || (a.shiftId < b.shiftId ? -1 : 1);
}
