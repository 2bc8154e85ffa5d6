import { FleetQuery } from '../../gateway/protocol/device/fleet.ts';
import type { FleetWish } from '../api/fleet-api.ts';

const sorts = ['fault', 'home', 'battery', 'last-seen'] as const;
export type Sort = (typeof sorts)[number];
export const sortKeys: readonly Sort[] = sorts;

const Filter = FleetQuery.shape.fault;

/** What the page's address asks for; what is sought in words stays out of it, for it may be an address of somebody. */
export function wishOf(address: URLSearchParams): FleetWish {
  const fault = Filter.safeParse(address.get('fault') ?? undefined);
  return {
    fault: fault.success ? fault.data : undefined,
    unitId: address.get('unit') ?? undefined,
    profile: address.get('kind') ?? undefined,
    sort: sorts.find((sort) => sort === address.get('sort')) ?? 'fault',
  };
}

/** The address of a wish; what is not asked for is left out. */
export function addressOf({ fault, unitId, profile, sort }: FleetWish): URLSearchParams {
  const address = new URLSearchParams();
  if (fault !== undefined) address.set('fault', fault);
  if (unitId !== undefined) address.set('unit', unitId);
  if (profile !== undefined) address.set('kind', profile);
  if (sort !== 'fault') address.set('sort', sort);
  return address;
}

/** Whether anything is narrowed down. */
export function isNarrow({ fault, search, unitId, profile }: FleetWish): boolean {
  return [fault, search === '' ? undefined : search, unitId, profile].some(
    (part) => part !== undefined,
  );
}
