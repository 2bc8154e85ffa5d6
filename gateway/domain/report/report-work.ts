import type { FollowUpReport, ReportQuery } from '../../protocol/report/follow-up.ts';
import { AppError } from '../errors.ts';
import { followUpOf } from './follow-up.ts';
import { periodOf } from './period.ts';
import type { ReportSource } from './report-source.ts';

/** What a report is to be about: data alone, so that it passes to another thread. */
export interface ReportQuestion extends ReportQuery {
  municipalityId: string;
  /** Now. */
  at: number;
}

export interface RunningReport {
  /** Rejects with AppError when it came to nothing, with a reason that may be shown. */
  done: Promise<FollowUpReport>;
  /** Ends it at once; `done` then rejects. */
  cancel: () => void;
}

/** Works a report out where it cannot hold up the gateway. It names noisy devices, whoever asked. */
export type StartReport = (question: ReportQuestion) => RunningReport;

/** @throws AppError `not-found`. */
export async function makeReport(
  source: ReportSource,
  question: ReportQuestion,
): Promise<FollowUpReport> {
  const { at, unitId = null } = question;
  const municipality = await source.municipality(question.municipalityId);
  if (municipality === null) throw new AppError('not-found', 'There is no such municipality.');
  const span = periodOf(question, municipality.timeZone);
  return followUpOf(await source.facts(municipality, span, at), { span, unitId, at });
}
