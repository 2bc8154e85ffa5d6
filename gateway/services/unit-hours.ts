import type { Arrangements, UnitFile } from '../domain/duty/arrangement.ts';
import type { Window } from '../domain/home/wall-clock.ts';
import { answeringOf } from '../domain/roster/answering.ts';
import { unionOf } from '../domain/roster/interval.ts';
import type { Store } from '../domain/store.ts';
import { takeBreaths } from './breath.ts';

/** When each of these units answers for a home, also of other municipalities that they serve; others may be in it. */
export async function hoursOfUnits(
  { staffing }: Pick<Store, 'staffing'>,
  arrangements: Arrangements,
  units: readonly UnitFile[],
  stretch: Window,
): Promise<ReadonlyMap<string, readonly Window[]>> {
  const ids = new Set(units.flatMap(({ municipalityId, serves }) => [municipalityId, ...serves]));
  const breathe = takeBreaths();
  const found: (readonly [unitId: string, hours: readonly Window[]])[] = [];
  for (const municipalityId of ids) {
    const timeZone = arrangements.municipalities.get(municipalityId)?.timeZone;
    if (timeZone === undefined) continue;
    const homes = await staffing.homes(municipalityId);
    await breathe();
    const planned = homes.map(({ id, unitId }) => ({ id, unitId, municipalityId, timeZone }));
    found.push(...answeringOf(arrangements, planned, stretch));
    await breathe();
  }
  const byUnit = Map.groupBy(found, ([unitId]) => unitId);
  return new Map(
    [...byUnit].map(([unitId, all]) => [unitId, unionOf(all.flatMap(([, hours]) => hours))]),
  );
}

const hourMs = 3_600_000;

/** When a unit answers in the time to come. */
export type UnitHours = (
  arrangements: Arrangements,
  unit: UnitFile,
  stretch: Window,
) => Promise<readonly Window[]>;

/**
 * Remembers the hours of each unit for an hour, or until somebody changes the arrangements: every screen asks every minute.
 * A home that is added meanwhile may be missing.
 */
export function rememberHours(store: Pick<Store, 'staffing'>): UnitHours {
  let known: { of: Arrangements; hours: Map<string, Promise<readonly Window[]>> } | null = null;
  return (arrangements, unit, { from, to }) => {
    if (known?.of !== arrangements) known = { of: arrangements, hours: new Map() };
    const begins = Math.floor(from / hourMs) * hourMs;
    const ends = Math.ceil(to / hourMs) * hourMs + hourMs;
    const key = `${unit.id} ${begins} ${ends}`;
    const found = known.hours.get(key);
    if (found !== undefined) return found;
    const hours = hoursOfUnits(store, arrangements, [unit], { from: begins, to: ends }).then(
      (all) => all.get(unit.id) ?? [],
    );
    known.hours.set(key, hours);
    return hours;
  };
}
