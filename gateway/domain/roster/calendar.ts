import { type Weekday, weekdays } from '../../protocol/rule/during.ts';
import { wallInstant, type Window } from '../home/wall-clock.ts';
import { clockChanges } from './clock-change.ts';

const daysOfWeek = 7;
/** A Monday, from which weeks are counted. */
const monday = Temporal.PlainDate.from('1970-01-05');

/** A date as rosters need it. */
export interface Day {
  date: string;
  weekday: Weekday;
  /** Weeks since some Monday. */
  week: number;
  next: string;
}

/** The dates of a stretch of time, and what the wall clock shows on them; remembers what it has worked out. */
export interface Calendar {
  timeZone: string;
  from: number;
  to: number;
  /** From the date before `from`, on which a shift that is under way may have begun. */
  days: readonly Day[];
  /** The changes of the clocks about this time. */
  clockChanges: readonly Window[];
  /** The instant of a beginning or an end, by the rule of `wallInstant`. */
  instant: (date: string, time: string, edge: 'from' | 'to') => number;
}

/** Which week a date lies in, counted in Mondays. */
export function weekOf(date: Temporal.PlainDate): number {
  return Math.floor(monday.until(date).days / daysOfWeek);
}

function dayOf(date: Temporal.PlainDate): Day {
  return {
    date: date.toString(),
    weekday: weekdays[date.dayOfWeek - 1] ?? 'mon',
    week: weekOf(date),
    next: date.add({ days: 1 }).toString(),
  };
}

function dateAt(at: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
}

export function openCalendar(from: number, to: number, timeZone: string): Calendar {
  const first = dateAt(from, timeZone).subtract({ days: 1 });
  const length = first.until(dateAt(to, timeZone)).days + 1;
  const known = new Map<string, number>();
  return {
    timeZone,
    from,
    to,
    days: Array.from({ length }, (_, index) => dayOf(first.add({ days: index }))),
    clockChanges: clockChanges({ from, to }, timeZone),
    instant: (date, time, edge) => {
      const key = `${edge} ${date} ${time}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const worked = wallInstant(`${date}T${time}`, timeZone, edge);
      known.set(key, worked);
      return worked;
    },
  };
}
