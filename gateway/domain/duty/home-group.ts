import type { Plan } from '../../protocol/duty/plan.ts';
import { rankEntries } from './rank.ts';
import type { PlannedHome } from './responsibility.ts';

/** Homes that a plan cannot tell apart: whoever answers for one of them answers for all. Never empty. */
export interface HomeGroup {
  /** Any of them. */
  home: PlannedHome;
  homeIds: readonly string[];
}

/** So that a plan for a thousand homes costs no more than its lines do. */
export function groupHomes(plan: Plan, homes: readonly PlannedHome[]): readonly HomeGroup[] {
  const lines = rankEntries(plan.lines);
  const exceptions = rankEntries(plan.exceptions);
  const named = new Set(
    [...plan.lines, ...plan.exceptions].flatMap(({ homeIds }) => homeIds ?? []),
  );
  const groups = Map.groupBy(homes, (home) => {
    const { id, unitId, timeZone } = home;
    const place = `${unitId} ${timeZone}`;
    return named.has(id) ? `${place} ${lines(home).join()} ${exceptions(home).join()}` : place;
  });
  return [...groups.values()].flatMap((alike) => {
    const [home] = alike;
    return home === undefined ? [] : [{ home, homeIds: alike.map(({ id }) => id) }];
  });
}
