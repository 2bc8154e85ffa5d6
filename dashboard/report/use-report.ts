import { useCallback } from 'react';

import type { FollowUpReport } from '../../gateway/protocol/report/follow-up.ts';
import { fetchFollowUp, type ReportWish } from '../api/report-api.ts';
import { useFetched } from '../api/use-fetched.ts';

/** What has been is worked out once; each answer is also a line in the access log. */
const refreshMs = 24 * 3_600_000;

interface AskedReport {
  /** Null while it is worked out, and where it could not be. */
  report: FollowUpReport | null;
  /** Those that a report can be asked for, as the last one told. */
  units: FollowUpReport['units'];
  problem: unknown;
  again: () => void;
}

/** The report of just these days and this unit. */
export function useReport({ from, to, unitId }: ReportWish): AskedReport {
  const fetcher = useCallback(
    async (signal: AbortSignal) => ({
      key: keyOf({ from, to, unitId }),
      report: await fetchFollowUp({ from, to, unitId }, signal),
    }),
    [from, to, unitId],
  );
  const { data, problem, again } = useFetched(fetcher, 0, refreshMs);
  const isThis = data?.key === keyOf({ from, to, unitId }) && problem === null;
  return {
    report: isThis ? data.report : null,
    units: data?.report.units ?? [],
    problem,
    again,
  };
}

function keyOf({ from, to, unitId }: ReportWish): string {
  return JSON.stringify([from, to, unitId]);
}
