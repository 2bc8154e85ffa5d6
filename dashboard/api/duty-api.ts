import { z } from 'zod';

import {
  type CheckIn,
  type CheckOut,
  DutyPage,
  DutyView,
  HandOverView,
} from '../../gateway/protocol/duty/duty.ts';
import { request } from './request.ts';

function path(id: string, rest: string): string {
  return `/duties/${encodeURIComponent(id)}${rest}`;
}

export function fetchDuties(signal: AbortSignal): Promise<DutyPage> {
  return request(DutyPage, '/duties', { signal });
}

export function checkIn(body: CheckIn): Promise<DutyView> {
  return request(DutyView, '/duties', { method: 'POST', body });
}

export function fetchHandOver(id: string, signal: AbortSignal): Promise<HandOverView> {
  return request(HandOverView, path(id, '/hand-over'), { signal });
}

export async function checkOut(id: string, body: CheckOut): Promise<void> {
  await request(z.unknown(), path(id, '/end'), { method: 'PUT', body });
}
