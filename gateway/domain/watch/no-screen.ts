import { onDutyIn } from '../duty/reach.ts';
import { answeringOf } from '../roster/answering.ts';
import { needsShifts } from '../roster/coverage.ts';
import type { Scope } from '../scope.ts';
import type { Picture, Watchdog } from './picture.ts';

export const withoutScreenMs = 2 * 60_000;

/**
 * Units that answer for homes now, and that no screen has been connected for in a while. A phone in the pocket that is pushed
 * to will do; where nobody is on duty, that is what is said.
 */
export function watchScreens(): Watchdog {
  let missingSince = new Map<string, number>();
  return {
    ids: ['no-screen'],
    look: (picture) => {
      const { at, startedAt, arrangements } = picture;
      const now = new Map<string, number>();
      for (const unitId of unitsWithoutScreen(picture)) {
        now.set(unitId, missingSince.get(unitId) ?? at);
      }
      missingSince = now;
      // Screens connect again to a gateway that has just started.
      if (at < startedAt + withoutScreenMs) return null;
      return [...now].flatMap(([unitId, since]) => {
        const unit = arrangements.units.get(unitId);
        if (unit === undefined || at < since + withoutScreenMs) return [];
        const { municipalityId, name } = unit;
        const title = {
          sv: `Ingen skärm är öppen för ${name}`,
          en: `No screen is open for ${name}`,
        };
        const action = {
          sv: 'Larm syns inte hos dem, och ingen i tjänst har aviseringar på. Ring dem och be dem öppna Vaka; kontrollera deras nät.',
          en: 'They cannot see alerts, and nobody at work has notifications on. Call them and have them open Vaka; check their network.',
        };
        const rule = { id: 'no-screen' as const, title, action };
        return [{ municipalityId, need: `no-screen/${unitId}`, rule, unitId, since }];
      });
    },
  };
}

function unitsWithoutScreen({ at, arrangements, homes, screens }: Picture): string[] {
  const answering = answeringOf(arrangements, homes, { from: at, to: at + 1 });
  return [...answering.keys()].filter((unitId) => {
    const unit = arrangements.units.get(unitId);
    if (unit === undefined || unit.kind !== 'team') return false;
    const atWork = onDutyIn(arrangements, unitId, at);
    if (needsShifts(unit) && atWork.length === 0) return false;
    if (atWork.some(({ pushes }) => pushes > 0)) return false;
    return !screens.some((scope) => answersFor(scope, unitId, unit.municipalityId));
  });
}

function answersFor(
  { municipalityId, role, units }: Scope,
  unitId: string,
  ofMunicipality: string,
): boolean {
  if (municipalityId !== ofMunicipality || role !== 'carer') return false;
  return units === 'all' || units.includes(unitId);
}
