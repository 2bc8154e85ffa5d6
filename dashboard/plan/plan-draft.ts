import { Plan } from '../../gateway/protocol/duty/plan.ts';
import { isDate } from '../clock/zoned.ts';
import { mergeLists } from './merge.ts';

export const emptyPlan: Plan = { lines: [], exceptions: [] };

export type PlanList = 'lines' | 'exceptions';

/** Which fields of which entries cannot be read, by `lines.0`: an entry without any is fine by itself. */
export function wrongFields(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const read = Plan.safeParse(plan);
  const wrong = new Map<string, Set<string>>();
  const say = (key: string, field: string) => {
    const fields = wrong.get(key) ?? new Set<string>();
    wrong.set(key, fields.add(field));
  };
  for (const { path } of read.success ? [] : read.error.issues) {
    const [list, index, field] = path;
    say(`${String(list)}.${String(index)}`, field === undefined ? 'period' : String(field));
  }
  for (const [index, exception] of plan.exceptions.entries()) {
    for (const edge of ['from', 'to'] as const) {
      if (!isDate(exception[edge].slice(0, 10))) say(`exceptions.${index}`, edge);
    }
  }
  return wrong;
}

/** What one did to a plan, done to the one that another saved meanwhile. */
export function mergePlans(base: Plan, mine: Plan, theirs: Plan): Plan {
  return {
    lines: mergeLists(base.lines, mine.lines, theirs.lines),
    exceptions: mergeLists(base.exceptions, mine.exceptions, theirs.exceptions),
  };
}
