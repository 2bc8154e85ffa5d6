import type { Arrangements } from '../duty/arrangement.ts';
import { groupHomes } from '../duty/home-group.ts';
import { turnsOf } from '../duty/plan-week.ts';
import type { PlannedHome } from '../duty/responsibility.ts';
import type { Window } from '../home/wall-clock.ts';
import { unionOf } from './interval.ts';

/** When each unit answers for at least one home; a unit that never does is not named. */
export function answeringOf(
  arrangements: Arrangements,
  homes: readonly PlannedHome[],
  stretch: Window,
): ReadonlyMap<string, readonly Window[]> {
  const turns = [...Map.groupBy(homes, ({ municipalityId }) => municipalityId)].flatMap(
    ([id, own]) => {
      const plan = arrangements.municipalities.get(id)?.plan ?? { lines: [], exceptions: [] };
      return groupHomes(plan, own).flatMap(({ home }) => turnsOf(arrangements, home, stretch));
    },
  );
  const byUnit = Map.groupBy(turns, ({ unitId }) => unitId);
  return new Map([...byUnit].map(([unitId, own]) => [unitId, unionOf(own)]));
}
