import { type UsageQuery, UsageReport } from '../../gateway/protocol/report/costs.ts';
import { request } from './request.ts';

/** What is used over a period by the municipalities that the reader may know of. */
export function fetchUsage({ from, to }: UsageQuery, signal: AbortSignal): Promise<UsageReport> {
  return request(UsageReport, `/reports/usage?${new URLSearchParams({ from, to })}`, { signal });
}
