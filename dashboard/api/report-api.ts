import { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import { request } from './request.ts';

/** Whole days of the municipality's wall clock, both included; one unit, or all of them. */
export interface ReportWish {
  from: string;
  to: string;
  unitId: string | null;
}

function queryOf({ from, to, unitId }: ReportWish): string {
  const query = new URLSearchParams({ from, to });
  if (unitId !== null) query.set('unitId', unitId);
  return query.toString();
}

/** A year of a large municipality may take a minute. */
const timeoutMs = 90_000;

export function fetchFollowUp(wish: ReportWish, signal: AbortSignal): Promise<FollowUpReport> {
  return request(FollowUpReport, `/reports/follow-up?${queryOf(wish)}`, { signal, timeoutMs });
}

/** Where the file of the same report is. */
export function followUpFile(wish: ReportWish, language: Language): string {
  return `/api/v1/reports/follow-up.csv?${queryOf(wish)}&language=${language}`;
}
