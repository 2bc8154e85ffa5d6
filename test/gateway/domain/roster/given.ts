import type {
  Arrangements,
  Duty,
  PersonFile,
  UnitFile,
} from '../../../../gateway/domain/duty/arrangement.ts';
import { noArrangements } from '../../../../gateway/domain/duty/arrangement.ts';
import type { PlannedHome } from '../../../../gateway/domain/duty/responsibility.ts';
import type { Plan } from '../../../../gateway/protocol/duty/plan.ts';
import type { Roster, SingleShift, WeeklyShift } from '../../../../gateway/protocol/duty/roster.ts';

export const stockholm = 'Europe/Stockholm';
export const minute = 60_000;
export const hour = 60 * minute;

/** The instant of a time with its offset, such as `2026-10-24T21:00+02:00`. */
export function at(time: string): number {
  return Temporal.Instant.from(time).epochMilliseconds;
}

export function roster(some: Partial<Roster> = {}): Roster {
  return { weekly: [], single: [], changes: [], ...some };
}

export function weekly(
  some: Partial<WeeklyShift> & Pick<WeeklyShift, 'id' | 'hours'>,
): WeeklyShift {
  return { personId: 'astrid', first: '2026-01-01', everyWeeks: 1, ...some };
}

export function single(id: string, from: string, to: string, personId = 'astrid'): SingleShift {
  return { id, personId, from, to };
}

export function unit(some: Partial<UnitFile> & Pick<UnitFile, 'id'>): UnitFile {
  return {
    municipalityId: 'norr',
    name: `Lag ${some.id}`,
    kind: 'team',
    duty: 'check-in',
    endpointId: null,
    serves: [],
    ...some,
  };
}

export function home(id: string, unitId: string, municipalityId = 'norr'): PlannedHome {
  return { id, unitId, municipalityId, timeZone: stockholm };
}

export function duty(some: Partial<Duty> & Pick<Duty, 'from' | 'until'>): Duty {
  return {
    id: 'duty',
    municipalityId: 'norr',
    personId: 'astrid',
    unitId: 'night',
    byId: 'astrid',
    ...some,
  };
}

/** A carer who belongs to all units of their municipality. */
export function carer(id: string, some: Partial<PersonFile> = {}): PersonFile {
  return { id, municipalityId: 'norr', role: 'carer', units: 'all', pushes: 0, ...some };
}

const everybody = ['astrid', 'bengt', 'bertil'].map((id) => carer(id));

/** Municipalities in Stockholm's time, each with its plan. */
export function arrangements(
  plans: Readonly<Record<string, Partial<Plan>>>,
  units: readonly UnitFile[],
  some: { duties?: readonly Duty[]; people?: readonly PersonFile[] } = {},
): Arrangements {
  return {
    ...noArrangements,
    municipalities: new Map(
      Object.entries(plans).map(([id, plan]) => [
        id,
        {
          id,
          name: id,
          timeZone: stockholm,
          plan: { lines: [], exceptions: [], ...plan },
          policies: [],
        },
      ]),
    ),
    units: new Map(units.map((one) => [one.id, one])),
    people: new Map((some.people ?? everybody).map((person) => [person.id, person])),
    duties: some.duties ?? [],
  };
}
