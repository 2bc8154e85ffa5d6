import type { Gap, Roster } from '../../protocol/duty/roster.ts';
import type { Arrangements, UnitFile } from '../duty/arrangement.ts';
import type { PlannedHome } from '../duty/responsibility.ts';
import type { Window } from '../home/wall-clock.ts';
import { answeringOf } from './answering.ts';
import { type Calendar, openCalendar } from './calendar.ts';
import { touches } from './clock-change.ts';
import { difference, unionOf } from './interval.ts';
import { type Shift, shiftsOf } from './shifts.ts';

const minuteMs = 60_000;

export interface CoverageQuestion extends Window {
  arrangements: Arrangements;
  /** All homes that these units may answer for, also of other municipalities. */
  homes: readonly PlannedHome[];
  units: readonly UnitFile[];
  rosters: ReadonlyMap<string, Roster>;
}

/** What is planned in these units, and what is not. */
export interface Covered {
  shifts: readonly (Shift & { unitId: string })[];
  /** In the order in which they begin. Minutes are real ones: the October night has an hour more of them. */
  gaps: readonly Gap[];
}

/**
 * Finds the time in which a unit answers for homes, has carers who check in, and has nobody planned. A shift is planned
 * in the wall-clock time of the municipality that the unit belongs to.
 */
export function coverageOf(question: CoverageQuestion): Covered {
  const { arrangements, homes, units, rosters, from, to } = question;
  const answering = answeringOf(arrangements, homes, { from, to });
  const calendars = new Map<string, Calendar>();
  const found = units.map((unit) => {
    const calendar = calendarFor(unit, calendars, question);
    const roster = rosters.get(unit.id);
    const shifts = roster === undefined ? [] : shiftsOf(roster, calendar);
    const needed = needsShifts(unit) ? (answering.get(unit.id) ?? []) : [];
    return {
      shifts: shifts.map((shift) => ({ ...shift, unitId: unit.id })),
      gaps: gapsOf(unit, { needed, shifts, calendar }),
    };
  });
  return {
    shifts: found.flatMap(({ shifts }) => shifts),
    gaps: found
      .flatMap(({ gaps }) => gaps)
      .toSorted((a, b) => a.from - b.from || a.unitName.localeCompare(b.unitName, 'sv')),
  };
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
