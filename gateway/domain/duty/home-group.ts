import type { Plan } from '../../protocol/duty/plan.ts';
import type { PlannedHome } from './responsibility.ts';

/** Homes that a plan cannot tell apart: whoever answers for one of them answers for all. Never empty. */
export interface HomeGroup {
  /** Any of them. */
  home: PlannedHome;
  homeIds: readonly string[];
}

/** So that a plan for a thousand homes costs no more than its lines do. */
export function groupHomes(plan: Plan, homes: readonly PlannedHome[]): readonly HomeGroup[] {
  const named = [...plan.lines, ...plan.exceptions].map(({ homeIds }) => new Set(homeIds));
  const groups = Map.groupBy(homes, ({ id, unitId, timeZone }) =>
    JSON.stringify([unitId, timeZone, named.map((ids) => Number(ids.has(id))).join('')]),
  );
  return [...groups.values()].flatMap((alike) => {
    const [home] = alike;
    return home === undefined ? [] : [{ home, homeIds: alike.map(({ id }) => id) }];
  });
}
