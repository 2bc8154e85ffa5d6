import { isDeepStrictEqual } from 'node:util';

import type { Arrangements, UnitFile } from '../domain/duty/arrangement.ts';
import { AppError } from '../domain/errors.ts';
import type { RosterDesk } from '../domain/roster-desk.ts';
import { byBeginning, openCoverage, type UnitCovered } from '../domain/roster/coverage.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { Roster } from '../protocol/duty/roster.ts';
import { takeBreaths } from './breath.ts';
import { changedMeanwhile, presentDocument } from './document.ts';
import { readRosterFile } from './roster-import.ts';
import { createPersonFinder } from './roster-person.ts';
import { requireDuty } from './unit-desk.ts';
import { hoursOfUnits } from './unit-hours.ts';

export interface RosterDeskOptions {
  store: Store;
  clock: () => number;
  newId: () => string;
  /** Told of each change once it is committed; ids only. */
  changed: (change: {
    municipalityId: string;
    unitId: string;
    version: number;
    authorId: string;
  }) => void;
}

const empty: Roster = { weekly: [], single: [], changes: [] };

export function createRosterDesk({ store, clock, newId, changed }: RosterDeskOptions): RosterDesk {
  const { staffing, directory } = store;

  async function view({ municipalityId }: Scope, unitId: string) {
    const latest = await staffing.document(municipalityId, 'roster', unitId);
    return presentDocument(latest, empty, directory);
  }

  /** Whoever was planned before may stay planned, though they have left. */
  async function refuseUnknown(
    { municipalityId }: Scope,
    document: Roster,
    before: Roster,
  ): Promise<void> {
    const people = await staffing.people(municipalityId);
    const known = new Set([...people.map(({ id }) => id), ...peopleIn(before)]);
    if (peopleIn(document).some((id) => !known.has(id)))
      throw new AppError('invalid', 'Plan people of the municipality only.');
    const ids = [...document.weekly, ...document.single].map(({ id }) => id);
    if (new Set(ids).size < ids.length)
      throw new AppError('invalid', 'Two shifts have the same id.');
  }

  return {
    roster: async (scope, unitId) => {
      requireDuty(scope, 'read');
      ownUnit(await staffing.arrangements(), scope, unitId);
      return view(scope, unitId);
    },
    put: async (scope, unitId, { version: edited, document, reason }) => {
      requireDuty(scope, 'change');
      const { municipalityId, userId: authorId } = scope;
      const arrangements = await staffing.arrangements();
      ownUnit(arrangements, scope, unitId);
      const version = edited + 1;
      const isChanged = await store.transaction(async (ledger) => {
        const latest = await staffing.document(municipalityId, 'roster', unitId);
        if ((latest?.version ?? 0) !== edited) {
          throw await changedMeanwhile(latest, timeZoneOf(arrangements, scope), directory);
        }
        const before = latest?.document ?? empty;
        if (isDeepStrictEqual(before, document)) return false;
        await refuseUnknown(scope, document, before);
        const why = { authorId, at: clock(), reason };
        const kind = 'roster';
        await ledger.arrange.addDocument({
          municipalityId,
          kind,
          subjectId: unitId,
          version,
          document,
          ...why,
        });
        return true;
      });
      if (isChanged) changed({ municipalityId, unitId, version, authorId });
      return view(scope, unitId);
    },
    read: async (scope, unitId, file) => {
      requireDuty(scope, 'change');
      const arrangements = await staffing.arrangements();
      ownUnit(arrangements, scope, unitId);
      const people = createPersonFinder(await staffing.people(scope.municipalityId));
      const timeZone = timeZoneOf(arrangements, scope);
      return readRosterFile(file, { people, timeZone, at: clock(), newId });
    },
    coverage: async (scope, { from: begins, weeks, unitId }) => {
      requireDuty(scope, 'read');
      const arrangements = await staffing.arrangements();
      const { municipalityId } = scope;
      const own = [...arrangements.units.values()].filter(
        (unit) => unit.municipalityId === municipalityId,
      );
      const units = unitId === undefined ? own : [ownUnit(arrangements, scope, unitId)];
      const timeZone = timeZoneOf(arrangements, scope);
      const from = begins ?? clock();
      const to = weeksLater(from, weeks, timeZone);
      const answering = await hoursOfUnits(store, arrangements, units, { from, to });
      const rosters = await staffing.rosters(units.map(({ id }) => id));
      const coverageIn = openCoverage({ arrangements, answering, rosters, from, to });
      const breathe = takeBreaths();
      const covered: UnitCovered[] = [];
      for (const unit of units) {
        covered.push(coverageIn(unit));
        await breathe();
      }
      const shifts = covered.flatMap((one) => one.shifts);
      const names = await directory.people([...new Set(shifts.map(({ personId }) => personId))]);
      return {
        from,
        to,
        timeZone,
        shifts: shifts.map(
          ({ unitId: of, personId, shiftId, date, from: start, to: end, isSwap, isVacant }) => ({
            unitId: of,
            person: { id: personId, name: names.get(personId) ?? personId },
            from: start,
            to: end,
            shiftId,
            date,
            isSwap,
            isVacant,
          }),
        ),
        gaps: byBeginning(covered.flatMap(({ gaps }) => gaps)),
      };
    },
  };
}

function peopleIn({ weekly, single, changes }: Roster): string[] {
  const all = [...weekly, ...single, ...changes].map(({ personId }) => personId);
  return all.filter((id) => id !== null);
}

function ownUnit({ units }: Arrangements, { municipalityId }: Scope, unitId: string): UnitFile {
  const unit = units.get(unitId);
  if (unit?.municipalityId === municipalityId) return unit;
  throw new AppError('not-found', 'There is no such unit.');
}

function timeZoneOf({ municipalities }: Arrangements, { municipalityId }: Scope): string {
  return municipalities.get(municipalityId)?.timeZone ?? 'UTC';
}

/** @throws AppError `invalid` for an instant that no calendar has. */
function weeksLater(from: number, weeks: number, timeZone: string): number {
  const furthest = 4_000_000_000_000;
  if (Math.abs(from) > furthest) throw new AppError('invalid', 'Ask for a time nearer to now.');
  return Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).add({ weeks })
    .epochMilliseconds;
}
