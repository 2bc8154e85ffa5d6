import { AppError } from '../domain/errors.ts';
import type { ReportQuestion, RunningReport, StartReport } from '../domain/report/report-work.ts';
import type { FollowUpReport } from '../protocol/report/follow-up.ts';

/** How long the same question has the same answer; it is never worked out twice at once. */
const keptMs = 60_000;
const keptAtMost = 64;
/** Of one municipality, the one that is worked out included. */
const askedAtMost = 4;
/** So that the gateway has a processor left, however many ask. */
const runningAtMost = 2;

interface Job {
  question: ReportQuestion;
  promised: PromiseWithResolvers<FollowUpReport>;
  running: RunningReport | null;
}

interface Known {
  at: number;
  answer: Promise<FollowUpReport>;
  isDone: boolean;
}

export interface ReportLine {
  /** @throws AppError `too-many` while several others of the municipality wait. */
  ask: (question: ReportQuestion) => Promise<FollowUpReport>;
  /** Ends whatever runs, and lets nothing more begin. */
  close: () => void;
}

/** Reports are worked out one at a time for each municipality; the same one again within a minute is remembered. */
export function createReportLine(startReport: StartReport): ReportLine {
  const jobs = new Set<Job>();
  const known = new Map<string, Known>();
  let isClosed = false;

  function runNext(): void {
    const running = [...jobs].filter((job) => job.running !== null);
    if (running.length >= runningAtMost) return;
    const busy = new Set(running.map(({ question }) => question.municipalityId));
    const next = [...jobs].find(
      ({ question, running: own }) => own === null && !busy.has(question.municipalityId),
    );
    if (next === undefined) return;
    next.running = startReport(next.question);
    next.running.done.then(next.promised.resolve, next.promised.reject).finally(() => {
      jobs.delete(next);
      runNext();
    });
    runNext();
  }

  function begin(question: ReportQuestion): Promise<FollowUpReport> {
    const isOwn = (job: Job) => job.question.municipalityId === question.municipalityId;
    if (isClosed || [...jobs].filter(isOwn).length >= askedAtMost)
      throw new AppError('too-many', 'Several reports are being made already. Try again soon.');
    const promised = Promise.withResolvers<FollowUpReport>();
    jobs.add({ question, promised, running: null });
    runNext();
    return promised.promise;
  }

  function forgetOld(at: number): void {
    for (const [key, one] of known) {
      const isOld = one.isDone && at - one.at >= keptMs;
      if (isOld || known.size > keptAtMost) known.delete(key);
    }
  }

  return {
    ask: async (question) => {
      const { at, municipalityId, unitId, from, to } = question;
      forgetOld(at);
      const key = JSON.stringify([municipalityId, unitId ?? null, from, to]);
      const same = known.get(key);
      if (same !== undefined) return same.answer;
      const begun: Known = { at, answer: begin(question), isDone: false };
      known.set(key, begun);
      begun.answer.then(
        () => (begun.isDone = true),
        () => known.delete(key),
      );
      return begun.answer;
    },
    close: () => {
      isClosed = true;
      for (const { running, promised } of jobs) {
        running?.cancel();
        if (running === null) promised.reject(new AppError('too-many', 'The gateway is closing.'));
      }
    },
  };
}
