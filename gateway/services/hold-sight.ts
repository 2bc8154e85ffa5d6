import type { Arrangements, Hold } from '../domain/duty/arrangement.ts';
import { isInForce } from '../domain/duty/held.ts';
import { mayAnswer } from '../domain/duty/responsibility.ts';
import { answeringAt } from '../domain/duty/turn.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { HoldView, Matchers } from '../protocol/duty/hold.ts';

export interface VisibleHold {
  hold: Hold;
  view: HoldView;
}

/** Which homes of a municipality somebody may know holds of: `all`, or these. */
type Homes = 'all' | ReadonlySet<string>;

/** Answers the holds in force that somebody may see, soonest end first. */
export function createHoldSight(
  store: Pick<Store, 'staffing' | 'directory'>,
  clock: () => number,
): (scope: Scope) => Promise<VisibleHold[]> {
  return async (scope) => {
    const at = clock();
    const arrangements = await store.staffing.arrangements();
    const inForce = arrangements.holds.filter((hold) => isInForce(hold, at));
    const visible: { hold: Hold; matchers: Matchers | null }[] = [];
    const homeOf = await homesOfDevices(store, inForce);
    for (const [id, holds] of Map.groupBy(inForce, ({ municipalityId }) => municipalityId)) {
      const homes = await homesSeen(store, arrangements, scope, { municipalityId: id, at });
      visible.push(...holds.flatMap((hold) => seen(hold, homes, homeOf, scope) ?? []));
    }
    const labels = await store.directory.homes(visible.flatMap(({ hold }) => hold.homeId ?? []));
    const names = await store.directory.people(visible.map(({ hold }) => hold.byId));
    return visible
      .toSorted((a, b) => a.hold.until - b.hold.until)
      .map(({ hold, matchers }) => {
        const { id, kind, homeId, from, until, byId } = hold;
        const home =
          homeId === null ? null : { id: homeId, label: labels.get(homeId)?.label ?? homeId };
        const by = { id: byId, name: names.get(byId) ?? byId };
        const reason = reasonFor(scope, hold);
        return { hold, view: { id, kind, home, matchers, from, until, reason, by } };
      });
  };
}

/** Why somebody is away tells how they are: only those who may know that are told. */
function reasonFor({ role }: Scope, { kind, reason }: Hold): string {
  return kind === 'test' || permissions[role].residents ? reason : '';
}

/** A carer knows of the homes of their units, and of those that they answer for now, in whichever municipality. */
async function homesSeen(
  store: Pick<Store, 'staffing'>,
  arrangements: Arrangements,
  { municipalityId: own, units }: Scope,
  { municipalityId, at }: { municipalityId: string; at: number },
): Promise<Homes> {
  if (units === 'all') return own === municipalityId ? 'all' : new Set();
  if (units.every((id) => !mayAnswer(arrangements, id, municipalityId))) return new Set();
  const timeZone = arrangements.municipalities.get(municipalityId)?.timeZone ?? 'UTC';
  const homes = await store.staffing.homes(municipalityId);
  const answering = answeringAt(arrangements, { municipalityId, timeZone }, homes, at);
  const answered = homes.filter(({ id, unitId }) => {
    const isOwn = own === municipalityId && units.includes(unitId);
    return isOwn || units.includes(answering.get(id) ?? unitId);
  });
  return new Set(answered.map(({ id }) => id));
}

/** Answers the home in which a device is now. */
async function homesOfDevices(
  { directory }: Pick<Store, 'directory'>,
  holds: readonly Hold[],
): Promise<(deviceId: string) => string | null> {
  const ids = new Set(holds.flatMap(({ matchers }) => matchers?.deviceIds ?? []));
  const devices = await directory.devices([...ids]);
  return (id) => devices.get(id)?.bindings.find(({ until }) => until === null)?.homeId ?? null;
}

/** A silence of named homes, or of devices in homes, is shown with those of them that the reader may know. */
function seen(
  hold: Hold,
  homes: Homes,
  homeOf: (deviceId: string) => string | null,
  { units }: Scope,
): { hold: Hold; matchers: Matchers | null } | null {
  const { homeId, matchers } = hold;
  if (homes === 'all') return { hold, matchers };
  if (homes.size === 0) return null;
  if (homeId !== null) return homes.has(homeId) ? { hold, matchers } : null;
  if (matchers === null) return null;
  const { homeIds, unitIds, deviceIds } = matchers;
  if (unitIds !== undefined && units !== 'all' && !unitIds.some((id) => units.includes(id)))
    return null;
  const known = {
    ...(homeIds && { homeIds: homeIds.filter((id) => homes.has(id)) }),
    ...(deviceIds && { deviceIds: deviceIds.filter((id) => homes.has(homeOf(id) ?? '')) }),
  };
  if (Object.values(known).some((ids) => ids.length === 0)) return null;
  return { hold, matchers: { ...matchers, ...known } };
}
