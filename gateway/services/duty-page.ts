import type { Arrangements, Duty, UnitFile } from '../domain/duty/arrangement.ts';
import { membersOf } from '../domain/duty/reach.ts';
import type { Window } from '../domain/home/wall-clock.ts';
import { openCalendar } from '../domain/roster/calendar.ts';
import { needsShifts } from '../domain/roster/coverage.ts';
import { longestDutyMs, proposedEnd } from '../domain/roster/proposed-end.ts';
import { shiftsOf } from '../domain/roster/shifts.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { DutyChoice, DutyPage, DutyView } from '../protocol/duty/duty.ts';
import type { UnitHours } from './unit-hours.ts';

/** Roles of which some are on call for the whole municipality. */
export const rolesOnCall: readonly Scope['role'][] = ['coordinator', 'technician'];

/** Who is at work now, as somebody may see it. */
export async function readDutyPage(
  store: Store,
  hoursOf: UnitHours,
  scope: Scope,
  at: number,
): Promise<DutyPage> {
  const arrangements = await store.staffing.arrangements();
  const units = ownUnits(arrangements, scope);
  const now = dutiesAt(arrangements, at);
  const mine = now.filter(({ personId }) => personId === scope.userId);
  const onCall = now.filter(
    ({ unitId, municipalityId }) => unitId === null && municipalityId === scope.municipalityId,
  );
  const inUnits = now.filter(({ unitId }) => units.some(({ id }) => id === unitId));
  const present = await presenter(store, arrangements, [...mine, ...onCall, ...inUnits], units);
  const ends = await proposedEnds(store, hoursOf, { arrangements, units, scope, at });
  return {
    mine: mine.map(present.duty),
    choices: units.map((unit): DutyChoice => ({
      unit: { id: unit.id, name: unit.name },
      isKept: needsShifts(unit),
      proposedUntil: ends(unit),
      onDuty: inUnits.filter(({ unitId }) => unitId === unit.id).map(present.duty),
      members: present.members(unit),
    })),
    mayBeOnCall: rolesOnCall.includes(scope.role),
    onCall: onCall.map(present.duty),
  };
}

/** The teams that a carer works in. */
function ownUnits(arrangements: Arrangements, { userId, municipalityId }: Scope): UnitFile[] {
  return [...arrangements.units.values()]
    .filter((unit) => unit.kind === 'team' && unit.municipalityId === municipalityId)
    .filter(({ id }) => membersOf(arrangements, id).some((person) => person.id === userId))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'sv'));
}

export function dutiesAt({ duties }: Arrangements, at: number): Duty[] {
  return duties.filter(({ from, until }) => from <= at && at < until);
}

async function proposedEnds(
  store: Store,
  hoursOf: UnitHours,
  asked: { arrangements: Arrangements; units: readonly UnitFile[]; scope: Scope; at: number },
): Promise<(unit: UnitFile) => number> {
  const { arrangements, units, scope, at } = asked;
  const { timeZone = 'UTC' } = arrangements.municipalities.get(scope.municipalityId) ?? {};
  const day = { from: at, to: at + longestDutyMs };
  const rosters = await store.staffing.rosters(units.map(({ id }) => id));
  const answering = new Map<string, readonly Window[]>();
  for (const unit of units) answering.set(unit.id, await hoursOf(arrangements, unit, day));
  const calendar = openCalendar(day.from, day.to, timeZone);
  return ({ id }) => {
    const roster = rosters.get(id);
    const shifts = roster === undefined ? [] : shiftsOf(roster, calendar);
    return proposedEnd({ shifts, hours: answering.get(id) ?? [] }, scope.userId, at);
  };
}

/** Writes duties as screens show them, with what people and units are called. */
export async function presenter(
  { directory }: Pick<Store, 'directory'>,
  arrangements: Arrangements,
  duties: readonly Duty[],
  units: readonly UnitFile[] = [],
) {
  const members = new Map(units.map(({ id }) => [id, membersOf(arrangements, id)]));
  const named = [...members.values()].flat().map(({ id }) => id);
  const ids = new Set([...named, ...duties.flatMap(({ personId, byId }) => [personId, byId])]);
  const names = await directory.people([...ids]);
  const person = (id: string) => ({ id, name: names.get(id) ?? id });
  return {
    duty: ({ id, personId, unitId, from, until, byId }: Duty): DutyView => ({
      id,
      person: person(personId),
      unit:
        unitId === null
          ? null
          : { id: unitId, name: arrangements.units.get(unitId)?.name ?? unitId },
      from,
      until,
      checkedInBy: byId === personId ? null : person(byId),
    }),
    members: ({ id }: UnitFile) =>
      (members.get(id) ?? [])
        .map((member) => person(member.id))
        .toSorted((a, b) => a.name.localeCompare(b.name, 'sv')),
  };
}
