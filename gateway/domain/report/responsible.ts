import type { Plan } from '../../protocol/duty/plan.ts';
import { type Arrangements, noArrangements, type UnitFile } from '../duty/arrangement.ts';
import { groupHomes } from '../duty/home-group.ts';
import type { PlannedHome } from '../duty/responsibility.ts';
import { openTurns } from '../duty/turn.ts';
import type { Span } from '../history.ts';
import { needsShifts } from '../roster/coverage.ts';
import { unionOf } from '../roster/interval.ts';
import type { Dated, HomeFact, ReportFacts, UnitFact } from './report-source.ts';

/** What a unit had to answer for. */
export interface Responsible {
  /** When it answered for at least one home. */
  hours: readonly Span[];
  /** As far as its carers are to check in. */
  staffed: readonly Span[];
  homes: ReadonlySet<string>;
}

type Found = { [K in 'hours' | 'staffed']: Span[] } & { homes: Set<string> };

const emptyPlan: Plan = { lines: [], exceptions: [] };

/** By the plan and the units as they were at each time, and the homes that there were; a unit that never does is not named. */
export function responsibleUnits(facts: ReportFacts, span: Span): ReadonlyMap<string, Responsible> {
  const found = new Map<string, Found>();
  const unitOf = (id: string): Found => {
    const known = found.get(id) ?? { hours: [], staffed: [], homes: new Set<string>() };
    found.set(id, known);
    return known;
  };
  for (const stretch of stretchesOf(facts, span)) {
    const arrangements = arrangementsAt(facts, stretch.from);
    for (const { homes, from } of homesByBeginning(facts, stretch)) {
      note(unitOf, arrangements, homes, { from, to: stretch.to });
    }
  }
  return new Map(
    [...found].map(([id, { hours, staffed, homes }]) => [
      id,
      { hours: unionOf(hours), staffed: unionOf(staffed), homes },
    ]),
  );
}

function note(
  unitOf: (id: string) => Found,
  arrangements: Arrangements,
  homes: readonly PlannedHome[],
  stretch: Span,
): void {
  const byZone = Map.groupBy(homes, ({ timeZone }) => timeZone);
  for (const [first, ...others] of byZone.values()) {
    if (first === undefined) continue;
    const plan = arrangements.municipalities.get(first.municipalityId)?.plan ?? emptyPlan;
    const turnsOf = openTurns(arrangements, first, stretch);
    for (const { home, homeIds } of groupHomes(plan, [first, ...others])) {
      for (const { unitId, from, to } of turnsOf(home)) {
        const unit = arrangements.units.get(unitId);
        const known = unitOf(unitId);
        known.hours.push({ from, to });
        if (unit !== undefined && needsShifts(unit)) known.staffed.push({ from, to });
        for (const id of homeIds) known.homes.add(id);
      }
    }
  }
}

/** In each of them nothing was changed. */
function stretchesOf({ plans, units }: ReportFacts, { from, to }: Span): Span[] {
  const changes = [...plans, ...units.flatMap(({ versions }) => versions)]
    .map(({ at }) => at)
    .filter((at) => from < at && at < to);
  const edges = [...new Set([from, ...changes, to])].sort((a, b) => a - b);
  return edges.flatMap((edge, index) => {
    const end = edges[index + 1];
    return end === undefined ? [] : [{ from: edge, to: end }];
  });
}

function arrangementsAt({ municipality, plans, units }: ReportFacts, at: number): Arrangements {
  const plan = heldAt(plans, at) ?? emptyPlan;
  const file = { ...municipality, plan, policies: [] };
  return {
    ...noArrangements,
    municipalities: new Map([[municipality.id, file]]),
    units: new Map(units.map((unit) => [unit.id, unitAt(unit, at)])),
  };
}

function unitAt({ versions, ...unit }: UnitFact, at: number): UnitFile {
  const held = heldAt(versions, at) ?? versions[0]?.document;
  return { ...unit, ...held };
}

function heldAt<T>(versions: readonly Dated<T>[], at: number): T | null {
  return versions.findLast((version) => version.at <= at)?.document ?? null;
}

/** A home that came during a stretch is answered for from then. */
function homesByBeginning({ municipality, homes }: ReportFacts, { from, to }: Span) {
  const planned = ({ id, unitId, timeZone }: HomeFact): PlannedHome => ({
    id,
    unitId,
    timeZone,
    municipalityId: municipality.id,
  });
  const begins = homes.filter(({ createdAt }) => createdAt < to);
  return [...Map.groupBy(begins, ({ createdAt }) => Math.max(from, createdAt))].map(
    ([beginning, alike]) => ({ from: beginning, homes: alike.map(planned) }),
  );
}
