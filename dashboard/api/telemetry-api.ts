import { RefusedPage, TelemetryStatus } from '../../gateway/protocol/series/series.ts';
import { request } from './request.ts';

export function fetchTelemetry(signal: AbortSignal): Promise<TelemetryStatus> {
  return request(TelemetryStatus, '/telemetry', { signal });
}

/** The page of refused points that begins at the cursor; the first where there is none. */
export function fetchRefused(cursor: string | null, signal: AbortSignal): Promise<RefusedPage> {
  const query = cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return request(RefusedPage, `/telemetry/refused${query}`, { signal });
}
