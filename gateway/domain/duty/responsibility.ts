import type { PlanException, PlanLine } from '../../protocol/duty/plan.ts';
import { hoursAt, wallInstant } from '../home/wall-clock.ts';
import type { Arrangements } from './arrangement.ts';

/** What a plan needs to know of a home; `unitId` is its own unit. */
export interface PlannedHome {
  id: string;
  municipalityId: string;
  unitId: string;
  timeZone: string;
}

/** The unit that answers, and until when at least; null while nothing in the plan changes that. */
export interface Responsibility {
  unitId: string;
  until: number | null;
}

interface Claim {
  unitId: string;
  isOpen: boolean;
  /** When that changes; null: never. */
  changesAt: number | null;
}

/** How often a plan is looked at beyond an edge at which the same unit goes on. */
const edgesPassed = 20;

/** Who answers for a home at an instant. Nothing that matches means the home's own unit, never nobody. */
export function responsibleFor(
  arrangements: Arrangements,
  home: PlannedHome,
  at: number,
): Responsibility {
  const first = claimedAt(arrangements, home, at);
  let { until } = first;
  for (let edge = 0; until !== null && edge < edgesPassed; edge += 1) {
    const next = claimedAt(arrangements, home, until);
    if (next.unitId !== first.unitId) break;
    until = next.until;
  }
  return { unitId: first.unitId, until };
}

function claimedAt(arrangements: Arrangements, home: PlannedHome, at: number): Responsibility {
  let until = Infinity;
  for (const claim of claimsOf(arrangements, home, at)) {
    if (claim.changesAt !== null) until = Math.min(until, claim.changesAt);
    if (claim.isOpen) return { unitId: claim.unitId, until: until === Infinity ? null : until };
  }
  return { unitId: home.unitId, until: until === Infinity ? null : until };
}

/** What the plan says of this home, the strongest claim first. */
function claimsOf(arrangements: Arrangements, home: PlannedHome, at: number): Claim[] {
  const plan = arrangements.municipalities.get(home.municipalityId)?.plan;
  if (plan === undefined) return [];
  const concerns = (entry: PlanLine | PlanException) =>
    specificity(entry, home) !== null && mayAnswer(arrangements, entry.unitId, home.municipalityId);
  const exceptions = ranked(plan.exceptions.filter(concerns), home);
  const lines = ranked(plan.lines.filter(concerns), home);
  return [
    ...exceptions.map((entry) => claimOnce(entry, home.timeZone, at)),
    ...lines.map((entry) => claimWeekly(entry, home.timeZone, at)),
  ];
}

/** Whether a unit may answer for homes of a municipality: its own, or one that it serves. */
export function mayAnswer(
  { units }: Pick<Arrangements, 'units'>,
  unitId: string,
  municipalityId: string,
): boolean {
  const unit = units.get(unitId);
  if (unit === undefined) return false;
  return unit.municipalityId === municipalityId || unit.serves.includes(municipalityId);
}

/** 0 for named homes, 1 for a unit's homes, 2 for all; null if this home is not meant. */
function specificity(
  { homeIds, ofUnit }: PlanLine | PlanException,
  { id, unitId }: PlannedHome,
): 0 | 1 | 2 | null {
  if (homeIds !== undefined) return homeIds.includes(id) ? 0 : null;
  if (ofUnit !== undefined) return ofUnit === unitId ? 1 : null;
  return 2;
}

function ranked<Entry extends PlanLine | PlanException>(
  entries: readonly Entry[],
  home: PlannedHome,
): Entry[] {
  const rank = (entry: Entry) => specificity(entry, home) ?? 3;
  return entries.toSorted((a, b) => rank(a) - rank(b));
}

function claimOnce({ unitId, from, to }: PlanException, timeZone: string, at: number): Claim {
  const begins = wallInstant(from, timeZone, 'from');
  const ends = wallInstant(to, timeZone, 'to');
  if (at < begins) return { unitId, isOpen: false, changesAt: begins };
  return at < ends
    ? { unitId, isOpen: true, changesAt: ends }
    : { unitId, isOpen: false, changesAt: null };
}

function claimWeekly({ unitId, hours }: PlanLine, timeZone: string, at: number): Claim {
  if (hours === undefined) return { unitId, isOpen: true, changesAt: null };
  const now = hoursAt(hours, at, timeZone);
  return now === null ? { unitId, isOpen: false, changesAt: null } : { unitId, ...now };
}
