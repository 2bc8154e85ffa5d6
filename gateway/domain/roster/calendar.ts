import { type Weekday, weekdays } from '../../protocol/rule/during.ts';
import { wallInstant, type Window } from '../home/wall-clock.ts';
import { clockChanges } from './clock-change.ts';

const daysOfWeek = 7;
const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;
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
  const midnightOf = openMidnights(timeZone);
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
      const midnight = midnightOf(date);
      const worked =
        midnight === null
          ? wallInstant(`${date}T${time}`, timeZone, edge)
          : midnight + minuteOf(time) * minuteMs;
      known.set(key, worked);
      return worked;
    },
  };
}

/** When each date begins; null for one on which the clocks change. */
function openMidnights(timeZone: string): (date: string) => number | null {
  const known = new Map<string, number | null>();
  return (date) => {
    const found = known.get(date);
    if (found !== undefined) return found;
    const begins = wallInstant(`${date}T00:00`, timeZone, 'from');
    const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
    const isPlain = wallInstant(`${next}T00:00`, timeZone, 'from') - begins === dayMs;
    known.set(date, isPlain ? begins : null);
    return isPlain ? begins : null;
  };
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
