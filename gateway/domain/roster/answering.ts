import type { Arrangements } from '../duty/arrangement.ts';
import { groupHomes } from '../duty/home-group.ts';
import type { PlannedHome } from '../duty/responsibility.ts';
import { openTurns } from '../duty/turn.ts';
import type { Window } from '../home/wall-clock.ts';
import { unionOf } from './interval.ts';

const empty = { lines: [], exceptions: [] };

/** When each unit answers for at least one home; a unit that never does is not named. */
export function answeringOf(
  arrangements: Arrangements,
  homes: readonly PlannedHome[],
  stretch: Window,
): ReadonlyMap<string, readonly Window[]> {
  const byPlace = Map.groupBy(homes, ({ municipalityId, timeZone }) =>
    JSON.stringify([municipalityId, timeZone]),
  );
  const byUnit = new Map<string, Window[]>();
  for (const [first, ...others] of byPlace.values()) {
    if (first === undefined) continue;
    const plan = arrangements.municipalities.get(first.municipalityId)?.plan ?? empty;
    const turnsOf = openTurns(arrangements, first, stretch);
    for (const { home } of groupHomes(plan, [first, ...others])) {
      for (const { unitId, from, to } of turnsOf(home)) {
        const known = byUnit.get(unitId);
        if (known === undefined) byUnit.set(unitId, [{ from, to }]);
        else known.push({ from, to });
      }
    }
  }
  return new Map([...byUnit].map(([unitId, own]) => [unitId, unionOf(own)]));
}
