import type {
  Roster,
  ShiftChange,
  SingleShift,
  WeeklyShift,
} from '../../gateway/protocol/duty/roster.ts';
import { wallOf } from '../clock/zoned.ts';
import { type Named, nameIn } from '../plan/names.ts';
import { clockChangeWords, dateWords, hoursWords, periodWords, type Told } from '../plan/when.ts';
import type { PlanWords } from '../text/plan-sv.ts';
import { periodOf } from './shift-draft.ts';

/** Who is told of, by whose clock, in whose words. */
export interface RosterTold {
  people: readonly Named[];
  told: Told;
  words: PlanWords['roster'];
}

export function weeklyWords(shift: WeeklyShift, { people, told, words }: RosterTold): string {
  const name = nameIn(people, shift.personId);
  const first = dateWords(shift.first, told.locale);
  return [
    words.weeklyLine(name, hoursWords(shift.hours, told), first),
    ...(shift.last === undefined ? [] : [words.until(dateWords(shift.last, told.locale))]),
    ...(shift.everyWeeks === 1 ? [] : [words.every(shift.everyWeeks)]),
  ].join(', ');
}

export function changeWords(
  change: ShiftChange,
  roster: Roster,
  { people, told, words }: RosterTold,
): string {
  const shift = roster.weekly.find(({ id }) => id === change.shiftId);
  const usual = shift === undefined ? change.shiftId : nameIn(people, shift.personId);
  const hours = shift === undefined ? '' : ` ${shift.hours.from}–${shift.hours.to}`;
  const when = `${dateWords(change.date, told.locale, 'long')}${hours}`;
  if (change.personId === null) return words.nobodyComes(when, usual);
  return words.otherComes(when, nameIn(people, change.personId), usual);
}

export function singleWords(shift: SingleShift, { people, told }: RosterTold): string {
  const when = periodWords(periodOf(shift, told.timeZone), told);
  return `${nameIn(people, shift.personId)}, ${when}`;
}

/** A whole roster as sentences, to tell two of them apart. */
export function rosterSentences(roster: Roster, told: RosterTold): string[] {
  return [
    ...roster.weekly.map((shift) => weeklyWords(shift, told)),
    ...roster.changes.map((change) => changeWords(change, roster, told)),
    ...roster.single.map((shift) => singleWords(shift, told)),
  ];
}

interface GapTimes {
  from: number;
  to: number;
  isClockChange: boolean;
}

/** When nobody is planned, and that the clocks are why where they are: on the day it begins or ends. */
export function gapWhen(gap: GapTimes, told: Told): string {
  const when = periodWords(gap, told);
  const change = gap.isClockChange ? gapChange(gap, told) : null;
  return change === null ? when : `${when}, ${change}`;
}

export function gapChange({ from, to }: GapTimes, told: Told): string | null {
  const dates = [from, to].map((at) => wallOf(at, told.timeZone).date);
  return (
    dates.map((date) => clockChangeWords(date, told)).find((change) => change !== null) ?? null
  );
}
