import type { Roster } from '../../protocol/duty/roster.ts';
import type { Arrangements, UnitFile } from '../duty/arrangement.ts';
import { membersOf } from '../duty/reach.ts';
import type { PlannedHome } from '../duty/responsibility.ts';
import type { Window } from '../home/wall-clock.ts';
import { answeringOf } from './answering.ts';
import { openCalendar } from './calendar.ts';
import { needsShifts } from './coverage.ts';
import { difference, unionOf } from './interval.ts';
import { shiftsOf } from './shifts.ts';

export const lookAheadMs = 60 * 60_000;
/** How long somebody who is planned may be late with checking in. */
export const lateMs = 15 * 60_000;

export interface StaffedQuestion {
  arrangements: Arrangements;
  /** Of all municipalities whose homes the units may answer for. */
  homes: readonly PlannedHome[];
  rosters: ReadonlyMap<string, Roster>;
  at: number;
}

/** A unit that answers for homes with nobody at work, now or within the hour. */
export interface Unstaffed {
  unitId: string;
  municipalityId: string;
  /** When it begins; the instant of the question where nobody is on duty already. */
  from: number;
  /** Somebody is planned at that time, and has not checked in. */
  isPlanned: boolean;
}

/**
 * The units that have, or within the hour will have, homes to answer for and nobody on duty. Whoever has checked in counts
 * until then; whoever is planned counts for what is to come, and where their shift has begun for as long as one may be late.
 */
export function unstaffedUnits(question: StaffedQuestion): Unstaffed[] {
  const { arrangements, homes, at } = question;
  const hour = { from: at, to: at + lookAheadMs };
  const answering = answeringOf(arrangements, homes, hour);
  return [...answering].flatMap(([unitId, needed]) => {
    const unit = arrangements.units.get(unitId);
    if (unit === undefined || !needsShifts(unit)) return [];
    const { counted, planned } = staffOf(unit, question);
    const from = difference(needed, counted)[0]?.from;
    if (from === undefined) return [];
    const isPlanned = planned.some((shift) => shift.from <= from && from < shift.to);
    return [{ unitId, municipalityId: unit.municipalityId, from, isPlanned }];
  });
}

function staffOf(unit: UnitFile, { arrangements, rosters, at }: StaffedQuestion) {
  const { timeZone = 'UTC' } = arrangements.municipalities.get(unit.municipalityId) ?? {};
  const duties = arrangements.duties.filter(({ unitId }) => unitId === unit.id);
  const roster = rosters.get(unit.id);
  const members = new Set(membersOf(arrangements, unit.id).map(({ id }) => id));
  const planned =
    roster === undefined
      ? []
      : shiftsOf(roster, openCalendar(at, at + lookAheadMs, timeZone)).filter(({ personId }) =>
          members.has(personId),
        );
  const isAtWork = (at_: number, people: (id: string) => boolean) =>
    duties.some(({ from, until, personId }) => from <= at_ && at_ < until && people(personId));
  const counted = planned.flatMap(({ from, to, personId }): Window[] => {
    const isLate = from + lateMs <= at && !isAtWork(at, (id) => id === personId);
    return isLate ? [] : [{ from, to }];
  });
  return {
    planned,
    counted: unionOf([...counted, ...duties.map(({ from, until }) => ({ from, to: until }))]),
  };
}
