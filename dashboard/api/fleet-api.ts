import { z } from 'zod';

import {
  DeviceDetail,
  FleetPage,
  type FleetQuery,
  VisitList,
} from '../../gateway/protocol/device/fleet.ts';
import { NewSecret } from '../../gateway/protocol/device/identity.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import { request } from './request.ts';

/** What somebody wants to see of the fleet. */
export type FleetWish = Pick<FleetQuery, 'fault' | 'search' | 'unitId' | 'profile' | 'sort'>;

/** The wish as the query of an address; the same wish gives the same text. */
export function queryOf(wish: FleetWish): string {
  const query = new URLSearchParams({ sort: wish.sort });
  for (const key of ['fault', 'search', 'unitId', 'profile'] as const) {
    const value = wish[key];
    if (value !== undefined && value !== '') query.set(key, value);
  }
  return query.toString();
}

/** Some of those that match. */
export function fetchFleet(
  query: string,
  { offset, limit }: Pick<FleetQuery, 'offset' | 'limit'>,
  signal: AbortSignal,
): Promise<FleetPage> {
  return request(FleetPage, `/fleet?${query}&offset=${offset}&limit=${limit}`, { signal });
}

/** Where the file of all that match is. */
export function fleetFile(query: string, language: Language): string {
  return `/api/v1/fleet/export.csv?${query}&language=${language}`;
}

export async function fetchVisits(signal: AbortSignal): Promise<VisitList['items']> {
  return (await request(VisitList, '/fleet/visits', { signal })).items;
}

function path(id: string, rest = ''): string {
  return `/devices/${encodeURIComponent(id)}${rest}`;
}

export function fetchDevice(id: string, signal: AbortSignal): Promise<DeviceDetail> {
  return request(DeviceDetail, path(id), { signal });
}

/** A new secret; the ones before it hold until it is used. */
export function renewSecret(id: string): Promise<NewSecret> {
  return request(NewSecret, path(id, '/secret'), { method: 'POST', body: {} });
}

export async function decommission(id: string, reason: string): Promise<void> {
  await request(z.unknown(), path(id, '/decommission'), { method: 'POST', body: { reason } });
}
