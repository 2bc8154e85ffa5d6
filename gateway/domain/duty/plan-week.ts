import type { Plan, PlanChecked } from '../../protocol/duty/plan.ts';
import type { Arrangements } from './arrangement.ts';
import { groupHomes } from './home-group.ts';
import type { PlannedHome } from './responsibility.ts';
import { openTurns } from './turn.ts';

/** The arrangements as they would be with another plan. */
export function withPlan(
  arrangements: Arrangements,
  municipalityId: string,
  plan: Plan,
): Arrangements {
  const file = arrangements.municipalities.get(municipalityId);
  if (file === undefined) return arrangements;
  const municipalities = new Map(arrangements.municipalities);
  municipalities.set(municipalityId, { ...file, plan });
  return { ...arrangements, municipalities };
}

/** The same time on the wall clock some days later, which in two weeks of the year is not so many hours. */
export function daysLater(at: number, days: number, timeZone: string): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).add({ days })
    .epochMilliseconds;
}

/** Who answers for how many homes in the week from an instant; homes of one municipality. */
export function weekOf(
  arrangements: Arrangements,
  { id, timeZone, plan }: { id: string; timeZone: string; plan: Plan },
  homes: readonly Omit<PlannedHome, 'municipalityId' | 'timeZone'>[],
  from: number,
): Pick<PlanChecked, 'week' | 'groups'> {
  const to = daysLater(from, 7, timeZone);
  const planned = homes.map((home) => ({ ...home, municipalityId: id, timeZone }));
  const turnsOf = openTurns(arrangements, { municipalityId: id, timeZone }, { from, to });
  const walked = groupHomes(plan, planned).map(({ home, homeIds }) => ({
    homeIds,
    turns: turnsOf(home),
  }));
  const groups = [...Map.groupBy(walked, ({ turns }) => JSON.stringify(turns)).values()];
  const nameOf = (unitId: string) => arrangements.units.get(unitId)?.name ?? unitId;
  const merged = groups.map((alike) => ({
    homeIds: alike.flatMap(({ homeIds }) => homeIds),
    turns: alike[0]?.turns ?? [],
  }));
  return {
    groups: merged.map(({ homeIds }) => ({ homeIds })),
    week: merged.flatMap(({ homeIds, turns }, group) =>
      turns.map((turn) => ({
        ...turn,
        unitName: nameOf(turn.unitId),
        homes: homeIds.length,
        group,
      })),
    ),
  };
}
