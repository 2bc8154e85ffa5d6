import type { Finding } from '../../protocol/duty/plan.ts';
import type { Roster } from '../../protocol/duty/roster.ts';
import type { Arrangements } from '../duty/arrangement.ts';
import { warning } from '../duty/finding.ts';
import { daysLater } from '../duty/plan-week.ts';
import { answeringOf } from './answering.ts';
import { byBeginning, openCoverage } from './coverage.ts';

/**
 * Warns of a plan by which the homes' own units would answer in the week to come with nobody planned; of units that have
 * written a roster, since the others do not plan here.
 */
export function checkRosters(
  planned: Arrangements,
  { id, timeZone }: { id: string; timeZone: string },
  {
    from,
    homes,
    rosters,
  }: {
    from: number;
    homes: readonly { id: string; unitId: string }[];
    rosters: ReadonlyMap<string, Roster>;
  },
): Finding[] {
  const stretch = { from, to: daysLater(from, 7, timeZone) };
  const places = homes.map((home) => ({ ...home, municipalityId: id, timeZone }));
  const answering = answeringOf(planned, places, stretch);
  const coverage = openCoverage({ arrangements: planned, answering, rosters, ...stretch });
  const units = [...rosters.keys()].flatMap((unitId) => planned.units.get(unitId) ?? []);
  const gaps = byBeginning(units.flatMap((unit) => coverage(unit).gaps));
  const byUnit = Map.groupBy(gaps, ({ unitName }) => unitName);
  return [...byUnit].map(([name, own]) => {
    const hours = Math.ceil(own.reduce((sum, { minutes }) => sum + minutes, 0) / 60);
    return warning(
      ['lines'],
      `Ingen är planerad i ${name} under ${hours} tim av veckan då laget svarar.`,
      `Nobody is planned in ${name} for ${hours} h of the week in which it answers.`,
    );
  });
}
