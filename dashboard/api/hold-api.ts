import { z } from 'zod';

import { HoldList, type HoldView, type SilenceInput } from '../../gateway/protocol/duty/hold.ts';
import { request } from './request.ts';

/** Those in force that the reader may see. */
export async function fetchHolds(signal: AbortSignal): Promise<HoldView[]> {
  return (await request(HoldList, '/holds', { signal })).items;
}

export async function silence(body: SilenceInput): Promise<void> {
  await request(z.unknown(), '/silences', { method: 'POST', body });
}

export type HomeHold = 'pause' | 'test';

const paths: Record<HomeHold, string> = { pause: 'pause', test: 'test-mode' };

function path(homeId: string, kind: HomeHold): string {
  return `/homes/${encodeURIComponent(homeId)}/${paths[kind]}`;
}

export async function holdHome(
  homeId: string,
  kind: HomeHold,
  body: { until: number; reason: string },
): Promise<void> {
  await request(z.unknown(), path(homeId, kind), { method: 'PUT', body });
}

export async function releaseHome(homeId: string, kind: HomeHold): Promise<void> {
  await request(z.unknown(), path(homeId, kind), { method: 'DELETE' });
}
