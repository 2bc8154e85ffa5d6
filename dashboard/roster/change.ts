import type {
  PlannedShift,
  Roster,
  ShiftChange,
  SingleShift,
  WeeklyShift,
} from '../../gateway/protocol/duty/roster.ts';
import { isSame } from '../plan/merge.ts';

/** Something that is done to a roster, whichever version of it is in force by then. */
export type Change = (roster: Roster) => Roster;

export const emptyRoster: Roster = { weekly: [], single: [], changes: [] };

function put<T extends { id: string }>(those: readonly T[], one: T): T[] {
  return those.some(({ id }) => id === one.id)
    ? those.map((other) => (other.id === one.id ? one : other))
    : [...those, one];
}

export function withWeekly(shift: WeeklyShift): Change {
  return (roster) => ({ ...roster, weekly: put(roster.weekly, shift) });
}

export function withSingle(shift: SingleShift): Change {
  return (roster) => ({ ...roster, single: put(roster.single, shift) });
}

/** What differs from it on certain days goes with it. */
export function withoutWeekly(shiftId: string): Change {
  return (roster) => ({
    ...roster,
    weekly: roster.weekly.filter(({ id }) => id !== shiftId),
    changes: roster.changes.filter((change) => change.shiftId !== shiftId),
  });
}

export function withoutSingle(shiftId: string): Change {
  return (roster) => ({ ...roster, single: roster.single.filter(({ id }) => id !== shiftId) });
}

export function withoutChange(shiftId: string, date: string): Change {
  return (roster) => ({
    ...roster,
    changes: roster.changes.filter((one) => one.shiftId !== shiftId || one.date !== date),
  });
}

/** On the day on which it begins somebody else comes, or nobody; nothing differs if it is who always comes. */
function withChange(change: ShiftChange): Change {
  return (roster) => {
    const { changes } = withoutChange(change.shiftId, change.date)(roster);
    const usual = roster.weekly.find(({ id }) => id === change.shiftId)?.personId;
    return { ...roster, changes: usual === change.personId ? changes : [...changes, change] };
  };
}

export type Occurrence = Pick<PlannedShift, 'shiftId' | 'date'>;

/** One time it falls, somebody else comes; null: nobody. */
export function withPerson({ shiftId, date }: Occurrence, personId: string | null): Change {
  return (roster) => {
    const single = roster.single.find(({ id }) => id === shiftId);
    if (single === undefined) return withChange({ shiftId, date, personId })(roster);
    if (personId === null) return withoutSingle(shiftId)(roster);
    return withSingle({ ...single, personId })(roster);
  };
}

/** Each comes when the other was to. */
export function withSwap(one: PlannedShift, other: PlannedShift): Change {
  return (roster) => withPerson(other, one.person.id)(withPerson(one, other.person.id)(roster));
}

/** The shifts of a file that are not in the roster as they are. */
export function newOf(read: Roster, roster: Roster): Roster {
  const isNew =
    <T extends { id: string }>(known: readonly T[]) =>
    (shift: T) =>
      !known.some((other) => isSame({ ...other, id: '' }, { ...shift, id: '' }));
  return {
    weekly: read.weekly.filter(isNew(roster.weekly)),
    single: read.single.filter(isNew(roster.single)),
    changes: read.changes.filter(
      (change) => !roster.changes.some((other) => isSame(other, change)),
    ),
  };
}

/** Adds what a file says; a shift that it knows by the same id is changed. */
export function withImported(read: Roster): Change {
  return (roster) => {
    const { weekly, single, changes } = newOf(read, roster);
    const kept = roster.changes.filter(
      (old) => !changes.some(({ shiftId, date }) => shiftId === old.shiftId && date === old.date),
    );
    return {
      weekly: weekly.reduce(put, roster.weekly),
      single: single.reduce(put, roster.single),
      changes: [...kept, ...changes],
    };
  };
}

export function sizeOf({ weekly, single }: Roster): number {
  return weekly.length + single.length;
}
