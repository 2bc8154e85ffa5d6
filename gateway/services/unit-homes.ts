import type { Arrangements, UnitFile } from '../domain/duty/arrangement.ts';
import type { PlannedHome } from '../domain/duty/responsibility.ts';
import type { Store } from '../domain/store.ts';

/** All homes that these units may answer for, also of other municipalities that they serve. */
export async function homesOfUnits(
  { staffing }: Pick<Store, 'staffing'>,
  { municipalities }: Arrangements,
  units: readonly UnitFile[],
): Promise<readonly PlannedHome[]> {
  const ids = new Set(units.flatMap(({ municipalityId, serves }) => [municipalityId, ...serves]));
  const homes: PlannedHome[] = [];
  for (const municipalityId of ids) {
    const timeZone = municipalities.get(municipalityId)?.timeZone;
    if (timeZone === undefined) continue;
    for (const { id, unitId } of await staffing.homes(municipalityId)) {
      homes.push({ id, unitId, municipalityId, timeZone });
    }
  }
  return homes;
}
