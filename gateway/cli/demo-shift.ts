import { between, createDice } from '../../simulators/dice.ts';
import type { Span } from '../domain/history.ts';
import type { Roster } from '../protocol/duty/roster.ts';

type Planned = Pick<Roster['weekly'][number], 'id' | 'personId' | 'hours'>;

/** Somebody who was at work. */
export interface PastShift extends Span {
  personId: string;
}

const minuteMs = 60_000;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * When the carers of the north were checked in: as they are planned, but some came late and one never came. The same span
 * and seed always give the same shifts, in order of time.
 */
export function pastShifts(
  planned: readonly Planned[],
  { from, to, timeZone, seed }: Span & { timeZone: string; seed: string },
): PastShift[] {
  const dateAt = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  const shifts: PastShift[] = [];
  const last = dateAt(to);
  for (
    let date = dateAt(from);
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    const weekday = weekdays[date.dayOfWeek - 1];
    for (const { id, personId, hours } of planned) {
      if (hours.days !== undefined && !hours.days.some((day) => day === weekday)) continue;
      const dice = createDice(seed, 'shift', id, date.toString());
      const at = (day: Temporal.PlainDate, time: string) =>
        day.toZonedDateTime({ timeZone, plainTime: time }).epochMilliseconds;
      const isOverMidnight = hours.to <= hours.from;
      const lateMs = dice() < 0.15 ? Math.round(between(dice, 5, 45)) * minuteMs : 0;
      const begun = Math.max(from, at(date, hours.from) + lateMs);
      const ended = Math.min(to, at(isOverMidnight ? date.add({ days: 1 }) : date, hours.to));
      const isIll = dice() < 0.03;
      if (begun < ended && !isIll) shifts.push({ personId, from: begun, to: ended });
    }
  }
  return shifts.sort((one, other) => one.from - other.from);
}
