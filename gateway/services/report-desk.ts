import type { AccessLog } from '../domain/access-log.ts';
import { AppError } from '../domain/errors.ts';
import type { ReportDesk } from '../domain/report/report-desk.ts';
import type { StartReport } from '../domain/report/report-work.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { FollowUpReport, ReportQuery } from '../protocol/report/follow-up.ts';
import { csvOfReport } from './report-csv.ts';
import { createReportLine } from './report-line.ts';

export interface ReportDeskOptions {
  startReport: StartReport;
  accessLog: AccessLog;
  clock: () => number;
}

export interface ReportService extends ReportDesk {
  /** Ends whatever runs, and lets nothing more begin. */
  close: () => void;
}

/** Reports over many homes; each answer is written down first, also one that was remembered. */
export function createReportDesk(options: ReportDeskOptions): ReportService {
  const { startReport, accessLog, clock } = options;
  const line = createReportLine(startReport);

  async function reportFor(scope: Scope, query: ReportQuery): Promise<FollowUpReport> {
    if (permissions[scope.role].reports !== 'read')
      throw new AppError(
        'forbidden',
        'Coordinators and administrators follow up; ask one of them.',
      );
    const { from, to, unitId } = query;
    const { municipalityId } = scope;
    const report = await line.ask({ municipalityId, from, to, unitId, at: clock() });
    const subjectId = unitId ?? null;
    await accessLog.write(scope, { action: 'report', subjectId, at: clock() });
    return report;
  }

  return {
    followUp: async (scope, query) => {
      const report = await reportFor(scope, query);
      return permissions[scope.role].residents ? report : { ...report, noisyDevices: [] };
    },
    followUpCsv: async (scope, query) => csvOfReport(await reportFor(scope, query), query.language),
    close: line.close,
  };
}
