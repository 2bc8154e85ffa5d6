import type {
  FollowUpReport,
  ReportExportQuery,
  ReportQuery,
} from '../../protocol/report/follow-up.ts';
import type { Scope } from '../scope.ts';

/**
 * Follow-up for those who may read reports (AppError `forbidden` for others); `not-found` for a unit that is not theirs,
 * `too-many` while others wait. Each answer is written to the access log first.
 */
export interface ReportDesk {
  /** Names noisy devices only to those who may know who lives where. */
  followUp: (scope: Scope, query: ReportQuery) => Promise<FollowUpReport>;
  /** A file for a spreadsheet; it names no device. */
  followUpCsv: (scope: Scope, query: ReportExportQuery) => Promise<string>;
}
