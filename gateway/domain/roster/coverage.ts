import type { Gap, Roster } from '../../protocol/duty/roster.ts';
import type { Arrangements, UnitFile } from '../duty/arrangement.ts';
import { membersOf } from '../duty/reach.ts';
import type { Window } from '../home/wall-clock.ts';
import { type Calendar, openCalendar } from './calendar.ts';
import { touches } from './clock-change.ts';
import { difference, unionOf } from './interval.ts';
import { type Shift, shiftsOf } from './shifts.ts';

const minuteMs = 60_000;

export interface CoverageQuestion extends Window {
  arrangements: Arrangements;
  /** When each unit answers for a home, also of other municipalities. */
  answering: ReadonlyMap<string, readonly Window[]>;
  rosters: ReadonlyMap<string, Roster>;
}

/** A shift in a unit. */
export interface UnitShift extends Shift {
  unitId: string;
  /** Whoever is planned does not belong to the unit any more, and cannot check in: nobody comes. */
  isVacant: boolean;
}

/** What is planned in a unit, and what is not. */
export interface UnitCovered {
  shifts: readonly UnitShift[];
  /** In the order in which they begin. Minutes are real ones: the October night has an hour more of them. */
  gaps: readonly Gap[];
}

/**
 * Finds the time in which a unit answers for homes, has carers who check in, and has nobody planned, one unit at a time. A
 * shift is planned in the wall-clock time of the municipality that the unit belongs to, and is nobody's once whoever had it
 * has left.
 */
export function openCoverage(question: CoverageQuestion): (unit: UnitFile) => UnitCovered {
  const { arrangements, answering, rosters } = question;
  const calendars = new Map<string, Calendar>();
  return (unit) => {
    const calendar = calendarFor(unit, calendars, question);
    const roster = rosters.get(unit.id);
    const members = new Set(membersOf(arrangements, unit.id).map(({ id }) => id));
    const shifts = roster === undefined ? [] : shiftsOf(roster, calendar);
    const needed = needsShifts(unit) ? (answering.get(unit.id) ?? []) : [];
    const manned = shifts.filter(({ personId }) => members.has(personId));
    return {
      shifts: shifts.map((shift) => ({
        ...shift,
        unitId: unit.id,
        isVacant: !members.has(shift.personId),
      })),
      gaps: gapsOf(unit, { needed, shifts: manned, calendar }),
    };
  };
}

/** In the order in which they begin. */
export function byBeginning(gaps: readonly Gap[]): Gap[] {
  return gaps.toSorted((a, b) => a.from - b.from || a.unitName.localeCompare(b.unitName, 'sv'));
}

/** Whether the unit can be without staff at all. */
export function needsShifts({ kind, duty }: UnitFile): boolean {
  return kind === 'team' && duty === 'check-in';
}

/** Units of one time zone share what it has been worked out that the clock shows. */
function calendarFor(
  unit: UnitFile,
  calendars: Map<string, Calendar>,
  { arrangements, from, to }: CoverageQuestion,
): Calendar {
  const timeZone = arrangements.municipalities.get(unit.municipalityId)?.timeZone ?? 'UTC';
  const calendar = calendars.get(timeZone) ?? openCalendar(from, to, timeZone);
  calendars.set(timeZone, calendar);
  return calendar;
}

function gapsOf(
  { id: unitId, name: unitName }: UnitFile,
  plan: { needed: readonly Window[]; shifts: readonly Shift[]; calendar: Calendar },
): Gap[] {
  return difference(plan.needed, unionOf(plan.shifts)).map((gap) => ({
    unitId,
    unitName,
    ...gap,
    minutes: Math.ceil((gap.to - gap.from) / minuteMs),
    isClockChange: isOfClockChange(gap, plan),
  }));
}

/** Also when a shift of a fixed length, which the clocks moved away from the others, ends or begins here. */
function isOfClockChange(
  gap: Window,
  { shifts, calendar }: { shifts: readonly Shift[]; calendar: Calendar },
): boolean {
  return calendar.clockChanges.some((change) => {
    const isBeside = (shift: Shift) => touches(shift, change) && touches(shift, gap);
    return touches(gap, change) || shifts.some((shift) => shift.isExact && isBeside(shift));
  });
}
